"""Statistics of improvement: Pareto, control chart, repeats, time to close. Plain Python, no Odoo."""

from .control_chart import CONSTANTS, Chart, Point, Rule, individuals
from .durations import histogram, percentile
from .pareto import Bar, pareto
from .survival import Step, kaplan_meier, quantile

__all__ = [
    "CONSTANTS",
    "Bar",
    "Chart",
    "Point",
    "Rule",
    "Step",
    "histogram",
    "individuals",
    "kaplan_meier",
    "pareto",
    "percentile",
    "quantile",
]
