from odoo import api, fields, models
from odoo.exceptions import UserError

# Lists of the model from which documents can be made, and the provider that knows about them.
PROVIDERS = {
    "qms.process": "process",
    "qms.service": "service",
    "hr.department": "unit",
    "qms.role": "position",
}


class QmsDocumentMake(models.TransientModel):
    """Make the documents of chosen kinds: for what was marked in a list, or for all there is."""

    _name = "qms.document.make"
    _description = "Make Documents from the Model"

    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    template_ids = fields.Many2many(
        "qms.document.template",
        string="Kinds of Documents",
        compute="_compute_template_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', offered_ids)]",
    )
    offered_ids = fields.Many2many("qms.document.template", compute="_compute_offered_ids")
    subject_model = fields.Char(default=lambda self: self._marked()[0])
    subject_ids = fields.Json(default=lambda self: self._marked()[1])
    subject_count = fields.Integer("Marked Records", compute="_compute_subject_count")

    # === COMPUTES === #

    @api.depends("lang", "subject_model")
    def _compute_offered_ids(self):
        templates = self.env["qms.document.template"]
        for dialog in self:
            domain = [("lang", "=", dialog.lang), ("company_id", "in", [self.env.company.id, False])]
            if dialog.subject_model:
                domain.append(("provider", "=", PROVIDERS.get(dialog.subject_model)))
            found = templates.search(domain, order="company_id, code")
            # The authority's own copy stands for the shipped one.
            dialog.offered_ids = templates.concat(*(group[:1] for group in found.grouped("code").values()))

    @api.depends("offered_ids")
    def _compute_template_ids(self):
        for dialog in self:
            dialog.template_ids = dialog.template_ids & dialog.offered_ids

    @api.depends("subject_ids")
    def _compute_subject_count(self):
        for dialog in self:
            dialog.subject_count = len(dialog.subject_ids or [])

    @api.model
    def _marked(self):
        """Return the model and the ids of what was marked in the list that opened the dialog."""
        model = self.env.context.get("active_model")
        return (model, self.env.context.get("active_ids") or []) if model in PROVIDERS else (False, [])

    # === ACTIONS === #

    def action_make(self):
        """Make the documents, each with its first draft, and show them.

        :return: a window action
        :raises UserError: if nothing was chosen, or all documents are there already
        """
        self.ensure_one()
        if not self.template_ids:
            raise UserError(self.env._("Choose the kinds of documents to make."))
        made = self.env["qms.document"]
        for template in self.template_ids:
            made |= made._make(template, self._subjects_for(template))
        if not made:
            raise UserError(
                self.env._(
                    "All these documents are there already, or there is nothing to make them of. Open the register "
                    "and draft their next versions."
                )
            )
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_document_action"),
            "domain": [("id", "in", made.ids)],
            "context": {},
        }

    def _subjects_for(self, template):
        """Return what the documents are about: what was marked, or all of the authority; only what fits."""
        fitting = self.env["qms.document.provider"]._subjects(template.provider, self.env.company)
        fitting = template._fitting(fitting)
        return fitting.filtered(lambda record: record.id in self.subject_ids) if self.subject_ids else fitting
