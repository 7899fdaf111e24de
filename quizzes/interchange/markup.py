"""The elements of HTML, by what becomes of each in a question."""

INLINE = frozenset({"b", "strong", "i", "em", "a", "sup"})
LISTS = frozenset({"ul", "ol"})
PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "form",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "blockquote",
        "pre",
        "address",
        "center",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "figure",
        "figcaption",
        "fieldset",
        "legend",
        "details",
        "summary",
        "hgroup",
        "search",
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Tags that mean something we do not show; what stands in them stays.
LOOKS = frozenset(
    [
        "sub",
        "u",
        "s",
        "strike",
        "del",
        "ins",
        "mark",
        "code",
        "kbd",
        "samp",
        "var",
        "tt",
        "pre",
        "blockquote",
    ]
)
# What runs, loads or asks: goes with all that stands in it.
GONE = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "input",
        "select",
        "textarea",
        "button",
        "template",
        "noscript",
        "noembed",
        "noframes",
        "frame",
        "frameset",
        "audio",
        "video",
        "canvas",
        "map",
        "link",
        "meta",
        "base",
        "title",
        "head",
        "xmp",
        "plaintext",
    ]
)
# Of those, what has no end: nothing stands in them.
EMPTY_TAGS = frozenset(
    [
        "input",
        "embed",
        "frame",
        "link",
        "meta",
        "base",
        "img",
        "br",
        "hr",
        "area",
        "col",
        "wbr",
        "source",
        "track",
    ]
)
