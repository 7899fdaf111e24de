"""What is found: screens and courses that have what is asked for, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page, PageViewRestriction

from courses.search.matching import having
from courses.search.models import SearchEntry, SearchWord
from courses.search.words import LANGUAGES, asked, beside, is_within, term_of, words_in
from foundation.sorting import swedish

MOST_WORDS = 12  # of a question
SHOWN = 30
SOURCE = "sv"  # what stands in no other language is found in this one
# What a match is worth. A word in a heading is worth more than any number in the text.
HEADING, HEADING_PART, TEXT, TEXT_PART, COUNTED = 8.0, 4.0, 1.0, 0.3, 3
COURSE = 2.0
BEFORE, AFTER = 12, 24  # words of a snippet, from the first one found


Entries: TypeAlias = "QuerySet[SearchEntry]"


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a question in one language: its term, and the known words it is a part of."""

    term: str
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, as it is shown."""

    heading: SafeString
    snippet: SafeString
    url: str
    language: str
    course: str
    lesson: str  # "" for a course
    screen: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a question came to. `every`: each word is in each hit; else some of them."""

    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    every: bool = True
    suggestions: list[str] = field(default_factory=list)


def search(text: str, *, language: str, request: HttpRequest) -> Found:
    """The hits for a question, those in the reader's language and what stands in none but Swedish.

    The number of queries doesn't depend on how much is found.
    """
    languages = sorted({SOURCE, language} & LANGUAGES)
    sought = {one: _sought(text, one) for one in languages}
    readable = _readable(language, request)
    for every in (True, False):
        rows = _rows(readable, sought, every=every)
        if rows:
            best = sorted(rows, key=lambda row: _order(row, sought))[:SHOWN]
            return Found(_hits(best, sought), len(rows), every)
        if all(len(words) < 2 for words in sought.values()):
            break
    return Found(suggestions=suggestions(text, language))


def _sought(text: str, language: str) -> list[Sought]:
    """The words of a question with what they are found in, two queries in all."""
    words = asked(text, language, most=MOST_WORDS)
    stems = {stem for some in words.values() for stem in some if len(stem) > 2}
    known = SearchWord.objects.filter(language=language)
    holding = Q(term__in=words)
    for stem in stems:
        holding |= Q(term__contains=stem)
    terms = set(known.filter(holding).values_list("term", flat=True))
    parts = {
        part for stem in stems for term in terms if stem in term for part in beside(term, stem)
    }
    there = set(known.filter(term__in=parts).values_list("term", flat=True))
    return [
        Sought(
            term if term in terms else "",
            frozenset(
                one
                for one in terms - {term}
                for stem in some & stems
                if is_within(stem, one, there)
            ),
        )
        for term, some in words.items()
    ]


def _readable(language: str, request: HttpRequest) -> Entries:
    """Rows of published pages of published courses that the one who asks may read, once each."""
    translated = Page.objects.live().filter(
        translation_key=OuterRef("page__translation_key"), locale__language_code=language
    )
    rows = SearchEntry.objects.filter(page__live=True, course__live=True).filter(
        Q(language=language) | ~Exists(translated)
    )
    for restriction in PageViewRestriction.objects.select_related("page"):
        if not restriction.accept_request(request):
            rows = rows.exclude(page__path__startswith=restriction.page.path)
    return rows


def _rows(readable: Entries, sought: dict[str, list[Sought]], *, every: bool) -> list[SearchEntry]:
    groups = {
        language: [{*one.within, *([one.term] if one.term else [])} for one in words]
        for language, words in sought.items()
    }
    rows = readable.filter(having(groups, every=every))
    return list(rows.select_related("page", "course"))


def _order(row: SearchEntry, sought: dict[str, list[Sought]]) -> tuple[object, ...]:
    heading, text = row.heading_terms.split(), row.text_terms.split()
    score = 0.0 if row.screen else COURSE
    for word in sought[row.language]:
        within = sum(one in word.within for one in text)
        if word.term in heading:
            score += HEADING
        elif word.within.intersection(heading):
            score += HEADING_PART
        score += TEXT * min(text.count(word.term), COUNTED) + TEXT_PART * min(within, COUNTED)
    return (-score, swedish(row.course.title), row.page.path, row.screen)


def _hits(rows: Iterable[SearchEntry], sought: dict[str, list[Sought]]) -> list[Hit]:
    hits = []
    for row in rows:
        marked = {one.term for one in sought[row.language]}.union(
            *(one.within for one in sought[row.language])
        )
        url = str(row.page.url)
        heading_terms = row.heading_terms.split()
        hits.append(
            Hit(
                heading=_marked(row.heading, heading_terms, marked),
                snippet=_snippet(row, marked),
                url=f"{url}{row.screen}/" if row.screen > 1 else url,
                language=row.language,
                course=row.course.title,
                lesson=row.page.title if row.screen else "",
                screen=row.screen,
            )
        )
    return hits


def _snippet(row: SearchEntry, marked: set[str]) -> SafeString:
    """The text about the first word found in it; its beginning where only the heading has it."""
    words, terms = list(words_in(row.text)), row.text_terms.split()
    if not words:
        return SafeString("")
    first = next((at for at, term in enumerate(terms) if term in marked), 0)
    start, end = max(0, first - BEFORE), min(len(words), first + AFTER)
    begins = words[start].start() if start else 0
    ends = words[end - 1].end() if end < len(words) else len(row.text)
    shown = _marked(row.text[begins:ends], terms[start:end], marked)
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(words) else "")


def _marked(text: str, terms: Iterable[str], marked: set[str]) -> SafeString:
    """The text with the words that were found in <mark>; everything in it is escaped.

    `terms`: those of its words, in order, as they were indexed.
    """
    pieces: list[tuple[SafeString | str]] = []
    at = 0
    for word, term in zip(words_in(text), terms, strict=False):
        if term in marked:
            pieces += [(text[at : word.start()],), (format_html("<mark>{}</mark>", word[0]),)]
            at = word.end()
    return format_html_join("", "{}", [*pieces, (text[at:],)])


def suggestions(text: str, language: str) -> list[str]:
    """The question once more with its unknown words replaced by the nearest known ones, best first.

    Two words are near when most of their pairs of letters are the same.
    """
    spoken = language if language in LANGUAGES else SOURCE
    words = [match[0].lower() for match in words_in(text)][:MOST_WORDS]
    terms = {word: term_of(word, spoken) for word in words}
    rows = SearchWord.objects.filter(language__in={spoken, SOURCE}, entries__gt=0)
    known = dict(rows.values_list("term", "word"))
    unknown = [word for word in words if terms[word] not in known and len(word) > 3]
    if not unknown:
        return []
    near = {word: _nearest(word, known.values()) for word in unknown}
    return [
        " ".join(near[word][at] if word in near else word for word in words)
        for at in range(min(len(some) for some in near.values()))
    ]


def _nearest(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    pairs = _pairs(word)
    close = [
        one
        for one in set(known)
        if abs(len(one) - len(word)) <= 3
        and 2 * len(pairs & (other := _pairs(one))) >= 0.5 * (len(pairs) + len(other))
    ]
    rated = [(SequenceMatcher(None, word, one).ratio(), one) for one in close]
    rated.sort(key=lambda pair: (-pair[0], swedish(pair[1])))
    return [one for ratio, one in rated if ratio >= 0.7][:most]


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(len(word) - 1)}
