"""What lessons demand of a content and its latest version can't give: said where it is replaced."""

from django.utils.translation import gettext as _

from courses.h5p.results.places import demands_on
from courses.h5p.results.requirements import Kind
from courses.h5p.results.scoring import may_report_points
from courses.h5p.store.models import H5PContent, H5PVersion


def beyond_reach(content: H5PContent, version: H5PVersion | None) -> str:
    """In words: points that readers are asked for and that this version never reports; or "".

    A lesson is looked through when it is published, and a content may be replaced after that.
    """
    if version is None or may_report_points(version):
        return ""
    asking = dict.fromkeys(
        f"“{title}”" for title, demanded in demands_on(content) if demanded.kind is Kind.SCORE
    )
    if not asking:
        return ""
    said = _(
        "%(lessons)s demands points of this content, and this version reports none: nobody who has "
        "not reached them can finish that lesson now. Change what the lesson demands, or upload "
        "a version that reports points."
    )
    return said % {"lessons": ", ".join(asking)}
