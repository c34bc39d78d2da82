from collections import defaultdict
from dataclasses import dataclass

WHOLE = 100.0
# Three ways of 33.33 % are a whole: nobody means the missing hundredth.
TOLERANCE = 0.05


@dataclass(frozen=True)
class Remark:
    """Something about the map that the figures had to guess or that makes them impossible.

    ``kind`` is ``missing`` (ways without a share), ``sum`` (shares are not a whole), ``unreached`` (no case comes
    to the step) or ``endless`` (a case that comes to the step never ends).
    """

    kind: str
    step: str
    total: float = 0.0


def probabilities(network):
    """Return the probability of each way, and what had to be guessed.

    Ways without a share get equal parts of what the others leave. Shares that are not a whole are scaled.

    :param Network network: the steps and ways
    :return: ``({source: {target: probability}}, [Remark])``
    """
    ways = defaultdict(list)
    for arc in network.arcs:
        ways[arc.source].append(arc)
    chances, remarks = {}, []
    for step in network.steps:
        shares, remark = _split([arc.share for arc in ways[step.key]], step.key)
        remarks += remark
        chances[step.key] = defaultdict(float)
        for arc, share in zip(ways[step.key], shares, strict=True):
            if share:
                chances[step.key][arc.target] += share
    return chances, remarks


def _split(shares, key):
    if not shares:
        return [], []
    total, silent = sum(shares), sum(1 for share in shares if not share)
    if silent == len(shares):
        remarks = [Remark("missing", key)] if silent > 1 else []
        return [1 / silent] * silent, remarks
    if silent and total < WHOLE - TOLERANCE:
        rest = (WHOLE - total) / silent
        return [(share or rest) / WHOLE for share in shares], [Remark("missing", key)]
    remarks = [Remark("sum", key, total)] if abs(total - WHOLE) > TOLERANCE else []
    return [share / total for share in shares], remarks
