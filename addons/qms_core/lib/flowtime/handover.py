"""How often a case changes hands: steps that nobody performs are taken out of the way first."""

from .visits import NEVER


def changes(visits, chances, holder):
    """Return how often one case passes from one holder to another.

    :param dict visits: ``{key: expected visits}``
    :param dict chances: ``{source: {target: probability}}``
    :param dict holder: ``{key: holder}``; steps with an empty holder are passed through
    :rtype: float
    """
    return sum(count for (s, t), count in _moves(visits, chances, holder).items() if holder[s] != holder[t])


def arrivals(visits, chances, entries, holder, wanted):
    """Return how often one case comes to a holder; steps of his that follow one another are one arrival."""
    moves = _moves(visits, chances, holder)
    came = sum(count for (s, t), count in moves.items() if holder[t] == wanted and holder[s] != wanted)
    return came + _first(chances, entries, holder, wanted)


def _moves(visits, chances, holder):
    """Return ``{(source, target): expected moves}`` between steps that somebody performs."""
    direct = _without_nobody(chances, holder)
    return {
        (source, target): visits[source] * chance
        for source, targets in direct.items()
        if holder[source]
        for target, chance in targets.items()
    }


def _first(chances, entries, holder, wanted):
    """Return the probability that the first to perform a step is the wanted one."""
    direct = _without_nobody(chances, holder)
    begin = 0.0
    for entry in entries:
        if holder[entry]:
            begin += holder[entry] == wanted
        else:
            begin += sum(chance for target, chance in direct[entry].items() if holder[target] == wanted)
    return begin / len(entries)


def _without_nobody(chances, holder):
    """Take the steps nobody performs out of the chain: whoever came to them goes where they lead."""
    direct = {key: dict(targets) for key, targets in chances.items()}
    for nobody in [key for key in direct if not holder[key]]:
        stay = direct[nobody].pop(nobody, 0.0)
        onward = {target: chance / max(1 - stay, NEVER) for target, chance in direct[nobody].items()}
        direct[nobody] = onward
        for targets in direct.values():
            share = targets.pop(nobody, 0.0)
            for target, chance in onward.items() if share else ():
                targets[target] = targets.get(target, 0.0) + share * chance
    return direct
