"""Writes of search: the rows of a page, and the words they bring along."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from wagtail.models import Page

from courses.pages.models import CoursePage, LessonPage
from courses.search.models import SearchEntry, SearchWord
from courses.search.reading import entries_of
from courses.search.words import LONGEST, term_of, words_in

Word = tuple[str, str]  # language and term
CHUNK = 400  # a statement; SQLite takes no more than a thousand values


@transaction.atomic
def index_page(*, page: Page) -> int:
    """Make the rows of a page what it says as it is published; how many there are."""
    return _replace({page.pk}, entries_of(page))


@transaction.atomic
def forget_page(*, page_id: int) -> None:
    """A page that is not published any more is found no more."""
    _replace({page_id}, [])


@transaction.atomic
def rebuild() -> int:
    """Everything anew, words too; how many rows there are."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    count = 0
    for model in (CoursePage, LessonPage):
        for page in model.objects.live().select_related("locale").iterator(chunk_size=50):
            count += index_page(page=page)
    return count


def _replace(pages: set[int], entries: list[SearchEntry]) -> int:
    before = SearchEntry.objects.filter(page__in=pages)
    change = _counted(entries)
    change.subtract(_counted(before))
    before.delete()
    SearchEntry.objects.bulk_create(entries)
    _count_words(change, _as_written(entries))
    return len(entries)


def _counted(entries: Iterable[SearchEntry]) -> Counter[Word]:
    """In how many of these rows each word is."""
    return Counter(
        (entry.language, term)
        for entry in entries
        for term in {*entry.heading_terms.split(), *entry.text_terms.split()}
    )


def _as_written(entries: Iterable[SearchEntry]) -> dict[Word, str]:
    """For each word its shortest form: that comes nearest to how it stands in a dictionary."""
    written: dict[Word, str] = {}
    for entry in entries:
        for match in words_in(f"{entry.heading} {entry.text}"):
            word, key = (
                match[0].lower()[:LONGEST],
                (entry.language, term_of(match[0], entry.language)),
            )
            written[key] = min(written.get(key, word), word, key=lambda one: (len(one), one))
    return written


def _count_words(change: Counter[Word], written: dict[Word, str]) -> None:
    moved: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (language, term), by in sorted(change.items()):
        if by:
            moved[language, by].append(term)
    for (language, by), terms in moved.items():
        for at in range(0, len(terms), CHUNK):
            some = terms[at : at + CHUNK]
            rows = SearchWord.objects.filter(language=language, term__in=some)
            known = set(rows.values_list("term", flat=True))
            rows.filter(entries__lte=-by).delete()
            rows.update(entries=F("entries") + by)
            SearchWord.objects.bulk_create(
                SearchWord(
                    language=language,
                    term=term,
                    word=written.get((language, term), term),
                    entries=by,
                )
                for term in some
                if term not in known
            )
