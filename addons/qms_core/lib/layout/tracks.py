"""Tracks: which of the parallel lines of a gutter or channel each leg of an arrow takes.

The detailed phase of channel routing, by the constrained left-edge algorithm: Hashimoto & Stevens, "Wire routing by
optimizing channel assignment within large apertures", Design Automation Workshop (1971), with the vertical constraints
of Deutsch, "A dogleg channel router", Design Automation Conference (1976). Legs that touch get different tracks unless
they belong to one group.
"""

from collections import defaultdict


def assign_all(links):
    """Set the track of every leg; return the number of tracks ``{(vertical, place): count}`` of all lines in use."""
    lines = defaultdict(list)
    after = defaultdict(list)
    for link in links:
        for position, leg in enumerate(link.legs):
            lines[leg.vertical, leg.place].append((_rank(link, position, leg), leg))
            # Down and up in the same gutter: the second run lies behind the first, seen from the source.
            if position == 2 and leg.vertical and link.legs[0].vertical and link.legs[0].place == leg.place:
                after[leg].append(link.legs[0])
    counts = {}
    for line, ranked in lines.items():
        legs = [leg for _rank_, leg in sorted(ranked, key=lambda pair: pair[0])]
        if line[0]:
            _constrain(legs, after)
        counts[line] = _assign(_topological(legs, after), after)
    return counts


def _rank(link, position, leg):
    """Return a sort key that makes neighbouring legs nest instead of crossing each other."""
    length = leg.high - leg.low
    if leg.vertical:
        return (-leg.start if leg.start <= leg.end else leg.start), -length
    before = link.source.level if position == 0 else link.legs[position - 1].start
    behind = link.target.level if position == len(link.legs) - 1 else link.legs[position + 1].end
    above = (before < leg.place) + (behind < leg.place)
    return 2 - above, length if above == 2 else -length


def _constrain(legs, after):
    """Where one leg turns off a row to the left of another, keep it left: their ends on that row must not overlap."""
    from_left, from_right = defaultdict(list), defaultdict(list)
    for leg in legs:
        for level in leg.left:
            from_left[level].append(leg)
        for level in leg.right:
            from_right[level].append(leg)
    for level, lefts in from_left.items():
        for right in from_right.get(level, ()):
            after[right] += [left for left in lefts if left is not right and left.group != right.group]


def _topological(legs, after):
    """Return the legs, predecessors first; a cycle of constraints is cut where it is closed."""
    ordered, state = [], {}
    members = set(legs)
    for root in legs:
        stack = [(root, iter(after[root]))] if root not in state else []
        state.setdefault(root, "open")
        while stack:
            leg, predecessors = stack[-1]
            following = next((p for p in predecessors if p in members and p not in state), None)
            if following is None:
                stack.pop()
                ordered.append(leg)
            else:
                state[following] = "open"
                stack.append((following, iter(after[following])))
    return ordered


def _assign(legs, after):
    tracks, group_tracks, done = [], defaultdict(list), set()
    for leg in legs:
        least = max((p.track + 1 for p in after[leg] if p in done), default=0)
        candidates = [t for t in group_tracks[leg.group] if t >= least] + list(range(least, len(tracks)))
        leg.track = next((t for t in candidates if _fits(leg, tracks[t])), None)
        if leg.track is None:
            leg.track = max(least, len(tracks))
            tracks.extend([] for _missing in range(leg.track + 1 - len(tracks)))
        tracks[leg.track].append(leg)
        group_tracks[leg.group].append(leg.track)
        done.add(leg)
    return len(tracks)


def _fits(leg, track):
    return all(other.group == leg.group or other.high < leg.low or leg.high < other.low for other in track)
