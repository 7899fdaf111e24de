"""What the page in the frame may do: load the store's files and nothing else, as nobody.

Addresses are spelled out, with the origin in front: a page without an origin is not 'self' to every
browser. No script stands in the page, so none is allowed there, neither by nonce nor by hash.
"""

from django.conf import settings
from django.urls import reverse

# Neither same-origin nor top-navigation nor modals, and no escape for what it opens.
SANDBOX = "allow-scripts allow-forms allow-popups"
# Opened by itself a file of a package is a document too: it may draw and nothing else.
FILE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
CORE = "h5p-core/"
OWN_SCRIPTS = "js/h5p/frame/"
OWN_STYLES = "css/h5p/"


def frame_policy(*, origin: str, files: str, needs_eval: bool) -> str:
    """The header of the frame's page. `files`: where the files of its content lie, below `origin`.

    Styles may stand in the page: H5P and its libraries build their parts from HTML with `style`
    attributes, and authors' texts have them. With no address but the store's to fetch a picture or
    a typeface from, a style can tell nobody anything.
    """
    static = f"{origin}{settings.STATIC_URL}"
    library = f"{origin}{reverse('h5p:library', args=('x', 'x')).removesuffix('x/x')}"
    content = f"{origin}{files}"
    scripts = [f"{static}{CORE}", f"{static}{OWN_SCRIPTS}", library]
    if needs_eval:
        scripts.append("'unsafe-eval'")
    allowed = {
        "default-src": ["'none'"],
        "script-src": scripts,
        "style-src": [f"{static}{CORE}", f"{static}{OWN_STYLES}", library, "'unsafe-inline'"],
        "img-src": [f"{static}{CORE}", library, content, "data:", "blob:"],
        "media-src": [library, content, "data:", "blob:"],
        "font-src": [f"{static}{CORE}", library, "data:"],
        "connect-src": [library, content],
        "worker-src": ["'none'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": [origin],
        "sandbox": [SANDBOX],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())
