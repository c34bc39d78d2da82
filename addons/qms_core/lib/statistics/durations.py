"""How long things took: percentiles and how many took how long."""

from math import floor


def percentile(values, share):
    """Return a percentile by linear interpolation between neighbours (as a spreadsheet's PERCENTILE.INC).

    :param values: numbers in any order
    :param float share: from 0 to 100
    :return: a number; None without values

    >>> percentile([1, 2, 3, 4], 50), percentile([7], 90), percentile([], 50)
    (2.5, 7, None)
    """
    ordered = sorted(values)
    if not ordered:
        return None
    position = (len(ordered) - 1) * share / 100
    below = floor(position)
    if below == len(ordered) - 1:
        return ordered[-1]
    return ordered[below] + (position - below) * (ordered[below + 1] - ordered[below])


def histogram(values, limits):
    """Count values by classes: up to each limit, and above the last.

    :param values: numbers
    :param limits: upper limits of the classes, rising
    :return: ``[(lower, upper, count)]``; a value that equals a limit belongs to the class that ends there. The
        lower end is exclusive, None for the first class; the upper end None for the last

    >>> histogram([0, 7, 8, 40], (7, 30))
    [(None, 7, 2), (7, 30, 1), (30, None, 1)]
    """
    edges = [None, *limits, None]
    classes = []
    for lower, upper in zip(edges, edges[1:], strict=False):
        count = sum((lower is None or value > lower) and (upper is None or value <= upper) for value in values)
        classes.append((lower, upper, count))
    return classes
