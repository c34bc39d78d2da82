from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import float_round
from odoo.tools.misc import formatLang

from ..lib import compare
from ..models.process.qms_process_version_compare import FIGURE_FIELDS

MODELS = {"steps": "qms.process.step", "transitions": "qms.process.transition", "flows": "qms.process.flow"}


class QmsProcessCompare(models.TransientModel):
    """Two versions of a process side by side, for everyone who may read both."""

    _name = "qms.process.compare"
    _description = "Comparison of Process Versions"

    version_id = fields.Many2one("qms.process.version", "New", required=True, ondelete="cascade")
    process_id = fields.Many2one(related="version_id.process_id", related_sudo=False)
    other_id = fields.Many2one(
        "qms.process.version",
        "Old",
        compute="_compute_other_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        domain="[('process_id', '=', process_id), ('id', '!=', version_id)]",
    )
    show_same = fields.Boolean("Show What Is Equal")
    # Our own template, every text in it escaped; sanitizing would drop the classes.
    content = fields.Html(compute="_compute_content", sanitize=False)

    @api.depends("version_id")
    def _compute_other_id(self):
        for wizard in self:
            wizard.other_id = wizard.version_id._compared_with() if wizard.version_id else False

    @api.depends("version_id", "other_id", "show_same")
    @api.depends_context("lang")
    def _compute_content(self):
        for wizard in self:
            wizard.content = wizard._render() if wizard.version_id and wizard.other_id else False

    def _render(self):
        # The dialog belongs to the user, the versions in it need not: each is read with his own rights.
        (self.version_id | self.other_id).check_access("read")
        values = {
            "old": self.other_id,
            "new": self.version_id,
            "figures": self._figures(),
            "sections": self._sections(),
            "marked": self._marked,
            "names": [
                {step.key: step.name for step in version.step_ids} for version in (self.other_id, self.version_id)
            ],
        }
        return self.env["ir.qweb"]._render("qms_core.process_comparison", values)

    @api.model
    def _marked(self, old, new):
        """Return both texts with what the other lacks marked, by more than a colour; everything else escaped."""
        tags = (Markup("<del>%s</del>"), Markup("<ins>%s</ins>"))
        return [
            Markup().join(tag % piece if changed else escape(piece) for piece, changed in pieces)
            for tag, pieces in zip(tags, compare.changed_words(old, new), strict=True)
        ]

    def _sections(self):
        """Return what the template shows: ``[{title, labels, counts, rows}]``."""
        old, new = self.other_id._compare_content(), self.version_id._compare_content()
        titles = {
            "texts": self.env._("Passport"),
            "steps": self.env._("Steps"),
            "transitions": self.env._("Transitions"),
            "flows": self.env._("Inputs and outputs"),
        }
        sections = []
        for name, title in titles.items():
            rows = compare.compare(old[name], new[name])
            model = self.env[MODELS.get(name, "qms.process.version")]
            sections.append(
                {
                    "name": name,
                    "title": title,
                    "labels": {name: field._description_string(self.env) for name, field in model._fields.items()},
                    "counts": compare.tally(rows),
                    "rows": [row for row in rows if self.show_same or row.kind != compare.SAME],
                }
            )
        return sections

    def _figures(self):
        """Return the figures of both versions, as texts: ``[{label, old, new, change}]``."""
        rows = []
        for name in FIGURE_FIELDS:
            field = self.version_id._fields[name]
            scale = 100 if name == "flow_efficiency" else 1
            digits = 0 if scale == 100 or field.type == "integer" else 1
            old, new = (float_round(version[name] * scale, digits) for version in (self.other_id, self.version_id))
            rows.append(
                {
                    "label": field._description_string(self.env),
                    "unit": " %" if scale == 100 else "",
                    "old": formatLang(self.env, old, digits=digits),
                    "new": formatLang(self.env, new, digits=digits),
                    "change": ("+" if new > old else "") + formatLang(self.env, new - old, digits=digits)
                    if new != old
                    else "",
                }
            )
        return rows
