"""Content that plays: an H5P package in a lesson, and what the author demands of it."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.h5p.results.requirements import Kind
from courses.h5p.store.models import H5PContent
from foundation.prepared import PreparedObjects

if TYPE_CHECKING:
    from wagtail.admin.widgets import BaseChooser

_CONTENTS = PreparedObjects(H5PContent)


class H5PChooserBlock(blocks.ChooserBlock):
    """What plays. The contents of a screen are found by a prepared query."""

    target_model = H5PContent

    @cached_property
    def widget(self) -> "BaseChooser":
        """The chooser that uploads too."""
        from courses.h5p.studio.chooser import CHOOSER

        widget: BaseChooser = CHOOSER.widget_class()
        return widget

    def bulk_to_python(self, values: Iterable[Any]) -> list[H5PContent | None]:
        """The contents of these keys, in their order; None for one that is gone. One query."""
        return _CONTENTS.in_order(values)

    def deconstruct(self) -> tuple[str, object, object]:
        """Migrations name Wagtail's block, so that none imports this module."""
        _path, _args, kwargs = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", ("courses.H5PContent",), kwargs


class InteractiveBlock(blocks.StructBlock):
    """An H5P content in a lesson: practice, whatever it reports."""

    content = H5PChooserBlock(
        label=_("H5P content"),
        help_text=_("Choose what has been uploaded, or upload a package (.h5p) here."),
    )
    requirement = blocks.ChoiceBlock(
        choices=Kind.choices,
        default=Kind.SHOWN,
        label=_("What the reader must do"),
        help_text=_(
            "A lesson is read to its end when what is demanded on its screens is done. Nobody is "
            "kept from going on to the next screen."
        ),
    )
    percent = blocks.IntegerBlock(
        min_value=1,
        max_value=100,
        required=False,
        label=_("Percent of the points"),
        help_text=_(
            "Only where a share of the points must be reached. The points are reported by the "
            "content itself, in the reader's browser."
        ),
    )

    def clean(self, value: Any) -> Any:
        """A share is said where one is demanded, and nowhere else."""
        cleaned = super().clean(value)
        if cleaned["requirement"] != Kind.SCORE:
            cleaned["percent"] = None
        elif cleaned["percent"] is None:
            said = ValidationError(_("Say how many percent of the points, from 1 to 100."))
            raise StructBlockValidationError(block_errors={"percent": said})
        return cleaned

    class Meta:
        icon = "h5p"
        label = _("Interactive content")
        description = _("An H5P package: it plays in the lesson, as practice.")
        help_text = _(
            "A content says itself that it is finished. A type that the platform does not know "
            "may never do so: try it to its end before you demand that it is finished."
        )
        template = "courses/blocks/interactive.html"
        preview_value = {"content": None, "requirement": Kind.SHOWN.value, "percent": None}
