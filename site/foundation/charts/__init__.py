"""Charts drawn on the server as plain SVG: one look, ink on whatever paper there is.

Each says its message in its title and its figures in its description, labels what it draws where
it is, and has a table of the same figures. Adding one is adding a file here.
"""

from foundation.charts.bars import Bar, bars, columns
from foundation.charts.chart import Chart
from foundation.charts.funnel import funnel
from foundation.charts.heat import heat
from foundation.charts.stacked import stacked
from foundation.charts.trends import multiples, spark, trend

__all__ = [
    "Bar",
    "Chart",
    "bars",
    "columns",
    "funnel",
    "heat",
    "multiples",
    "spark",
    "stacked",
    "trend",
]
