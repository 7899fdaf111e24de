"""The stylesheets of every page: one list of them, and one file where static files are collected.

A browser that asks for fifteen files waits three times for what one brings at once.
"""

TOGETHER = "css/site.css"
# In the order of their layers.
EACH = tuple(
    f"css/{name}.css"
    for name in (
        *("tokens", "fonts", "base", "layout", "components", "standing", "forms", "tables"),
        *("listings", "learning", "blocks", "showing", "keeping", "questions", "answering"),
    )
)
