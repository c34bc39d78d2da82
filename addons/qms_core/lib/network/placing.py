"""Where processes, parties and lines lie: bands of rows by group, suppliers at the left, customers at the right."""

from collections import Counter, defaultdict
from math import ceil, sqrt

from ..layout.geometry import Box, Label
from ..layout.text import LINE_HEIGHT, fit
from .geometry import CUSTOMER, PROCESS, SUPPLIER, Band, Diagram, Placed, Route
from .graph import GROUPS, ONE_SIDED, OUTSIDE, UNSUPPLIED, UNTAKEN
from .wiring import Wiring

TEXT, SMALL = 12, 11
LINE = TEXT * LINE_HEIGHT
BOX_WIDTH, BOX_HEIGHT = 160, 74
PARTY_WIDTH, PARTY_GAP, PARTY_LINES = 144, 12, 5
PAD = 8
STEP = 6  # between two tracks
AISLE = 9  # beside the tracks of an aisle
APPROACH = 30  # from the lowest track of a channel to the boxes: arrowhead and count
STUB = 16
BAND_HEADER, BAND_GAP = 26, 16
MARGIN = 16
HEADING = 28
WORDS = {
    **{group: group.capitalize() for group in GROUPS},
    SUPPLIER: "Suppliers",
    CUSTOMER: "Customers",
    OUTSIDE: "Outside this authority",
    UNSUPPLIED: "Nobody supplies: %s",
    UNTAKEN: "Nobody takes: %s",
    ONE_SIDED: "Named by one side: %s",
}


def place(network, words=None, columns=None):
    """Return the drawing of a network: equal networks give equal drawings.

    :param Network network: what to draw
    :param dict words: translations of :data:`WORDS`
    :param int columns: processes in a row at most; without it about as wide as a screen
    :rtype: Diagram
    """
    columns = columns or max(5, round(sqrt(len(network.shown) * 0.9)))
    return _Picture(network, {**WORDS, **(words or {})}, columns).diagram()


