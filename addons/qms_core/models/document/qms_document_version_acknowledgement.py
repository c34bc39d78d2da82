from datetime import timedelta

from odoo import api, fields, models


class QmsDocumentVersion(models.Model):
    """Asking the people bound to read a version once it is in force, and who of them has."""

    _inherit = "qms.document.version"

    acknowledgement_ids = fields.One2many("qms.acknowledgement", "version_id", "Acknowledgements", readonly=True)
    acknowledgement_text = fields.Char("Acknowledged", compute="_compute_acknowledgement_text")

    # === COMPUTES === #

    @api.depends("acknowledgement_ids.state")
    def _compute_acknowledgement_text(self):
        groups = self.env["qms.acknowledgement"]._read_group(
            [("version_id", "in", self.ids), ("state", "in", ("open", "done"))], ["version_id", "state"], ["__count"]
        )
        counts = {(version.id, state): count for version, state, count in groups}
        for version in self:
            done, waiting = (counts.get((version._origin.id, state), 0) for state in ("done", "open"))
            version.acknowledgement_text = f"{done} / {done + waiting}"

    # === ACTIONS === #

    def action_acknowledgements(self):
        """Open who has acknowledged these versions and who still has to.

        :return: a window action
        """
        action = self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_acknowledgement_action")
        return {**action, "domain": [("version_id", "in", self.ids)], "context": {"search_default_asked": 1}}

    def action_read(self):
        """Open the text for reading.

        :return: a client action
        """
        self.ensure_one()
        self.check_access("read")
        return self.document_id._reader_action(self)

    def action_print_acknowledgements(self):
        """Print the acknowledgement sheets."""
        return self.env.ref("qms_core.action_report_acknowledgements").report_action(self, config=False)

    def action_download_acknowledgements(self):
        """Give the acknowledgement sheet as a workbook.

        :return: an action that downloads it
        """
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/qms/acknowledgements/{self.id}.xlsx", "target": "download"}

    # === BUSINESS METHODS === #

    def _make_effective(self):
        result = super()._make_effective()
        # Nobody is asked, nor was asked before, by a first version of what is not acknowledged.
        # sudo: who approves need not see the document of each version that ends by it
        concerned = self.sudo().filtered(lambda version: version.number > 1 or version.document_id.type_id.acknowledge)
        self.env["qms.acknowledgement"]._ask_soon(concerned.document_id)
        return result

    @api.model
    def _put_due_in_force(self, company):
        # One by one each version would read the whole staff anew: of a night's versions the other cron asks together.
        return super(QmsDocumentVersion, self.with_context(qms_ask_together=True))._put_due_in_force(company)

    def _acknowledge_until(self):
        """Return until when who is asked today has to acknowledge the version."""
        self.ensure_one()
        return self.company_id._qms_today() + timedelta(days=self.document_id.type_id.acknowledge_days or 1)

    def _sheet_rows(self):
        """Return the rows of the acknowledgement sheet that the user may read, by unit and name."""
        self.ensure_one()
        rows = self.env["qms.acknowledgement"].search([("version_id", "=", self.id), ("state", "in", ("open", "done"))])
        return rows._sheet_order()

    @api.model
    def _sheet_columns(self):
        return [
            self.env._("No."),
            self.env._("Name"),
            self.env._("Position"),
            self.env._("Unit"),
            self.env._("Deadline"),
            self.env._("Date"),
            self.env._("Signature"),
        ]

    def _sheet_data(self):
        """Return the acknowledgement sheet as plain data, for a workbook."""
        self.ensure_one()
        version = self.with_context(lang=self.lang)  # a sheet is in the language of its document, as it is printed
        return {
            "title": version.env._("Acknowledgement sheet"),
            "document": version.display_name,
            "authority": version.company_id.name,
            "columns": version._sheet_columns(),
            "rows": version._sheet_rows()._sheet_cells(),
        }
