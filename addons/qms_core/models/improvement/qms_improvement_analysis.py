from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib import analysis_xlsx, statistics

# By what nonconformities can be ranked, most telling first.
CAUSE_FIELDS = (
    "cause_category_id",
    "category_id",
    "cause_class",
    "kind",
    "process_id",
    "department_id",
    "service_id",
    "requirement_id",
)
# Bars of the Pareto chart; what is rarer is one bar together.
BARS = 12
# Upper ends of the classes of days to close.
CLASSES = (7, 14, 30, 60, 90)
TERMS = ("month", "week")


class QmsImprovementAnalysis(models.AbstractModel):
    """Analysis of nonconformities as plain data: causes, trend, repeats, time to close (ISO 9001:2015, 9.1.3).

    Everybody analyses what he may read. The number of queries does not depend on that of the nonconformities.
    """

    _name = "qms.improvement.analysis"
    _description = "Improvement Analysis"

    # === HOOKS === #

    @api.model
    def _cause_fields(self):
        """Hook: return the fields by which causes can be ranked."""
        return list(CAUSE_FIELDS)

    @api.model
    def _base_domain(self):
        """Hook: return the domain of what counts: a rejected report is no nonconformity."""
        return Domain("company_id", "=", self.env.company.id) & Domain("state", "!=", "rejected")

    @api.model
    def _repeat_domain(self):
        """Hook: return the domain of what came back: it repeats an earlier case, or its first actions had no effect."""
        return Domain("repeat_of_id", "!=", False) | Domain("round_count", ">", 1)

    # === READING === #

    @api.model
    @api.readonly
    def get_analysis(self, chosen=None):
        """Return the analysis of the current authority.

        :param dict chosen: filters: ``date_from``, ``date_to``, ids of ``unit`` and ``process``, ``kind``,
            ``severity``; ``cause`` (field to rank by), ``term`` (``month``, ``week``) of the trend
        :return: ``figures``, ``pareto``, ``trend``, ``durations``, ``choices``, ``chosen`` as it was understood, and
            ``domain`` of all; each figure, bar and point has the ``domain`` of its records
        :rtype: dict
        :raises UserError: for a period that ends before it begins, or a field that nothing is ranked by
        """
        chosen = self._understood(chosen or {})
        domain = self._base_domain() & self._filter_domain(chosen)
        found = domain & self._period("date_found", chosen)
        pairs = self.env["qms.nonconformity"]._read_group(
            found, ["date_found:day", "date_closed:day"], ["__count"], order="date_found:day, date_closed:day"
        )
        durations = self._durations(pairs)
        return {
            "chosen": {**chosen, "date_from": str(chosen["date_from"]), "date_to": str(chosen["date_to"])},
            "choices": self._choices(),
            "domain": list(found),
            "figures": self._figures(found, pairs, durations),
            "pareto": self._pareto(found, chosen),
            "trend": self._trend(pairs, chosen),
            "durations": durations,
        }

    @api.model
    @api.readonly
    def export_analysis(self, chosen=None):
        """Return the analysis, filtered as on the screen, as a workbook with its charts.

        :return: ``{"name": file name, "content": XLSX as base64 text}``
        """
        data = self.get_analysis(chosen)
        words = {
            "title": self.env._("Improvement analysis"),
            "authority": self.env.company.name,
            "period": f"{data['chosen']['date_from']} – {data['chosen']['date_to']}",
            "figures": self.env._("Figures"),
            "pareto": self.env._("Causes"),
            "trend": self.env._("Trend"),
            "durations": self.env._("Time to close"),
            "count": self.env._("How many"),
            "share": self.env._("Share, %"),
            "cumulative": self.env._("Together, %"),
            "period_name": self.env._("Period"),
            "value": self.env._("Found"),
            "mean": self.env._("Mean"),
            "lower": self.env._("Lower limit"),
            "upper": self.env._("Upper limit"),
            "range": self.env._("Moving range"),
            "signals": self.env._("Signals"),
            "days": self.env._("Days"),
            "still_open": self.env._("Still open, %"),
        }
        name = f"qms-analysis-{data['chosen']['date_from']}-{data['chosen']['date_to']}.xlsx"
        return {"name": name, "content": analysis_xlsx.write(data, words)}

    @api.model
    def plan_improvement(self, chosen=None):
        """Return the form of a new improvement that the analysis suggests; nothing is saved.

        :param dict chosen: filters as in :meth:`get_analysis`
        :return: a window action; its defaults name the few causes that make most of the trouble
        :rtype: dict
        """
        data = self.get_analysis(chosen)
        vital = [bar for bar in data["pareto"]["bars"] if bar["vital"]]
        lines = [
            self.env._(
                "Improvement analysis %(first)s – %(last)s",
                first=data["chosen"]["date_from"],
                last=data["chosen"]["date_to"],
            )
        ]
        lines += [f"{bar['label']}: {bar['count']} ({bar['share']} %)" for bar in vital]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan an improvement"),
            "res_model": "qms.action",
            "views": [(False, "form")],
            "context": {
                "default_kind": "improvement",
                "default_name": self.env._("Remove the cause: %s", vital[0]["label"]) if vital else "",
                "default_description": "\n".join([*lines, data["trend"]["hint"]]),
                "default_process_id": data["chosen"]["process"] or False,
                "default_department_id": data["chosen"]["unit"] or False,
            },
        }

    # === FILTERS === #

    @api.model
    def _understood(self, chosen):
        today = self.env.company._qms_today()
        date_to = fields.Date.to_date(chosen.get("date_to")) or today
        date_from = fields.Date.to_date(chosen.get("date_from")) or today.replace(day=1) - relativedelta(months=12)
        if date_from > date_to:
            raise UserError(self.env._("The period ends before it begins. Choose a later end or an earlier beginning."))
        cause = chosen.get("cause") or self._cause_fields()[0]
        if cause not in self._cause_fields():
            raise UserError(self.env._("Nothing is ranked by “%s”. Choose another kind of causes.", cause))
        term = chosen.get("term") if chosen.get("term") in TERMS else "month"
        return {
            "date_from": date_from,
            "date_to": date_to,
            "unit": int(chosen.get("unit") or 0),
            "process": int(chosen.get("process") or 0),
            "kind": chosen.get("kind") or "",
            "severity": chosen.get("severity") or "",
            "cause": cause,
            "term": term,
        }

    @api.model
    def _filter_domain(self, chosen):
        domain = Domain.TRUE
        if chosen["unit"]:
            domain &= Domain("department_id", "child_of", chosen["unit"])
        if chosen["process"]:
            domain &= Domain("process_id", "child_of", chosen["process"])
        for name in ("kind", "severity"):
            if chosen[name]:
                domain &= Domain(name, "=", chosen[name])
        return domain

    @api.model
    def _period(self, field, chosen):
        return self._between(field, chosen["date_from"], chosen["date_to"])

    @api.model
    def _between(self, field, first, last):
        # As texts: the domains travel to the client and back.
        return Domain(field, ">=", str(first)) & Domain(field, "<=", str(last))

    @api.model
    def _choices(self):
        records, choices = self.env["qms.nonconformity"], {}
        for name, field in (("units", "department_id"), ("processes", "process_id")):
            groups = records._read_group(self._base_domain() & Domain(field, "!=", False), [field])
            targets = self.env[records._fields[field].comodel_name].concat(*(target for [target] in groups))
            # The bare name: a unit's full path does not fit into a list to choose from.
            label = "name" if field == "department_id" else "display_name"
            choices[name] = sorted(([target.id, target[label]] for target in targets), key=lambda pair: pair[1])
        for name in ("kind", "severity"):
            selection = records._fields[name]._description_selection(self.env)
            choices[f"{name}s"] = [list(pair) for pair in selection]
        choices["causes"] = [
            [name, records._fields[name]._description_string(self.env)] for name in self._cause_fields()
        ]
        choices["terms"] = [["month", self.env._("By month")], ["week", self.env._("By week")]]
        return choices

    # === FIGURES === #

    @api.model
    def _figures(self, found, pairs, durations):
        """Return the figures on top: ``name``, ``label``, ``value``, ``text``, ``help`` and ``domain`` each."""
        records = self.env["qms.nonconformity"]
        total = sum(count for _found, _closed, count in pairs)
        by_state = dict(records._read_group(found, ["state"], ["__count"]))
        closed = by_state.get("closed", 0)
        by_class = dict(records._read_group(found & Domain("cause_class", "!=", False), ["cause_class"], ["__count"]))
        repeat_domain = self._repeat_domain()
        repeats = records.search_count(found & repeat_domain)
        late = Domain("is_late", "=", True)
        rows = [
            ("found", self.env._("Found"), total, Domain.TRUE, ""),
            ("open", self.env._("Still open"), total - closed, Domain("state", "!=", "closed"), ""),
            ("late", self.env._("Late"), records.search_count(found & late), late, ""),
            ("closed", self.env._("Closed as effective"), closed, Domain("state", "=", "closed"), ""),
            (
                "repeats",
                self.env._("Came back"),
                self._share(repeats, total),
                repeat_domain,
                self.env._("Share of those that came back: the actions had not hit the cause."),
            ),
            (
                "system",
                self.env._("Cause in the system"),
                self._share(by_class.get("system", 0), sum(by_class.values())),
                Domain("cause_class", "=", "system"),
                self.env._("Of those whose cause was found. Juran: 80 to 85 of a hundred lie in the system."),
            ),
            (
                "median",
                self.env._("Half are closed after"),
                self._days(durations["median"]),
                Domain("state", "=", "closed"),
                self.env._("Those still open are counted (Kaplan–Meier)."),
            ),
            (
                "ninety",
                self.env._("Nine of ten are closed after"),
                self._days(durations["ninety"]),
                Domain("state", "=", "closed"),
                self.env._("Those still open are counted (Kaplan–Meier)."),
            ),
        ]
        return [
            {"name": name, "label": label, "value": value, "help": text, "domain": list(domain)}
            for name, label, value, domain, text in rows
        ]

    @api.model
    def _share(self, part, whole):
        return f"{round(100 * part / whole)} %" if whole else "–"

    @api.model
    def _days(self, days):
        return self.env._("%s d", days) if days is not None else "–"

    # === PARETO === #

    @api.model
    def _pareto(self, found, chosen):
        """Return the bars: ``label``, ``count``, ``share``, ``cumulative``, ``vital``, ``domain``."""
        records, name = self.env["qms.nonconformity"], chosen["cause"]
        counts = dict(records._read_group(found, [name], ["__count"]))
        missing = sum(count for value, count in counts.items() if not value)
        bars = statistics.pareto({value: count for value, count in counts.items() if value})
        rest = bars[BARS - 1 :] if len(bars) > BARS else []
        rows = [
            {
                "label": self._value_label(name, bar.key),
                "count": bar.count,
                "share": round(bar.share, 1),
                "cumulative": round(bar.cumulative, 1),
                "vital": bar.vital,
                "domain": [(name, "=", self._plain(bar.key))],
            }
            for bar in bars[: len(bars) - len(rest)]
        ]
        if rest:
            rows.append(
                {
                    "label": self.env._("Others (%s)", len(rest)),
                    "count": sum(bar.count for bar in rest),
                    "share": round(sum(bar.share for bar in rest), 1),
                    "cumulative": 100.0,
                    "vital": False,
                    "domain": [(name, "in", [self._plain(bar.key) for bar in rest])],
                }
            )
        return {"bars": rows, "missing": missing, "missing_domain": [(name, "=", False)]}

    @api.model
    def _plain(self, value):
        return value.id if isinstance(value, models.BaseModel) else value

    @api.model
    def _value_label(self, name, value):
        if isinstance(value, models.BaseModel):
            # A unit's own name: its full path does not fit below a bar.
            return value.name if name == "department_id" else value.display_name
        field = self.env["qms.nonconformity"]._fields[name]
        return dict(field._description_selection(self.env)).get(value, value)

    # === TIME TO CLOSE === #

    @api.model
    def _durations(self, pairs):
        """Return how long it took: ``classes`` of the closed ones, the ``curve`` of those still open, quantiles."""
        today = self.env.company._qms_today()
        closed, everything = [], []
        for found, day, count in pairs:
            days = max(((day or today) - found).days, 0)
            everything += [(days, bool(day))] * count
            closed += [days] * count if day else []
        steps = statistics.kaplan_meier(everything)
        return {
            "classes": [
                {
                    "label": self._class_label(lower, upper),
                    "count": count,
                    "domain": self._class_domain(lower, upper),
                }
                for lower, upper, count in statistics.histogram(closed, CLASSES)
            ],
            "curve": [
                {
                    "time": step.time,
                    "share": round(100 * step.open_share, 1),
                    "domain": self._open_after_domain(step.time, today),
                }
                for step in steps
            ],
            "median": statistics.quantile(steps, 0.5),
            "ninety": statistics.quantile(steps, 0.9),
            "closed_median": self._whole(statistics.percentile(closed, 50)),
            "closed_ninety": self._whole(statistics.percentile(closed, 90)),
            "closed": len(closed),
            "open": len(everything) - len(closed),
        }

    @api.model
    def _whole(self, days):
        return days if days is None else round(days)

    @api.model
    def _class_label(self, lower, upper):
        if lower is None:
            return self.env._("up to %s days", upper)
        if upper is None:
            return self.env._("more than %s days", lower)
        return self.env._("%(first)s–%(last)s days", first=lower + 1, last=upper)

    @api.model
    def _class_domain(self, lower, upper):
        domain = Domain("state", "=", "closed")
        if lower is not None:
            domain &= Domain("days_to_close", ">", lower)
        if upper is not None:
            domain &= Domain("days_to_close", "<=", upper)
        return list(domain)

    @api.model
    def _open_after_domain(self, days, today):
        """Return the domain of what was still open after some days."""
        closed_later = Domain("state", "=", "closed") & Domain("days_to_close", ">", days)
        still_open = Domain("state", "!=", "closed") & Domain("date_found", "<", str(today - timedelta(days=days)))
        return list(closed_later | still_open)
