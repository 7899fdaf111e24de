"""Whether there is anything to look at, for pages that show figures and count their queries."""

from django.core.cache import cache

from tracking.quality.models import QualityReading

KEPT_AS = "tracking.quality.has_findings"
# Seconds; another process may have taken a new reading meanwhile.
KEPT_FOR = 60


def has_findings() -> bool:
    """Whether the last reading found anything. One query a minute."""
    kept: bool | None = cache.get(KEPT_AS)
    if kept is None:
        reading = QualityReading.objects.values_list("counts", flat=True).first()
        kept = bool(reading and any(reading.values()))
        cache.set(KEPT_AS, kept, KEPT_FOR)
    return kept
