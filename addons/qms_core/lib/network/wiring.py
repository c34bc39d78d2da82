"""Lines in a grid: which track of an aisle or a channel each of them takes.

Everything a process gives leaves it as one line: a trunk in the aisle to its right, with a branch in the channel above
each row of takers. Every supplier has such a trunk in the first aisle, every customer one in the last, which collects
from the channels below the rows. So lines that lie on each other always belong together, and no line crosses a box.
"""

import heapq
from collections import defaultdict
from itertools import count

from .geometry import CUSTOMER, PROCESS, SUPPLIER


class Wiring:
    """Tracks of all lines of a network.

    :param cells: ``{process key: (row, column)}``
    :param columns: number of columns
    :ivar trunks: ``{(role, key): (aisle, track)}``; aisle 0 lies left of column 0
    :ivar inputs: ``{(row, role, key): track}`` in the channel above a row
    :ivar outputs: ``{(row, key): track}`` in the channel below a row, by customer
    :ivar aisle_tracks: number of tracks by aisle; of the last aisle without those of the customers
    """

    def __init__(self, edges, cells, columns):
        self.cells, self.columns = cells, columns
        self.trunks, self.inputs, self.outputs = {}, {}, {}
        self.aisle_tracks, self.input_tracks, self.output_tracks = {}, {}, {}
        self.customer_tracks = 0
        takers, givers = defaultdict(list), defaultdict(list)
        for edge in edges:
            if edge.target in cells:
                takers[PROCESS if edge.source in cells else SUPPLIER, edge.source].append(cells[edge.target])
            else:
                givers[edge.target].append(cells[edge.source])
        self._lay_trunks(takers, givers)
        self._lay_branches(takers, givers)

    def _lay_trunks(self, takers, givers):
        by_aisle = defaultdict(list)
        suppliers = count()
        for (role, key), places in takers.items():
            if role == SUPPLIER:
                self.trunks[role, key] = 0, next(suppliers)
                continue
            row, column = self.cells[key]
            # A row has three levels: the channel above it, its boxes, the channel below it.
            levels = [3 * row + 1, *(3 * taker_row for taker_row, _column in places)]
            by_aisle[column + 1].append((min(levels), max(levels), (role, key)))
        self.aisle_tracks[0] = next(suppliers)
        for aisle, spans in by_aisle.items():
            tracks, self.aisle_tracks[aisle] = _share(spans)
            self.trunks.update({net: (aisle, track) for net, track in tracks.items()})
        for track, key in enumerate(givers):
            self.trunks[CUSTOMER, key] = self.columns, track
        self.customer_tracks = len(givers)

    def _lay_branches(self, takers, givers):
        by_row = defaultdict(lambda: defaultdict(list))
        for net, places in takers.items():
            for row, column in places:
                by_row[row][net].append(2 * column + 1)
        for row, nets in by_row.items():
            spans = []
            for net, ends in nets.items():
                ends.append(2 * self.trunks[net][0])
                spans.append((min(ends), max(ends), net))
            tracks, self.input_tracks[row] = _share(spans)
            self.inputs.update({(row, *net): track for net, track in tracks.items()})
        collected = defaultdict(dict)
        for customer, places in givers.items():
            for row, column in places:
                collected[row][customer] = min(column, collected[row].get(customer, column))
        for row, customers in collected.items():
            # The farthest left turns off lowest, so that it does not cross those that turn off after it.
            ordered = sorted(customers, key=lambda key: -customers[key])
            self.outputs.update({(row, key): track for track, key in enumerate(ordered)})
            self.output_tracks[row] = len(ordered)


def _share(spans):
    """Return ``({key: track}, number of tracks)``: spans that touch get different tracks (left-edge algorithm)."""
    tracks, busy, free, used = {}, [], [], 0
    for low, high, key in sorted(spans):
        while busy and busy[0][0] < low:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if free:
            track = heapq.heappop(free)
        else:
            track, used = used, used + 1
        tracks[key] = track
        heapq.heappush(busy, (high, track))
    return tracks, used
