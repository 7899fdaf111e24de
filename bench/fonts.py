"""`make fonts`: cuts the typefaces to what pages are written with, from the npm packages.

A lesson is read on a slow network too. The packages' files know every weight and all of Latin-1;
the pages use weights from 400 to 700 and the letters below, and get them in a third of the bytes.
What is not here a browser fetches from the packages' files (static/css/fonts.css). The typefaces'
licence keeps their name for unchanged files, so these are called something else inside.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules" / "@fontsource-variable"
MADE = ROOT / "static" / "fonts"
# As `unicode-range` in fonts.css says it.
LETTERS = (
    "U+0020-007E, U+00A0, U+00A7, U+00AB, U+00AD, U+00B0, U+00B7, U+00BB, U+00BD, U+00C4-00C5, "
    "U+00C9, U+00D6, U+00D7, U+00E0, U+00E4-00E5, U+00E8-00E9, U+00F6, U+00FC, U+2010-2014, "
    "U+2018-2019, U+201C-201D, U+2022, U+2026, U+203A, U+2060, U+20AC, U+2190-2193, U+2212"
)
WEIGHTS = (400, 700)
# Name of what is made -> its package's file, and the weights it keeps.
CUTS: dict[str, tuple[str, float | tuple[float, float]]] = {
    "reading-serif": ("source-serif-4/files/source-serif-4-latin-wght-normal.woff2", WEIGHTS),
    "reading-serif-italic": ("source-serif-4/files/source-serif-4-latin-wght-italic.woff2", 400),
    "reading-sans": ("source-sans-3/files/source-sans-3-latin-wght-normal.woff2", WEIGHTS),
}
# Documents are set with a font that does not vary: name -> weight. Letters that are not in the
# package's file are set with the face inside Typst.
SET = ROOT / "site" / "foundation" / "documents" / "fonts"
SET_FROM = "source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
SETS = {"Regular": 400, "Bold": 650}
SET_FAMILY = "Report Sans"
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "lnum", "tnum", "pnum"]
# Which records of a font's name table are its name; the copyright and the licence stay.
FAMILY, STYLE, FULL, POSTSCRIPT, TYPOGRAPHIC, TYPOGRAPHIC_STYLE = 1, 2, 4, 6, 16, 17


def letters() -> set[int]:
    """The code points of LETTERS."""
    found: set[int] = set()
    for part in LETTERS.split(", "):
        first, _dash, last = part.removeprefix("U+").partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def cut(name: str) -> Path:
    """Make one of the files."""
    source, weights = CUTS[name]
    font = TTFont(PACKAGES / source)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters())
    subsetter.subset(font)
    font.flavor = None
    plain = MADE / f"{name}.ttf"
    font.save(plain)
    made = instantiateVariableFont(TTFont(plain), {"wght": weights})
    plain.unlink()
    title = name.replace("-", " ").title()
    for record in made["name"].names:
        if record.nameID in (FAMILY, FULL, TYPOGRAPHIC):
            record.string = title
        elif record.nameID == POSTSCRIPT:
            record.string = title.replace(" ", "")
    made["head"].modified = made["head"].created  # the same files give the same bytes
    made.recalcTimestamp = False
    made.flavor = "woff2"
    path = MADE / f"{name}.woff2"
    made.save(path)
    return path


def made_to_set(style: str) -> Path:
    """Make one of the files that documents are set with."""
    font = TTFont(PACKAGES / SET_FROM)
    font.flavor = None
    made = instantiateVariableFont(font, {"wght": SETS[style]})
    names = {FAMILY: SET_FAMILY, STYLE: style, FULL: f"{SET_FAMILY} {style}"}
    names[POSTSCRIPT] = f"ReportSans-{style}"
    for record in list(made["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in (TYPOGRAPHIC, TYPOGRAPHIC_STYLE):
            made["name"].removeNames(nameID=record.nameID)
    made["OS/2"].usWeightClass = 700 if style == "Bold" else 400
    made["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
    made["head"].macStyle = 1 if style == "Bold" else 0
    made["head"].modified = made["head"].created
    made.recalcTimestamp = False
    path = SET / f"report-sans-{style.lower()}.ttf"
    made.save(path)
    return path


def main() -> None:
    """Make them all, and say what they weigh."""
    MADE.mkdir(exist_ok=True)
    licence = (PACKAGES / "source-serif-4" / "LICENSE").read_text(encoding="utf-8")
    (MADE / "LICENSE.txt").write_text(licence, encoding="utf-8")
    for name in CUTS:
        path = cut(name)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")
    SET.mkdir(exist_ok=True)
    (SET / "LICENSE.txt").write_text(licence, encoding="utf-8")
    for style in SETS:
        path = made_to_set(style)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