class _Picture:
    def __init__(self, network, words, columns):
        self.network, self.words = network, words
        self.stubs = Counter((row.process, row.kind) for row in network.missing)
        self.rows, self.columns = _rows(network, columns)
        self.cells = {key: (r, c) for r, (_group, keys) in enumerate(self.rows) for c, key in enumerate(keys)}
        self.wiring = Wiring(network.edges, self.cells, self.columns)
        self._measure_columns()
        self._measure_rows()
        self.parties = {
            SUPPLIER: self._party_boxes(SUPPLIER),
            CUSTOMER: self._party_boxes(CUSTOMER),
        }

    # ---- measures

    def _measure_columns(self):
        wiring = self.wiring
        x = MARGIN
        self.supplier_x = x
        if wiring.aisle_tracks[0]:
            x += PARTY_WIDTH
        self.aisle_x, self.column_x = {0: x + AISLE}, {}
        x += 2 * AISLE + STEP * wiring.aisle_tracks[0]
        self.left = x
        for column in range(self.columns):
            self.column_x[column] = x + AISLE
            x += AISLE + BOX_WIDTH
            self.aisle_x[column + 1] = x + AISLE
            x += AISLE + STEP * wiring.aisle_tracks.get(column + 1, 0)
        self.right = x + AISLE
        self.collecting_x = self.right + AISLE
        x = self.collecting_x + STEP * wiring.customer_tracks + AISLE
        self.customer_x = x
        self.width = x + (PARTY_WIDTH if wiring.customer_tracks else 0) + MARGIN

    def _measure_rows(self):
        """Find the top of the boxes of each row and of the channels around it, and the bands."""
        wiring, y = self.wiring, MARGIN + HEADING
        self.box_y, self.input_y, self.output_y, self.bands = {}, {}, {}, []
        for group in GROUPS:
            rows = [index for index, row in enumerate(self.rows) if row[0] == group]
            if not rows:
                continue
            top = y
            y += BAND_HEADER
            for row in rows:
                self.input_y[row] = y
                y += STEP * wiring.input_tracks.get(row, 0) + APPROACH
                self.box_y[row] = y
                kinds = max(len(self._stub_kinds(key)) for key in self.rows[row][1])
                y += BOX_HEIGHT + STUB * kinds
                self.output_y[row] = y + 12
                y += 12 + STEP * wiring.output_tracks.get(row, 0)
            box = Box(self.left, top, self.right - self.left, y + 4 - top)
            title = fit(self.words[group], box.width - 20, LINE * 1.1, (13,))
            label = Label(title.lines, title.size, Box(box.x + 10, top + 7, title.width, title.height), "start")
            self.bands.append(Band(group, box, label))
            y = box.bottom + BAND_GAP
        self.bottom = y - BAND_GAP

    def _stub_kinds(self, key):
        return [kind for kind in (UNSUPPLIED, UNTAKEN, ONE_SIDED) if self.stubs[key, kind]]

    def _party_boxes(self, role):
        """Return ``{key: (box, label)}``: each as near as possible to the middle of what it is connected with."""
        wanted = defaultdict(list)
        for edge in self.network.edges:
            key, process = (edge.source, edge.target) if role == SUPPLIER else (edge.target, edge.source)
            if key not in self.cells:
                wanted[key].append(self.box_y[self.cells[process][0]] + BOX_HEIGHT / 2)
        x = self.supplier_x if role == SUPPLIER else self.customer_x
        texts = {key: fit(self._party_name(key), PARTY_WIDTH - 2 * PAD, LINE * PARTY_LINES, (TEXT,)) for key in wanted}
        order = sorted(wanted, key=lambda key: (sum(wanted[key]) / len(wanted[key]), self._party_name(key), key))
        tops, floor = {}, MARGIN + HEADING
        for key in order:
            height = texts[key].height + 2 * PAD
            tops[key] = max(floor, sum(wanted[key]) / len(wanted[key]) - height / 2)
            floor = tops[key] + height + PARTY_GAP
        ceiling = max(self.bottom, MARGIN + HEADING + sum(texts[k].height + 2 * PAD + PARTY_GAP for k in order))
        for key in reversed(order):
            height = texts[key].height + 2 * PAD
            tops[key] = min(tops[key], ceiling - height)
            ceiling = tops[key] - PARTY_GAP
        boxes = {}
        for key in order:
            box = Box(x, tops[key], PARTY_WIDTH, texts[key].height + 2 * PAD)
            boxes[key] = box, _inside(texts[key], box)
        return boxes

    def _party_name(self, key):
        return self.words[OUTSIDE] if key == OUTSIDE else self.network.parties[key].name

    # ---- drawing

    def diagram(self):
        nodes = [*self._processes(), *self._parties()]
        bottom = max([self.bottom, *(node.box.bottom for node in nodes)])
        return Diagram(
            width=self.width,
            height=bottom + MARGIN,
            headings=tuple(self._headings()),
            bands=tuple(self.bands),
            nodes=tuple(nodes),
            routes=tuple(self._routes()),
        )

    def _headings(self):
        for role, x in ((SUPPLIER, self.supplier_x), (CUSTOMER, self.customer_x)):
            if self.parties[role]:
                text = fit(self.words[role], PARTY_WIDTH, LINE * 1.1, (13,))
                yield Label(text.lines, text.size, Box(x, MARGIN, PARTY_WIDTH, text.height), "start")

    def _box(self, key):
        row, column = self.cells[key]
        return Box(self.column_x[column], self.box_y[row], BOX_WIDTH, BOX_HEIGHT)

    def _processes(self):
        for key in self.cells:
            process, box = self.network.processes[key], self._box(key)
            # Beside the strip in the colour of the group.
            inner = Box(box.x + 5 + PAD, box.y + PAD, box.width - 5 - 2 * PAD, box.height - 2 * PAD)
            code = fit(process.code, inner.width, SMALL * LINE_HEIGHT, (SMALL,))
            below = Box(inner.x, inner.y + SMALL * LINE_HEIGHT + 1, inner.width, LINE * 3)
            name = fit(process.name, below.width, below.height, (TEXT,))
            yield Placed(
                key,
                PROCESS,
                process.group,
                f"{process.code} {process.name}",
                box,
                Label(name.lines, name.size, below, "start", name.clipped),
                Label(code.lines, code.size, inner, "start", code.clipped),
                key not in self.network.chosen,
                tuple(self._stub_labels(key, box)),
            )

    def _stub_labels(self, key, box):
        for index, kind in enumerate(self._stub_kinds(key)):
            text = fit(self.words[kind] % self.stubs[key, kind], BOX_WIDTH - 24, STUB, (SMALL,))
            place = Box(box.x + 24, box.bottom + STUB * index + 3, text.width, text.height)
            yield kind, Label(text.lines, text.size, place, "start", text.clipped)

    def _parties(self):
        for role, boxes in self.parties.items():
            for key, (box, label) in boxes.items():
                yield Placed(key, role, "", self._party_name(key), box, label)

    def _routes(self):
        ports = self._ports()
        for edge in self.network.edges:
            if edge.target in self.cells:
                yield self._inward(edge, ports[edge.target, edge])
            else:
                yield self._outward(edge, ports[edge.source, edge])

    def _ports(self):
        """Return the x of each line at the edge of its process, in the order in which the lines arrive there."""
        arriving, leaving = defaultdict(list), defaultdict(list)
        for edge in self.network.edges:
            if edge.target in self.cells:
                arriving[edge.target].append(edge)
            else:
                leaving[edge.source].append(edge)
        ports = {}
        for key, edges in arriving.items():
            edges.sort(key=lambda edge: self._trunk_x(self._net(edge)))
            ports.update(self._spread(key, edges, 0.06, 0.94))
        for key, edges in leaving.items():
            edges.sort(key=lambda edge: -self.wiring.outputs[self.cells[key][0], edge.target])
            # The left part below a box is for the words about missing ends.
            ports.update(self._spread(key, edges, 0.8 if self._stub_kinds(key) else 0.5, 0.97))
        return ports

    def _spread(self, key, edges, start, end):
        box = self._box(key)
        step = box.width * (end - start) / (len(edges) + 1)
        first = box.x + box.width * start
        return {(key, edge): first + step * (index + 1) for index, edge in enumerate(edges)}

    def _net(self, edge):
        return (PROCESS if edge.source in self.cells else SUPPLIER), edge.source

    def _trunk_x(self, net):
        aisle, track = self.wiring.trunks[net]
        return (self.collecting_x if net[0] == CUSTOMER else self.aisle_x[aisle]) + STEP * track

    def _inward(self, edge, port):
        net = self._net(edge)
        start = self._box(edge.source) if net[0] == PROCESS else self.parties[SUPPLIER][edge.source][0]
        box, row = self._box(edge.target), self.cells[edge.target][0]
        x, y = self._trunk_x(net), self.input_y[row] + STEP * self.wiring.inputs[(row, *net)]
        middle = start.center[1]
        points = ((start.right, middle), (x, middle), (x, y), (port, y), (port, box.y))
        group = self.network.processes[edge.source].group if net[0] == PROCESS else ""
        return Route(edge, group, points, (port, box.y - 16))

    def _outward(self, edge, port):
        box, row = self._box(edge.source), self.cells[edge.source][0]
        end = self.parties[CUSTOMER][edge.target][0]
        x, y = self._trunk_x((CUSTOMER, edge.target)), self.output_y[row] + STEP * self.wiring.outputs[row, edge.target]
        middle = end.center[1]
        points = ((port, box.bottom), (port, y), (x, y), (x, middle), (end.x, middle))
        return Route(edge, self.network.processes[edge.source].group, points, (port, box.bottom + 8))


def _rows(network, columns):
    """Return the rows ``(group, keys)``, evenly filled, and how many columns they need."""
    by_group = defaultdict(list)
    for key in network.shown:
        by_group[network.processes[key].group].append(key)
    rows = []
    for group in GROUPS:
        keys = by_group[group]
        size = ceil(len(keys) / max(1, ceil(len(keys) / columns)))
        rows += [(group, keys[start : start + size]) for start in range(0, len(keys), size or 1)]
    return rows, max((len(keys) for _group, keys in rows), default=1)


def _inside(text, box):
    return Label(text.lines, text.size, Box(box.x + PAD, box.y + PAD, text.width, text.height), "start", text.clipped)
