"""What a file of questions must be before anything looks into it, and which questions go out."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quizzes.bank.models import QuestionTagName
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.source import MAX_BYTES

CHOICES = [(form.name, form.label) for form in FORMATS.values()]


class QuestionFileForm(forms.Form):
    """A file, its format, and where its questions come from."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        help_text=_("A file of questions, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".gift,.txt,.xml"}),
    )
    form = forms.ChoiceField(label=_("Format"), choices=CHOICES)
    source = forms.CharField(
        label=_("Where the questions come from"),
        required=False,
        max_length=80,
        help_text=_(
            "Left empty it is the file's name. The same question of the same place is one "
            "question, however often you bring it in."
        ),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        """Not too large."""
        file = self.cleaned_data["file"]
        assert isinstance(file, UploadedFile)
        if (file.size or 0) > MAX_BYTES:
            said = gettext("The file is larger than %(size)d MB.")
            raise forms.ValidationError(said % {"size": MAX_BYTES // 1024 // 1024})
        return file

    def named(self) -> tuple[str, str]:
        """The file's name, harmless to show, and where its questions come from."""
        given = Path(str(self.cleaned_data["file"].name or "").replace("\\", "/")).name
        name = get_valid_filename(given or "fil")[:100]
        return name, self.cleaned_data["source"].strip() or Path(name).stem[:80]


class OutForm(forms.Form):
    """Which questions go out, and as what."""

    use_required_attribute = False

    form = forms.ChoiceField(label=_("Format"), choices=CHOICES)
    tag = forms.ModelChoiceField(
        label=_("Questions tagged"),
        queryset=QuestionTagName.objects.order_by("name"),
        to_field_name="slug",
        required=False,
        empty_label=_("all questions"),
    )
