"""The whole layout: columns cut into bands that fit the page, each band drawn, one below the other."""

from collections import defaultdict
from dataclasses import replace

from .coordinates import GUTTER, Coordinates
from .geometry import Box, Connector, Diagram, Label, PlacedLane, PlacedNode, Route
from .graph import IndexedGraph
from .placing import CONNECTOR, Band, Item, Link, assign_rows, edge_text, make_item
from .ranking import assign_columns, feedback_arcs
from .routing import Router
from .text import fit
from .tracks import assign_all

HEADER = 112
HEADER_TEXT_HEIGHT = 76
MARGIN = 8
BAND_GAP = 22
EMPTY_LANE = 32


def place(graph, width=1500, lane_height=EMPTY_LANE):
    """Lay out a process with its roles as horizontal lanes and time from left to right.

    :param Graph graph: any graph; loops, loose ends, several or no starts are all drawn
    :param width: widest page in pixels; a wider diagram continues in further bands below. None: never wrap
    :param lane_height: least height of a lane in pixels
    :return: the positions of everything; equal graphs give equal diagrams
    :rtype: Diagram
    :raise ValueError: for a key used twice or an arrow from or to a step that does not exist
    """
    return _Layout(IndexedGraph(graph), width, lane_height).diagram()


class _Layout:
    def __init__(self, graph, width, lane_height):
        self.graph = graph
        self.room = None if width is None else width - 2 * MARGIN - HEADER
        count = len(graph.nodes)
        self.back = feedback_arcs(count, graph.arcs)
        columns = assign_columns(count, graph.arcs, self.back, graph.lane_of)
        used = {column: place_ for place_, column in enumerate(sorted(set(columns)))}
        self.columns = [used[column] for column in columns]
        self.items = [
            make_item(node, lane, order)
            for order, (node, lane) in enumerate(zip(graph.nodes, graph.lane_of, strict=True))
        ]
        self.texts = [edge_text(edge.label) for edge in graph.edges]
        self.headers = [fit(lane.name, HEADER - 12, HEADER_TEXT_HEIGHT) for lane in graph.lanes]
        self.least = [max(lane_height, text.height + 12) for text in self.headers]
        self.by_column = defaultdict(list)
        for item, column in zip(self.items, self.columns, strict=True):
            self.by_column[column].append(item)
        self.connector_names = {}

    # ---- bands

    def diagram(self):
        """Return the diagram of all bands."""
        total = len(self.by_column)
        drawn, first = [], 0
        while first < total or not drawn:
            band, coordinates, first = self._next_band(first, total)
            drawn.append((band, coordinates))
        return self._assemble(drawn)

    def _next_band(self, first, total):
        """Return the widest band from the column ``first`` on that fits, and the column behind it."""
        last = self._guess(first, total)
        while True:
            band = self._build(first, last, total)
            assign_rows(band)
            router = Router(band)
            router.route()
            coordinates = Coordinates(band, assign_all(band.links), router.levels, self.least)
            if self.room is None or coordinates.width <= self.room or last - first <= 1:
                return band, coordinates, last
            excess = (coordinates.width - self.room) / coordinates.width
            last -= max(1, int((last - first) * excess))
            last = max(first + 1, self._best_cut(first, last, total))

    def _guess(self, first, total):
        """Return the last column that may fit if no gutter needs more than its least width."""
        if self.room is None:
            return total
        needed = GUTTER + (2 * (CONNECTOR + GUTTER) if first else 0)
        for column in range(first, total):
            needed += max(item.cell_width for item in self.by_column[column]) + GUTTER
            if needed > self.room + GUTTER and column > first:
                return self._best_cut(first, column, total)
        return total

    def _best_cut(self, first, last, total):
        """Return the cut at ``last``, or up to two columns before it, that the fewest arrows cross."""
        if last >= total:
            return last

        def crossing(cut):
            return sum(
                (self.columns[source] < cut) != (self.columns[target] < cut) for source, target in self.graph.arcs
            )

        return min(range(last, max(first, last - 3, (first + last) // 2), -1), key=lambda cut: (crossing(cut), -cut))

    def _build(self, first, last, total):
        """Return the band of the columns ``first`` to ``last - 1`` with its connectors."""
        inside = [first <= column < last for column in self.columns]
        ways_in, ways_out, links = {}, {}, []
        for index, (source, target) in enumerate(self.graph.arcs):
            if inside[source] and inside[target]:
                ends = self.items[source], self.items[target]
            elif inside[source]:
                lane = self.items[source].lane
                ends = (
                    self.items[source],
                    ways_out.setdefault(target, Item(lane, CONNECTOR, CONNECTOR, target=target, order=index)),
                )
            elif inside[target]:
                known = ways_in.get(target)
                if known:
                    known.edges.append(index)
                    continue
                item = Item(self.items[target].lane, CONNECTOR, CONNECTOR, target=target, entering=True, order=index)
                links.append(Link(item, self.items[target], [index]))
                ways_in[target] = links[-1]
                continue
            else:
                continue
            text = self.texts[index]
            links.append(Link(*ends, [index], text, back=index in self.back or source == target))
        offset = 1 if ways_in else 0
        items = []
        for column in range(first, last):
            for item in self.by_column[column]:
                item.column = column - first + offset
                items.append(item)
        for item in ways_out.values():
            item.column = last - first + offset
        entering = [link.source for link in ways_in.values()]
        items += [*entering, *ways_out.values()]
        used = {item.lane for item in items}
        whole = first == 0 and last == total
        lanes = [lane for lane in range(len(self.graph.lanes)) if whole or lane in used]
        return Band(items, links, lanes, last - first + offset + bool(ways_out))

    # ---- result

    def _assemble(self, drawn):
        inner = max(coordinates.width for _band, coordinates in drawn)
        origin_x, y = MARGIN + HEADER, float(MARGIN)
        boxes, lanes, nodes, connectors = [], [], {}, []
        parts, labels = defaultdict(list), {}
        for number, (band, coordinates) in enumerate(drawn):
            boxes.append(Box(MARGIN, y, HEADER + inner, coordinates.height))
            lanes += [self._placed_lane(lane, number, coordinates, y, inner) for lane in band.lanes]
            for item in band.items:
                box = _moved(coordinates.box(item), origin_x, y)
                if item.node:
                    label = _moved_label(coordinates.name(item), origin_x, y)
                    nodes[item.order] = PlacedNode(
                        item.node, self.graph.lanes[item.lane].key, number, self.columns[item.order], box, label
                    )
                else:
                    connectors.append(
                        Connector(
                            self._connector_name(item.target),
                            self.graph.nodes[item.target].key,
                            number,
                            item.entering,
                            box,
                        )
                    )
            for link in band.links:
                points = tuple((px + origin_x, py + y) for px, py in coordinates.points(link))
                for edge in link.edges:
                    # The part that enters comes last, also when the arrow goes back to an earlier band.
                    parts[edge].insert(len(parts[edge]) if link.source.entering else 0, points)
            for link, label in coordinates.edge_labels():
                labels[link.edges[0]] = _moved_label(label, origin_x, y)
            y += coordinates.height + BAND_GAP
        routes = tuple(
            Route(edge, tuple(parts[index]), labels.get(index), index in self.back or edge.source == edge.target)
            for index, edge in enumerate(self.graph.edges)
        )
        return Diagram(
            2 * MARGIN + HEADER + inner,
            y - BAND_GAP + MARGIN,
            tuple(boxes),
            tuple(lanes),
            tuple(nodes[order] for order in range(len(nodes))),
            tuple(connectors),
            routes,
        )

    def _placed_lane(self, lane, number, coordinates, y, inner):
        top, bottom = coordinates.lane_y[lane]
        box = Box(MARGIN, y + top, HEADER + inner, bottom - top)
        header = replace(box, width=HEADER)
        text = self.headers[lane]
        center_x, center_y = header.center
        label = Label(
            text.lines,
            text.size,
            Box(center_x - text.width / 2, center_y - text.height / 2, text.width, text.height),
            clipped=text.clipped,
        )
        return PlacedLane(self.graph.lanes[lane], number, box, header, label)

    def _connector_name(self, target):
        """Return A … Z, AA, AB … in the order in which the connectors appear."""
        number = self.connector_names.setdefault(target, len(self.connector_names)) + 1
        name = ""
        while number:
            number, letter = divmod(number - 1, 26)
            name = chr(ord("A") + letter) + name
        return name


def _moved(box, x, y):
    return replace(box, x=box.x + x, y=box.y + y)


def _moved_label(label, x, y):
    return replace(label, box=_moved(label.box, x, y))
