"""Loop breaking and columns: the first two phases of layered drawing.

Sugiyama, Tagawa & Toda, "Methods for visual understanding of hierarchical system structures", IEEE Transactions on
Systems, Man, and Cybernetics 11 (1981): break cycles, assign layers, order within layers, assign coordinates.
"""

from collections import defaultdict
from heapq import heappop, heappush


def order_vertices(count, arcs):
    """Return the vertices 0 … ``count - 1`` in an order against which few arcs run.

    The greedy heuristic of Eades, Lin & Smyth, "A fast and effective heuristic for the feedback arc set problem",
    Information Processing Letters 47 (1993): sinks go to the right end, sources to the left end, otherwise the vertex
    with the most outgoing over incoming arcs goes left. One refinement for processes: a loop is cut where it is
    entered, so among vertices on loops those already reached from the left are preferred.
    """
    succ, pred = _neighbours(count, arcs)
    outdeg, indeg = [len(s) for s in succ], [len(p) for p in pred]
    left, right = [], []
    placed = [False] * count
    reached = [False] * count
    sinks, sources, queue = [], [], []
    for vertex in range(count):
        _enqueue(vertex, outdeg, indeg, reached, sinks, sources, queue)
    while len(left) + len(right) < count:
        if sinks:
            vertex, end = heappop(sinks), right
        elif sources:
            vertex, end = heappop(sources), left
        else:
            entry = heappop(queue)
            vertex, end = entry[-1], left
            # A vertex is pushed anew whenever its priority changes; the outdated entries are skipped.
            if entry != _priority(vertex, outdeg, indeg, reached):
                continue
        if placed[vertex]:
            continue
        placed[vertex] = True
        end.append(vertex)
        touched = []
        for other in succ[vertex]:
            indeg[other] -= 1
            reached[other] = reached[other] or end is left
            touched.append(other)
        for other in pred[vertex]:
            outdeg[other] -= 1
            touched.append(other)
        for other in touched:
            if not placed[other]:
                _enqueue(other, outdeg, indeg, reached, sinks, sources, queue)
    return left + right[::-1]


def feedback_arcs(count, arcs):
    """Return the positions in ``arcs`` that have to be turned round to leave no cycle, loops on one vertex aside."""
    position = {vertex: place for place, vertex in enumerate(order_vertices(count, arcs))}
    return {index for index, (source, target) in enumerate(arcs) if position[source] > position[target]}


def assign_columns(count, arcs, back, lane_of):
    """Return the column of each vertex.

    Longest-path layering on the acyclic arcs, after which a source that is not the first of its kind moves right, next
    to what it feeds. Vertices without any arc fill the first columns where their lane has room.

    :param back: positions of the arcs to read in the reverse direction
    :param lane_of: lane of each vertex
    """
    acyclic = [
        (target, source) if index in back else (source, target)
        for index, (source, target) in enumerate(arcs)
        if source != target
    ]
    succ, pred = _neighbours(count, acyclic)
    columns = [0] * count
    waiting = [len(p) for p in pred]
    ready = [vertex for vertex in range(count) if not waiting[vertex]]
    for vertex in ready:
        for other in succ[vertex]:
            columns[other] = max(columns[other], columns[vertex] + 1)
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    for vertex in range(count):
        if succ[vertex] and not pred[vertex]:
            columns[vertex] = min(columns[other] for other in succ[vertex]) - 1
    _spread_isolated(columns, [v for v in range(count) if not succ[v] and not pred[v]], lane_of)
    return columns


def _spread_isolated(columns, isolated, lane_of):
    alone = set(isolated)
    taken = defaultdict(set)
    for vertex, column in enumerate(columns):
        if vertex not in alone:
            taken[lane_of[vertex]].add(column)
    first_free = defaultdict(int)
    for vertex in isolated:
        lane = lane_of[vertex]
        while first_free[lane] in taken[lane]:
            first_free[lane] += 1
        columns[vertex] = first_free[lane]
        first_free[lane] += 1


def _neighbours(count, arcs):
    succ, pred = [[] for _ in range(count)], [[] for _ in range(count)]
    for source, target in arcs:
        if source != target:
            succ[source].append(target)
            pred[target].append(source)
    return succ, pred


def _enqueue(vertex, outdeg, indeg, reached, sinks, sources, queue):
    if not outdeg[vertex] and indeg[vertex]:
        heappush(sinks, vertex)
    elif not indeg[vertex]:
        heappush(sources, vertex)
    else:
        heappush(queue, _priority(vertex, outdeg, indeg, reached))


def _priority(vertex, outdeg, indeg, reached):
    return not reached[vertex], indeg[vertex] - outdeg[vertex], vertex
