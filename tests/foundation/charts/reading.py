"""Reads what was drawn."""

import xml.etree.ElementTree as ET

from foundation.charts import Chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ET.Element:
    """The layout for a page."""
    return ET.fromstring(chart.wide.on_page(chart.name, chart.title, chart.described))


def layouts(chart: Chart) -> list[ET.Element]:
    """All that there is of it: both of the page, and the file."""
    return [*ET.fromstring(f"<both>{chart.svg}</both>"), ET.fromstring(chart.standalone())]


def texts(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]
