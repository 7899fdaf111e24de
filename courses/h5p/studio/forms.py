"""What a trainer chooses to upload, and what an administrator says of a library."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from courses.h5p.store.models import LONGEST_TITLE, H5PLibrary
from courses.h5p.studio.receiving import largest, too_large

ACCEPT = {"accept": ".h5p"}
SENDING = Script("js/admin/h5p-upload.js", type="module")
LONGEST_REASON = 300


class ManyFiles(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of files, each judged as Django judges one."""

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Every file that was chosen."""
        one_by_one = super().clean
        given = data if isinstance(data, list | tuple) else [data]
        return [one_by_one(one, initial) for one in given or [None]]


class UploadForm(forms.Form):
    """Packages, several at once. What is wrong with one of them is said of that one alone."""

    use_required_attribute = False

    packages = ManyFilesField(
        label=_("Packages"),
        widget=ManyFiles(attrs=dict(ACCEPT)),
        error_messages={"required": _("Choose a package (.h5p) first.")},
    )

    class Media:
        js = [SENDING]


class OneUploadForm(forms.Form):
    """One package."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Package"),
        widget=forms.FileInput(attrs=dict(ACCEPT)),
        error_messages={"required": _("Choose a package (.h5p) first.")},
    )

    class Media:
        js = [SENDING]


class ChooserUploadForm(OneUploadForm):
    """In the window where content is chosen; what is too large its script doesn't send."""

    def clean_file(self) -> "UploadedFile[Any]":
        """Not too large."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > largest():
            raise forms.ValidationError(too_large())
        return file

    @property
    def bytes(self) -> int:
        """The most that is let in."""
        return largest()

    @property
    def megabytes(self) -> int:
        """The same, as it is said."""
        return largest() // (1 << 20)


class TitleForm(forms.Form):
    """What a content is called here; its file keeps its own title."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)


class ApprovalForm(forms.Form):
    """Let a library in."""

    needs_eval = forms.BooleanField(label=_("It may make code of text (eval)"), required=False)


class SeveralForm(forms.Form):
    """Let in the libraries that are ticked."""

    use_required_attribute = False

    library = forms.ModelMultipleChoiceField(
        H5PLibrary.objects.all(),
        error_messages={"required": _("Tick the libraries that you approve first.")},
    )

    class Media:
        js = [Script("js/admin/h5p-ticks.js", type="module")]


class BlockForm(forms.Form):
    """Keep a library out, and say why."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Trainers whose content needs the library read this."),
    )
