"""Layout of process maps in swimlanes, and their drawing as SVG; plain Python.

``place(graph)`` computes all positions, ``to_svg(diagram)`` draws them, ``to_pictures(diagram, font)`` as PNG.
"""

from .bands import place
from .geometry import Box, Connector, Diagram, Label, PlacedLane, PlacedNode, Route
from .graph import KINDS, Edge, Graph, Lane, Node
from .raster import to_pictures
from .svg import to_svg

__all__ = [
    "KINDS",
    "Box",
    "Connector",
    "Diagram",
    "Edge",
    "Graph",
    "Label",
    "Lane",
    "Node",
    "PlacedLane",
    "PlacedNode",
    "Route",
    "place",
    "to_pictures",
    "to_svg",
]
