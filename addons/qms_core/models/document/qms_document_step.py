from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class QmsDocumentStep(models.Model):
    """That a document is about a step of a process.

    Steps live in versions of their process, so the link is by the key, which a step keeps from version to version.
    """

    _name = "qms.document.step"
    _description = "Step that a Document Is about"
    _order = "document_id, process_id, step_key"
    _check_company_auto = True

    document_id = fields.Many2one("qms.document", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    process_id = fields.Many2one("qms.process", required=True, check_company=True, ondelete="cascade")
    process_version_id = fields.Many2one(related="process_id.version_id", string="Version of the Process in Force")
    step_key = fields.Char("Key of the Step", readonly=True)
    step_label = fields.Char("Step as It Was Linked", readonly=True)
    step_id = fields.Many2one(
        "qms.process.step",
        compute="_compute_step_id",
        readonly=False,
        domain="[('version_id', '=', process_version_id)]",
        help="As the version of the process in force has it. Empty: the version has no such step any more.",
    )
    is_gone = fields.Boolean("No Such Step Any More", compute="_compute_step_id")

    _step_once = models.UniqueIndex(
        "(document_id, process_id, step_key)", "The document is linked to this step already. Take one line away."
    )
    # serves _of_steps: the documents of the steps on a map
    _of_step = models.Index("(process_id, step_key)")

    # === CONSTRAINTS === #

    @api.constrains("process_id", "step_key")
    def _check_step(self):
        if not all(link.step_key for link in self):
            raise ValidationError(self.env._("Choose the step of the process, or take the line away."))

    # === COMPUTES === #

    @api.depends("process_id.version_id.step_ids.key", "step_key")
    def _compute_step_id(self):
        steps = self.env["qms.process.step"].search(
            [("version_id", "in", self.process_id.version_id.ids), ("key", "in", self.mapped("step_key"))]
        )
        found = {(step.version_id, step.key): step for step in steps}
        for link in self:
            link.step_id = found.get((link.process_id.version_id, link.step_key), steps.browse())
            link.is_gone = bool(link.step_key) and not link.step_id

    @api.depends("process_id", "step_id", "step_label")
    def _compute_display_name(self):
        for link in self:
            link.display_name = f"{link.process_id.code}: {link.step_id.name or link.step_label or ''}"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._keyed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._keyed(vals))

    @api.model
    def _keyed(self, vals):
        """Return values with the key in the place of the step, whatever version it was chosen of."""
        if "step_id" not in vals:
            # Of another process, the key would be that of any step.
            return {**vals, "step_key": False} if "process_id" in vals and "step_key" not in vals else vals
        step = self.env["qms.process.step"].browse(vals["step_id"] or ())
        return {
            **{name: value for name, value in vals.items() if name != "step_id"},
            **({"process_id": step.version_id.process_id.id} if step else {}),
            "step_key": step.key,
            "step_label": step.name,
        }

    # === BUSINESS METHODS === #

    @api.model
    def _of_steps(self, steps):
        """Return the documents about some steps, in whatever version: ``{(process id, key): qms.document}``.

        Only those that the user may read, also where a process is read for him as superuser.
        """
        links = self.sudo(False).search_fetch(
            [
                ("process_id", "in", steps.version_id.process_id.ids),
                ("step_key", "in", steps.mapped("key")),
                ("document_id.state", "!=", "withdrawn"),
            ],
            ["process_id", "step_key", "document_id"],
        )
        found = {}
        for link in links:
            place = (link.process_id.id, link.step_key)
            found[place] = found.get(place, link.document_id) | link.document_id
        return found

    @api.model
    def _done_by(self, roles, processes):
        """Return the links to steps in force that some roles perform.

        :param roles: ``qms.role``
        :param processes: the processes of these steps, as a query
        """
        # sudo: what somebody has to do must not depend on which documents he may read yet.
        links = self.sudo().search(Domain("process_id", "any!", processes))
        return links.filtered(lambda link: link.step_id.role_id in roles)


class QmsDocument(models.Model):
    _inherit = "qms.document"

    step_link_ids = fields.One2many("qms.document.step", "document_id", "Steps", copy=True)
