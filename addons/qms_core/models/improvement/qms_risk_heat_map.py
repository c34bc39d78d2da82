import base64

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...lib import contrast
from .qms_risk import STAGES


class QmsRiskHeatMap(models.AbstractModel):
    """The open risks of an authority by likelihood and impact, as plain data for the screen and for print."""

    _name = "qms.risk.heat.map"
    _description = "Risk Heat Map"

    # === HOOKS === #

    @api.model
    def _base_domain(self):
        """Hook: return the domain of the risks that belong on the map."""
        return Domain("company_id", "=", self.env.company.id) & Domain("state", "!=", "closed")

    @api.model
    def _filter_domain(self, chosen):
        """Hook: return the domain of what was chosen in the filters (``{name: value}``)."""
        domain = Domain("kind", "=", chosen["kind"])
        if chosen.get("unit"):
            domain &= Domain("department_id", "child_of", int(chosen["unit"]))
        if chosen.get("process"):
            domain &= Domain("process_id", "child_of", int(chosen["process"]))
        return domain

    # === READING === #

    @api.model
    @api.readonly
    def get_map(self, stage="inherent", chosen=None):
        """Return the heat map of the current authority.

        The number of queries does not depend on that of the risks.

        :param str stage: ``inherent`` (before treatment) or ``residual`` (after)
        :param dict chosen: filters: ``kind`` (``risk``, ``opportunity``), ids of ``unit``, ``process``, ``scale``
        :return: ``rows`` (steps of likelihood, highest first), ``columns`` (steps of impact), ``cells`` (by row
            and column: ``score``, ``level``, ``color``, ``text``, ``count``), ``levels`` with their counts,
            ``unjudged`` (risks without that judgement), ``total``, ``domain``, and what can be chosen
        :rtype: dict
        :raises UserError: for an unknown stage or kind
        """
        chosen = {"kind": "risk", **(chosen or {})}
        kinds = self.env["qms.risk"]._fields["kind"]._description_selection(self.env)
        if stage not in STAGES or chosen["kind"] not in dict(kinds):
            raise UserError(self.env._("There is no such heat map. Open it from the menu."))
        scales, scale = self._scales(chosen)
        domain = self._base_domain() & self._filter_domain(chosen) & Domain("scale_id", "=", scale.id)
        fields = [f"{stage}_likelihood_id", f"{stage}_impact_id"]
        counts = {
            (likelihood.value, impact.value): count
            for likelihood, impact, count in self.env["qms.risk"]._read_group(domain, fields, ["__count"])
        }
        total = sum(counts.values())
        judged = {pair: count for pair, count in counts.items() if all(pair)}
        axis = "benefit" if chosen["kind"] == "opportunity" else "impact"
        rows = self._steps(scale, "likelihood")[::-1]
        columns = self._steps(scale, axis)
        return {
            "stage": stage,
            "kind": chosen["kind"],
            "kinds": [list(pair) for pair in kinds],
            "scale": scale.id,
            "scales": [[each.id, each.name] for each in scales],
            "rows": rows,
            "columns": columns,
            "cells": self._cells(scale, chosen["kind"], rows, columns, judged),
            "levels": self._levels(scale, chosen["kind"], judged),
            "unjudged": total - sum(judged.values()),
            "total": total,
            "domain": list(domain),
            **self._choices(),
        }

    @api.model
    @api.readonly
    def print_map(self, stage="inherent", chosen=None):
        """Return the heat map, filtered as on the screen, and the list of its risks as a PDF.

        :return: ``{"name": file name, "content": PDF as base64 text}``
        """
        data = self.get_map(stage, chosen)
        domain = Domain(data["domain"]) & Domain(f"{stage}_score", ">", 0)
        risks = self.env["qms.risk"].search(domain, order=f"{stage}_score desc, id")
        html = self.env["ir.qweb"]._render(
            "qms_core.report_risk_heat_map",
            {
                "heat": data,
                "risks": risks,
                "company": self.env.company,
                "lang": self.env.lang,
                "today": self.env.company._qms_today(),
                "filters": self._filter_words(chosen or {}),
            },
        )
        content = self.env["ir.actions.report"]._weasyprint_pdf(f"<!DOCTYPE html>{html}")
        name = f"qms-risks-{stage}-{self.env.company._qms_today()}.pdf"
        return {"name": name, "content": base64.b64encode(content).decode()}

    # === HELPERS === #

    @api.model
    def _scales(self, chosen):
        """Return the scales by which the risks are judged, and the one that is shown."""
        groups = self.env["qms.risk"]._read_group(self._base_domain(), ["scale_id"])
        used = self.env["qms.risk.scale"].concat(*(scale for [scale] in groups))
        current = self.env["qms.risk.scale"]._current()
        wanted = used.filtered(lambda scale: scale.id == chosen.get("scale"))
        return used | current, (wanted or (current if current in used or not used else used[:1]))

    @api.model
    def _steps(self, scale, axis):
        return [
            {"id": step.id, "value": step.value, "name": step.name, "description": step.description or ""}
            for step in scale.step_ids.filtered(lambda step: step.axis == axis).sorted("value")
        ]

    @api.model
    def _cells(self, scale, kind, rows, columns, counts):
        cells = []
        for row in rows:
            line = []
            for column in columns:
                score = row["value"] * column["value"]
                level = scale._level(kind, score)
                line.append(
                    {
                        "row": row["id"],
                        "column": column["id"],
                        "score": score,
                        "level": level.name or "",
                        "color": level.color or "#FFFFFF",
                        "text": contrast.text_on(level.color or "#FFFFFF"),
                        "count": counts.get((row["value"], column["value"]), 0),
                    }
                )
            cells.append(line)
        return cells

    @api.model
    def _levels(self, scale, kind, counts):
        by_level = {}
        for (likelihood, impact), count in counts.items():
            level = scale._level(kind, likelihood * impact)
            by_level[level] = by_level.get(level, 0) + count
        return [
            {
                "id": level.id,
                "name": level.name,
                "from": level.score_from,
                "to": level.score_to,
                "color": level.color,
                "text": contrast.text_on(level.color),
                "needs_decision": level.needs_decision,
                "count": by_level.get(level, 0),
            }
            for level in scale.level_ids.filtered(lambda level: level.kind == kind).sorted("score_from", reverse=True)
        ]

    @api.model
    def _choices(self):
        """Return the units and processes that have open risks, to choose from."""
        risks, choices = self.env["qms.risk"], {}
        for name, field in (("units", "department_id"), ("processes", "process_id")):
            groups = risks._read_group(self._base_domain() & Domain(field, "!=", False), [field])
            records = self.env[risks._fields[field].comodel_name].concat(*(record for [record] in groups))
            # The bare name: a unit's full path does not fit into a list to choose from.
            label = "name" if field == "department_id" else "display_name"
            choices[name] = sorted(([record.id, record[label]] for record in records), key=lambda pair: pair[1])
        return choices

    @api.model
    def _filter_words(self, chosen):
        """Return what the filters narrow the map to, as short texts."""
        words = []
        if chosen.get("unit"):
            words.append(self.env["hr.department"].browse(int(chosen["unit"])).name)
        if chosen.get("process"):
            words.append(self.env["qms.process"].browse(int(chosen["process"])).display_name)
        return words
