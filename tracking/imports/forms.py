"""What a file must be before anything looks into its rows."""

import zipfile
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.imports.kinds import KINDS

# A city of 50,000 staff is a file of 7 MB.
MOST_BYTES = 20 * 1024 * 1024
# What a workbook may unfold to: one made to fill the memory is refused.
MOST_UNPACKED = 400 * 1024 * 1024
WORKBOOK = b"PK\x03\x04"

LABELS: dict[str, str | Promise] = {
    "organisation": _("The organisation's units (organisation.csv)"),
    "staff": _("Staff and where they work (personal.csv)"),
    "absence": _("Leave (franvaro.csv)"),
    "courses": _("Courses (kurser.csv)"),
    "targets": _("Knowledge targets (kunskapsmal.csv)"),
    "starts": _("Courses begun (paborjade.csv)"),
    "completions": _("Courses completed (genomforanden.csv)"),
    "exemptions": _("Exemptions (undantag.csv)"),
    "duties": _("Duties (uppdrag.csv)"),
}


class ImportForm(forms.Form):
    """A file, what kind it is, and what to do about bad rows."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What the file holds"), choices=list(LABELS.items()))
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or Excel (.xlsx), at most 20 MB."),
        error_messages={"required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    partial = forms.BooleanField(
        label=_("Leave bad rows out and take the rest"),
        required=False,
        help_text=_(
            "Otherwise one bad row is enough for nothing to change. Rows left out are missing "
            "from every figure until they have been mended and brought in."
        ),
    )

    full = forms.BooleanField(
        label=_("The file is everybody who works here today"),
        required=False,
        help_text=_(
            "Only for staff. Employments that the file lacks are ended; the trial shows which."
        ),
    )
    force = forms.BooleanField(
        label=_("Also when more than one in ten employments would end"),
        required=False,
        help_text=_("Otherwise such a file is refused: most often it is not whole."),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Not too large, not empty, and no workbook that unfolds to more than it seems."""
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)
        if (file.size or 0) > MOST_BYTES:
            text = gettext("The file is %(size)s. At most %(most)s can be brought in at a time.")
            sizes = {"size": filesizeformat(file.size or 0), "most": filesizeformat(MOST_BYTES)}
            raise forms.ValidationError(text % sizes)
        if is_workbook(file):
            self._refuse_bomb(file)
        return file

    def clean(self) -> dict[str, Any]:
        """The organisation must hold on every day, so it is never taken in part."""
        given = super().clean() or {}
        kind = given.get("kind")
        if given.get("partial") and kind and not KINDS[kind].may_be_partial:
            self.add_error("partial", gettext("The organisation can't be taken in part."))
        if kind != "staff" and (given.get("full") or given.get("force")):
            name = "full" if given.get("full") else "force"
            self.add_error(name, gettext("Only a file of staff can be that."))
        elif given.get("force") and not given.get("full"):
            text = gettext("That is for a file of everybody: tick that too, or neither.")
            self.add_error("force", text)
        return given

    @staticmethod
    def _refuse_bomb(file: "UploadedFile[Any]") -> None:
        refused = forms.ValidationError(gettext("That is no workbook that can be read."))
        try:
            with zipfile.ZipFile(file) as unpacked:
                size = sum(entry.file_size for entry in unpacked.infolist())
        except zipfile.BadZipFile as error:
            raise refused from error
        file.seek(0)
        if size > MOST_UNPACKED:
            raise refused


def is_workbook(file: "UploadedFile[Any]") -> bool:
    """What the file is, by what it holds: its name could say anything."""
    file.seek(0)
    start = file.read(len(WORKBOOK))
    file.seek(0)
    return bool(start == WORKBOOK)
