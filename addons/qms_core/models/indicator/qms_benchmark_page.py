from odoo import api, models
from odoo.tools.misc import format_date, formatLang

from ...lib import quartiles
from .qms_benchmark import TREND

PERIOD_FORMATS = {"month": "LLLL yyyy", "quarter": "QQQ yyyy", "year": "yyyy"}
# Positions on the strip run from 0 to this.
STRIP = 1000


class QmsBenchmark(models.AbstractModel):
    """The comparison in words and as a picture; from here on only what the reader may be told is at hand."""

    _inherit = "qms.benchmark"

    # === THE PAGE === #

    @api.model
    def _page(self, own, chosen, comparisons):
        """Return what is told of the chosen period, and the trend.

        :param own: the reader's ``qms.indicator``
        :param chosen: first day of the period; None without any
        :param dict comparisons: ``lib.quartiles.Comparison`` by the first day of the period
        """
        page = {
            "indicator": own.name,
            "unit": own.unit_of_measure or "",
            "direction": dict(own._fields["direction"]._description_selection(self.env))[own.direction],
            "trend": self._trend(own, comparisons),
        }
        if not chosen:
            hidden = self.env._("The indicator has no values of the last periods yet. Enter them first.")
            return {
                **page,
                **{"scope": "none", "total": 0, "figures": [], "box": False, "strip": False, "rows": []},
                **{"hidden": hidden, "note": "", "period": ""},
            }
        comparison = comparisons[chosen]
        rows = self._rows(own, comparison)
        return {
            **page,
            "period": self._period_label(own, chosen),
            "scope": comparison.scope,
            "total": comparison.total,
            "rows": rows,
            "figures": self._figures(own, comparison, rows),
            "box": self._box(comparison),
            "strip": self._strip(comparison, rows),
            "hidden": self._hidden(comparison),
            "note": self._note(comparison),
        }

    @api.model
    def _rows(self, own, comparison):
        """Return the authorities that the reader may read, the best first."""
        names = self._names(list(comparison.known))
        digits = self._digits(comparison.known.values())
        higher = own.direction == "higher"
        rows = []
        for authority, value in comparison.known.items():
            quarter = comparison.box and quartiles.quarter(value, comparison.box, higher)
            rows.append(
                {
                    "name": names[authority],
                    "value": value,
                    "text": self._number(value, digits),
                    "place": comparison.places.get(authority, False),
                    "quarter": quarter or False,
                    "quarter_text": self._quarter_text(quarter),
                    "own": authority == own.company_id.id,
                }
            )
        return sorted(rows, key=lambda row: (-row["value"] if higher else row["value"], row["name"]))

    @api.model
    def _figures(self, own, comparison, rows):
        """Return the figures on top: ``name``, ``label`` and ``value`` each."""
        unit = own.unit_of_measure or ""
        mine = next((row for row in rows if row["own"]), None)
        figures = [("own", self.env._("Own value"), f"{mine['text']} {unit}".strip() if mine else "–")]
        if mine and mine["place"]:
            place = self.env._("%(place)s of %(total)s", place=mine["place"], total=comparison.total)
            figures.append(("place", self.env._("Place"), place))
        if comparison.box:
            median = self._box_texts(comparison)["median"]
            label = self.env._("Median of the others") if comparison.scope == "others" else self.env._("Median of all")
            figures += [
                ("quarter", self.env._("Standing"), mine["quarter_text"] if mine else "–"),
                ("median", label, f"{median} {unit}".strip()),
            ]
        figures.append(("total", self.env._("Authorities compared"), str(comparison.total)))
        return [{"name": name, "label": label, "value": value} for name, label, value in figures]

    @api.model
    def _hidden(self, comparison):
        """Return why no quartiles are told; empty if they are."""
        if comparison.box:
            return ""
        text = self.env._(
            "Quartiles and places are shown from %(smallest)s authorities on; %(total)s can be compared here.",
            smallest=self._smallest(),
            total=comparison.total,
        )
        if comparison.scope == "others":
            text += " " + self.env._("At least %s of them have to be others than yours.", quartiles.FEWEST - 1)
        return text

    @api.model
    def _note(self, comparison):
        """Return of whom the quartiles are and how exact."""
        if not comparison.box:
            return ""
        if comparison.scope == "all":
            return self.env._("Quartiles of all authorities compared: %s.", comparison.total)
        return self.env._(
            "Quartiles of the other authorities: %(count)s. They are rounded to %(step)s, so that nobody's value can "
            "be told from them.",
            count=comparison.total - len(comparison.known),
            step=self._number(comparison.box.step, quartiles.digits_of(comparison.box.step)),
        )

    # === THE STRIP === #

    @api.model
    def _strip(self, comparison, rows):
        """Return the box plot as positions from 0 to ``STRIP``: ``ticks``, the box, ``ends`` and ``marks``.

        The smallest and largest value (``ends``) are told only to who may read all values.
        """
        box = comparison.box
        if not box:
            return False
        values = [row["value"] for row in rows]
        first, last, ticks = quartiles.scale([*box[:3], *values])
        digits = self._digits(ticks)

        def position(value):
            return round(STRIP * (value - first) / (last - first))

        whole = comparison.scope == "all"
        return {
            "ticks": [{"at": position(tick), "text": self._number(tick, digits)} for tick in ticks],
            "lower": position(box.lower),
            "median": position(box.median),
            "upper": position(box.upper),
            "ends": [position(min(values)), position(max(values))] if whole else False,
            "marks": [
                {"at": position(row["value"]), "name": row["name"], "text": row["text"], "own": row["own"]}
                for row in sorted(rows, key=lambda row: row["own"])
            ],
        }

    # === THE TREND === #

    @api.model
    def _trend(self, own, comparisons):
        """Return own value, quartiles and own place of the last periods."""
        points = []
        for first, comparison in list(comparisons.items())[-TREND:]:
            value = comparison.known.get(own.company_id.id)
            box, higher = comparison.box, own.direction == "higher"
            quarter = box and value is not None and quartiles.quarter(value, box, higher)
            points.append(
                {
                    "period": str(first),
                    "label": self._period_label(own, first),
                    "own": value,
                    "own_text": "–" if value is None else self._number(value, self._digits([value])),
                    "box": list(box[:3]) if box else False,
                    "box_texts": self._box_texts(comparison) if box else False,
                    "place": comparison.places.get(own.company_id.id, False),
                    "quarter_text": self._quarter_text(quarter),
                    "total": comparison.total,
                }
            )
        return points

    # === TEXTS === #

    @api.model
    def _box(self, comparison):
        return {**self._box_texts(comparison), "step": comparison.box.step or False} if comparison.box else False

    @api.model
    def _box_texts(self, comparison):
        box = comparison.box
        digits = self._digits(box[:3]) if box.step is None else quartiles.digits_of(box.step)
        return {name: self._number(getattr(box, name), digits) for name in ("lower", "median", "upper")}

    @api.model
    def _quarter_text(self, quarter):
        texts = {
            1: self.env._("In the best quarter"),
            2: self.env._("In the better half"),
            3: self.env._("In the worse half"),
            4: self.env._("In the last quarter"),
        }
        return texts.get(quarter, "")

    @api.model
    def _period_label(self, own, first):
        return format_date(self.env, first, date_format=PERIOD_FORMATS[own.period]).capitalize()

    @api.model
    def _digits(self, values):
        """Return how many decimal digits these values need together, two at most."""
        return next((digits for digits in (0, 1) if all(abs(v - round(v, digits)) < 1e-9 for v in values)), 2)

    @api.model
    def _number(self, value, digits):
        return formatLang(self.env, value, digits=digits)
