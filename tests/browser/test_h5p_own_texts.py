"""What an author writes in our own content types is text: in a page without any sandbox too, where
a script in it could reach everything, none of it runs and nothing is fetched."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from courses.h5p.own.shelf import FOLDER, own_libraries
from courses.h5p.package import LibraryName
from tests.courses.h5p.own.contents import TYPES, example

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>window.hit = 1</script>Text",
    '<img src="https://elsewhere.example/x" onerror="window.hit = 1">',
    '<svg onload="window.hit = 1"><script>window.hit = 1</script></svg>Text',
    '<a href="javascript:window.hit = 1">länk</a>',
    '<a href=" java\tscript:window.hit = 1">länk</a>',
    '<a href="data:text/html,<script>window.hit = 1</script>">länk</a>',
    '<p onclick="window.hit = 1" style="position: fixed">Text</p>',
    '<iframe srcdoc="<script>parent.hit = 1</script>"></iframe>Text',
    '<math><mtext><table><mglyph><style><img src=x onerror="window.hit = 1">',
    '<template><img src=x onerror="window.hit = 1"></template>Text',
    '&lt;img src=x onerror="window.hit = 1"&gt;',
    '"><script>window.hit = 1</script>',
    "<form action='https://elsewhere.example/'><input name=q autofocus onfocus='window.hit = 1'>",
    "<base href='https://elsewhere.example/'><p>Text</p>",
]
# As little of H5P's core as a content needs to stand on a page.
CORE = """
window.H5P = { EventDispatcher: function () {} };
Object.assign(H5P.EventDispatcher.prototype, {
  trigger() {}, triggerXAPI() {}, setActivityStarted() {},
  createXAPIEventTemplate() {
    const data = { statement: {} };
    const setScoredResult = (raw, max) => { data.statement.result = { score: { raw, max } }; };
    return { data, setScoredResult };
  },
});
"""
ALLOWED = """() => [...document.querySelectorAll(".kompetens *")].flatMap((one) => {
  const own = one.closest("svg") ? [] : [...one.attributes].map((each) => each.name);
  const bad = own.filter((name) => name.startsWith("on") || name === "style" || name === "src");
  const isLink = one.localName === "a" && !/^https?:/.test(one.href);
  const isOdd = ["script", "img", "iframe", "object", "math", "base", "template", "style"];
  return bad.length || isLink || isOdd.includes(one.localName) ? [one.outerHTML] : [];
})"""
PRESS = """() => {
  for (const one of document.querySelectorAll(".kompetens a, .kompetens summary, .kompetens p")) {
    one.addEventListener("click", (event) => event.isTrusted || event.preventDefault());
    one.click();
  }
  document.querySelector(".kompetens input")?.click();
  document.querySelector(".kompetens [type=submit]")?.click();
}"""


def hostile(value: Any, payload: str, name: str = "") -> Any:
    """The content with the payload in each text that is no name."""
    if isinstance(value, dict):
        return {key: hostile(part, payload, key) for key, part in value.items()}
    if isinstance(value, list):
        return [hostile(part, payload, name) for part in value]
    is_text = isinstance(value, str) and name not in ("id", "to", "type", "trust")
    return payload if is_text else value


def show(page: Page, name: LibraryName, content: Any) -> None:
    """Put the content on the page, as a player does."""
    page.evaluate("document.body.replaceChildren(document.createElement('main'))")
    page.evaluate(
        """([name, content]) => {
          const made = new Kompetens[name](content, 1, {});
          made.attach(document.querySelector("main"));
        }""",
        [name.machine_name.partition(".")[2], content],
    )


@pytest.fixture
def page(browser: Browser) -> Any:
    """A page of nobody's, with our libraries and what they stand on."""
    page = browser.new_context().new_page()
    page.set_content("<!doctype html><title>.</title><main></main>")
    page.add_script_tag(content=CORE)
    for name, about in own_libraries().items():
        for path in about.preloaded_js:
            page.add_script_tag(content=(FOLDER / name.folder / path).read_text())
    yield page
    page.context.close()


@pytest.mark.parametrize("name", TYPES, ids=str)
def test_nothing_that_an_author_writes_runs_or_is_fetched(page: Page, name: LibraryName) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for payload in HOSTILE:
        show(page, name, hostile(example(name), payload))
        for _ in range(3):
            assert page.evaluate(ALLOWED) == [], payload
            page.evaluate(PRESS)
        assert page.evaluate("window.hit ?? null") is None, payload
    assert asked == []


def test_what_may_be_marked_up_is_and_a_link_opens_elsewhere(page: Page) -> None:
    name = TYPES[1]
    content = example(name) | {
        "introduction": "<p>En <strong>text</strong> med <a href='https://example.org/'>länk</a>.</p>"
    }
    show(page, name, content)
    shown = page.locator(".kompetens-text").first
    assert shown.inner_html() == (
        "<p>En <strong>text</strong> med "
        '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">länk</a>.</p>'
    )


def test_text_that_a_server_has_escaped_is_read_as_it_was_written(page: Page) -> None:
    name = TYPES[1]
    show(page, name, example(name) | {"question": "Vad &amp; &quot;varför&quot; &lt;nu&gt;?"})
    assert page.locator("legend").inner_text() == 'Vad & "varför" <nu>?'


@pytest.mark.parametrize("name", TYPES, ids=str)
@pytest.mark.parametrize(
    "content",
    [{}, {"steps": "x", "answers": {"0": 1}}, {"steps": [None], "answers": [None, 3]}],
    ids=json.dumps,
)
def test_a_content_that_says_nothing_breaks_nothing(
    page: Page, name: LibraryName, content: Any
) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    show(page, name, content)
    assert page.locator(".kompetens").count() == 1
    assert broken == []
