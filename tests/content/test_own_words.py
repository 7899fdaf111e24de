"""The modules are written in words of their own."""

import re

import pytest

from tests.content.city_documents import FILES, bare, bare_text_of, needs_documents
from tests.content.modules import CITATION, Module, all_modules

SHORTEST_SENTENCE = 10  # words; shorter ones are said alike by anybody
LONGEST_RUN = 12  # words in a row, in the middle of a sentence too

each_module = pytest.mark.parametrize("module", all_modules(), ids=lambda module: module.slug)


def quoted(module: Module) -> str:
    """All that is marked as a quotation."""
    blocks = [block for lesson in module.lessons for block in lesson.blocks("quote")]
    return " ".join(bare(text) for block in blocks for text in block.texts())


def sentences(text: str) -> list[str]:
    plain = CITATION.sub("", text)
    return [bare(part) for part in re.split(r"(?<=[.!?:])\s+|\n\s*\n|\n\s*[-*] ", plain)]


@needs_documents
@each_module
def test_no_sentence_stands_in_the_citys_documents(module: Module) -> None:
    marked = quoted(module)
    assert [
        (where, key, sentence)
        for where, text in module.texts()
        for sentence in sentences(text)
        if len(sentence.split()) >= SHORTEST_SENTENCE and sentence not in marked
        for key in FILES
        if sentence in bare_text_of(key)
    ] == []


@needs_documents
@each_module
def test_no_long_run_of_words_stands_in_the_citys_documents(module: Module) -> None:
    marked = quoted(module)
    runs = (
        (where, " " + " ".join(words[start : start + LONGEST_RUN]) + " ")
        for where, text in module.texts()
        for words in [bare(CITATION.sub("", text)).split()]
        for start in range(len(words) - LONGEST_RUN + 1)
    )
    assert [
        (where, key, run)
        for where, run in runs
        if run not in marked
        for key in FILES
        if run in bare_text_of(key)
    ] == []


@needs_documents
@each_module
def test_what_is_marked_as_a_quotation_is_one(module: Module) -> None:
    """Word for word, from the document that it cites."""
    for lesson in module.lessons:
        for block in lesson.blocks("quote"):
            text = str(block.fields["text"])
            keys = [found["key"] for found in CITATION.finditer(text)]
            spoken = re.findall(r"[\"”“]([^\"”“]+)[\"”“]", CITATION.sub("", text))
            assert spoken, text
            for key in set(keys) & FILES.keys():
                for words in spoken:
                    parts = re.split(r"\s*(?:…|\[\.\.\.\]|\.\.\.)\s*", words)
                    assert all(bare(part) in bare_text_of(key) for part in parts), words
