from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.date_utils import start_of

from ...lib import quartiles

# So many periods can be chosen; so many stand in the trend.
PERIODS, TREND = 24, 12
MONTHS = {"month": 1, "quarter": 3, "year": 12}
# What two indicators of one code have to have in common.
COMPARED = ("unit_of_measure", "direction", "period")


class QmsBenchmark(models.AbstractModel):
    """One indicator compared across the authorities that take part with it, as plain data for screen and print.

    An authority takes part with an indicator by switching ``benchmark`` on; those with the same code are compared.

    Who reads what follows from the one right that an administrator gives and nobody else: the companies a user may
    choose (``company_ids``). The tree of bodies gives no rights, each authority writes its own. Of the authorities
    that a reader may choose he reads names and values, as on their indicators. Only who may choose *each* authority
    compared also reads their places; everybody else reads the quartiles of the others, rounded, and never who they
    are. What may be told, and against which ways of computing a neighbour's value, is said and done in
    ``lib/quartiles.py``. A caller chooses an indicator of his own and a period and nothing else: whom he is compared
    with must not depend on anything he can send.
    """

    _name = "qms.benchmark"
    _description = "Benchmark across Authorities"

    # === HOOKS === #

    @api.model
    def _taking_part_domain(self):
        """Hook: return the domain of the indicators that take part."""
        return Domain("benchmark", "=", True) & Domain("active", "=", True) & Domain("company_id.active", "=", True)

    @api.model
    def _value_domain(self):
        """Hook: return the domain of the values (``qms.measurement``) that count."""
        return Domain.TRUE

    @api.model
    def _difference(self, own, other):
        """Hook: return in what an indicator can't be compared with the own one, as a short text; empty if it can.

        The text is also read by who may not read the other indicator: it must not tell anything of its contents.
        """
        if self._plain_text(own.unit_of_measure) != self._plain_text(other.unit_of_measure):
            return self.env._("another unit of measure")
        if own.direction != other.direction:
            return self.env._("another direction")
        if own.period != other.period:
            return self.env._("another period")
        return ""

    @api.model
    def _sections(self, indicator, page):
        """Hook: return what an addon has to say below the comparison, e.g. practices of the best.

        :param indicator: the reader's own ``qms.indicator``, in his name
        :param dict page: what the reader is told (see :meth:`get_page`)
        :return: list of ``{"name", "title", "lines": [text], "action": window action or False, "button": its text}``
        """
        return []

    # === READING === #

    @api.model
    @api.readonly
    def get_page(self, code=None, period=None):
        """Return the comparison of an indicator of the current authority with the same one of others.

        The number of queries does not depend on that of the authorities.

        :param str code: of an indicator that takes part; the first one by default
        :param str period: the first day of the period, one of ``choices``; the last one with values by default
        :return: ``choices`` and ``chosen``; ``scope`` and ``total`` (see ``lib.quartiles.Comparison``); ``figures``,
            ``box``, ``strip``, ``rows`` (authorities that the reader may read), ``hidden`` (why there are no
            quartiles), ``note``, ``left_out``, ``trend``, ``sections``; ``chosen`` is False without an indicator that
            takes part
        :rtype: dict
        :raises UserError: for an indicator that does not take part, or a period that is not there
        """
        indicators = self._own_indicators()
        choices = {"indicators": [[each.code, f"{each.code} {each.name}"] for each in indicators], "periods": []}
        if not indicators and code is None:
            return {"chosen": False, "choices": choices}
        own = indicators.filtered(lambda each: code is None or each.code == code)[:1]
        if not own:
            raise UserError(self.env._("This indicator is not compared. Choose one of the list."))
        mine = set(self.env.user._get_company_ids())
        compared, left_out = self._compared(own)
        values = self._values(own, compared)
        periods = [first for first in values if mine & values[first].keys()]
        chosen = self._chosen_period(periods, period)
        smallest, higher = self._smallest(), own.direction == "higher"
        comparisons = {first: quartiles.compare(values[first], mine, smallest, higher) for first in periods}
        silent = {each: self.env._("no value for this period") for each in compared}
        for authority in values.get(chosen, ()):
            silent.pop(authority)
        choices["periods"] = [[str(first), self._period_label(own, first)] for first in reversed(periods)]
        page = {
            "choices": choices,
            "chosen": {"code": own.code, "period": str(chosen or "")},
            **self._page(own, chosen, comparisons),
            "left_out": self._left_out({**left_out, **silent}, mine),
        }
        return {**page, "sections": self._sections(own, page)}

    # === WHAT IS COMPARED === #

    @api.model
    def _own_indicators(self):
        """Return the indicators that take part, one by code: the current authority's before others one may read."""
        found = (
            self.env["qms.indicator"]
            .with_context(active_test=True)
            .search_fetch(self._taking_part_domain(), ["code", "name", "company_id", *COMPARED], order="code, id")
        )
        by_code = {}
        for indicator in found.sorted(lambda each: each.company_id != self.env.company):
            by_code.setdefault(indicator.code, indicator.id)
        return found.filtered(lambda each: by_code[each.code] == each.id)

    @api.model
    def _compared(self, own):
        """Return which indicators are compared with the own one, and which are not.

        :return: ``({authority: indicator}, {authority: why not})``, authorities by their company's id, indicators by
            their id
        """
        # sudo: a comparison reads other authorities' indicators; what of it is told is decided in lib/quartiles.py.
        indicators = self.env["qms.indicator"].sudo().with_context(active_test=True)
        domain = self._taking_part_domain() & Domain("code", "=", own.code)
        compared, left_out = {}, {}
        for other in indicators.search_fetch(domain, ["company_id", *COMPARED]):
            difference = self._difference(own, other)
            if difference:
                left_out[other.company_id.id] = difference
            else:
                compared[other.company_id.id] = other.id
        return compared, left_out

    @api.model
    def _values(self, own, compared):
        """Return ``{first day of a period: {authority: value}}``, the earliest period first.

        Only periods that are over: values of the one under way are not complete. Where a period has several, the last
        one counts.
        """
        authority = {indicator: company for company, indicator in compared.items()}
        until = start_of(self.env.company._qms_today(), own.period)
        since = until - relativedelta(months=PERIODS * MONTHS[own.period])
        domain = self._value_domain() & Domain("indicator_id", "in", list(authority))
        domain &= Domain("date", ">=", since) & Domain("date", "<", until)
        values = {}
        # sudo: as in _compared.
        measurements = self.env["qms.measurement"].sudo()
        for each in measurements.search_fetch(domain, ["indicator_id", "date", "value"], order="date, id"):
            period = values.setdefault(start_of(each.date, own.period), {})
            period[authority[each.indicator_id.id]] = each.value
        return values

    @api.model
    def _chosen_period(self, periods, period):
        """Return the first day of the period that is shown; None if there is none at all."""
        if not period:
            return periods[-1] if periods else None
        for first in periods:
            if str(first) == period:
                return first
        raise UserError(self.env._("There is no value for this period. Choose a period of the list."))

    @api.model
    def _smallest(self):
        """Return from how many authorities on quartiles are told."""
        # sudo: a plain number that everybody may know; the parameters as a whole are the administrator's.
        value = self.env["ir.config_parameter"].sudo().get_param("qms_core.benchmark_minimum", "")
        return max(int(value) if value.isdecimal() else 0, quartiles.FEWEST)

    # === HELPERS === #

    @api.model
    def _plain_text(self, text):
        return " ".join((text or "").split()).casefold()

    @api.model
    def _left_out(self, reasons, mine):
        """Return who is left out and why: by name only those whom the reader may read, the rest counted by reason."""
        names = self._names([authority for authority in reasons if authority in mine])
        named, counts = [], {}
        for authority, reason in reasons.items():
            if authority in names:
                named.append({"name": names[authority], "reason": reason})
            else:
                counts[reason] = counts.get(reason, 0) + 1
        unnamed = [
            {"name": self.env._("Other authorities: %s", count), "reason": reason} for reason, count in counts.items()
        ]
        return sorted(named, key=lambda row: row["name"]) + unnamed

    @api.model
    def _names(self, authorities):
        """Return ``{authority: name}`` of authorities that the reader may choose."""
        # sudo: Odoo shows companies that one may choose only while they are chosen.
        companies = self.env["res.company"].sudo().browse(authorities)
        return {company.id: company.name for company in companies}
