from .shares import Remark

# Below this the chance to leave a loop is lost in rounding: nobody sees such a case end.
NEVER = 1e-12


def expected_visits(network, chances):
    """Return how often a case comes to each step, and the steps for which that has no answer.

    :param Network network: the steps and ways
    :param dict chances: ``{source: {target: probability}}``
    :return: ``({key: visits} or None, [Remark])``; None where a case can circle for ever
    """
    entries = network.entries()
    reached = _reach(entries, lambda key: chances[key])
    remarks = [Remark("unreached", step.key) for step in network.steps if step.key not in reached]
    before = {key: [] for key in reached}
    for key in reached:
        for target in chances[key]:
            before[target].append(key)
    ending = _reach([key for key in reached if not chances[key]], lambda key: before[key])
    endless = [Remark("endless", step.key) for step in network.steps if step.key in reached and step.key not in ending]
    if endless:
        return None, remarks + endless
    keys = [step.key for step in network.steps if step.key in reached]
    solved, stuck = _solve(keys, entries, before, chances)
    if stuck:
        return None, [*remarks, Remark("endless", stuck)]
    return {step.key: solved.get(step.key, 0.0) for step in network.steps}, remarks


def _reach(begin, following):
    """Return what can be reached from some keys, themselves included."""
    seen, todo = set(begin), list(begin)
    while todo:
        for key in following(todo.pop()):
            if key not in seen:
                seen.add(key)
                todo.append(key)
    return seen


def _solve(keys, entries, before, chances):
    """Solve ``visits = start + transposed(shares) * visits`` by elimination.

    The rows are dicts of what is not zero: a process is nearly a line, so this stays far below the cubic
    cost of full elimination, and steps in the order of the process fill in little.

    :return: ``({key: visits}, "")``, or ``({}, key)`` with a step that is practically never left
    """
    rows, right = {}, {}
    for key in keys:
        rows[key] = {source: -chances[source][key] for source in before[key]}
        rows[key][key] = rows[key].get(key, 0.0) + 1.0
        right[key] = 1 / len(entries) if key in entries else 0.0
    # I - P of an absorbing chain is a nonsingular M-matrix: elimination in any order meets no zero pivot.
    for index, pivot in enumerate(keys):
        if rows[pivot][pivot] < NEVER:
            return {}, pivot
        for key in keys[index + 1 :]:
            factor = rows[key].pop(pivot, 0.0) / rows[pivot][pivot]
            if factor:
                for column, value in rows[pivot].items():
                    if column != pivot:
                        rows[key][column] = rows[key].get(column, 0.0) - factor * value
                right[key] -= factor * right[pivot]
    visits = {}
    for pivot in reversed(keys):
        known = sum(value * visits[column] for column, value in rows[pivot].items() if column != pivot)
        visits[pivot] = (right[pivot] - known) / rows[pivot][pivot]
    return visits, ""
