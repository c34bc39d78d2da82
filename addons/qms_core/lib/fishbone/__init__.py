"""The fishbone (Ishikawa diagram) of a problem, laid out in plain Python and drawn as SVG.

``place(Fishbone(problem, bones))`` computes where everything stands; ``to_svg`` draws it. Words wrap by the table of
widths of the process maps, so what is computed here fits on screen and on paper.
"""

from .drawing import to_svg
from .model import Bone, Cause, Fishbone
from .placing import place

__all__ = ["Bone", "Cause", "Fishbone", "place", "to_svg"]
