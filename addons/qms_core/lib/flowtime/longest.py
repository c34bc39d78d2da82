"""The longest way through a process when no step is repeated by a loop back."""


def longest_way(network, chances, duration):
    """Return the duration of the longest way from a beginning to an end.

    Ways back (to a step that leads here) are left out, so each step counts once at most.

    :param dict duration: ``{key: duration}``
    """
    order, back = _order(network, chances)
    longest = {}
    for key in order:  # what follows comes first
        onward = [longest[target] for target in chances[key] if (key, target) not in back]
        longest[key] = duration[key] + max(onward, default=0.0)
    return max((longest[key] for key in network.entries()), default=0.0)


def _order(network, chances):
    """Return the keys, each after all that follow it, and the ways back: a depth-first walk without recursion."""
    order, back, state = [], set(), {}
    for entry in network.entries():
        if entry in state:
            continue
        state[entry] = "open"
        stack = [(entry, iter(chances[entry]))]
        while stack:
            key, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                stack.pop()
                state[key] = "done"
                order.append(key)
            elif state.get(target) == "open":
                back.add((key, target))
            elif target not in state:
                state[target] = "open"
                stack.append((target, iter(chances[target])))
    return order, back
