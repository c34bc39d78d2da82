def find_circle(edges):
    """Return a way that leads back to where it starts.

    :param edges: pairs ``(from, to)`` of anything hashable
    :return: the nodes on the way, the first one again at the end; empty if there is none
    :rtype: list

    >>> find_circle([("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")])
    ['a', 'b', 'c', 'a']
    >>> find_circle([("a", "b"), ("a", "c"), ("b", "c")])
    []
    """
    following = {}
    for source, target in edges:
        following.setdefault(source, []).append(target)
    settled = set()
    for start in following:
        circle = _walk(start, following, settled)
        if circle:
            return circle
    return []


def _walk(start, following, settled):
    """Go on from a node as far as it leads; without recursion, as chains may be long."""
    path, waiting = [], [(start, False)]
    while waiting:
        node, left = waiting.pop()
        if left:
            settled.add(path.pop())
        elif node in path:
            return [*path[path.index(node) :], node]
        elif node not in settled:
            path.append(node)
            waiting.append((node, True))
            waiting.extend((target, False) for target in reversed(following.get(node, ())))
    return []
