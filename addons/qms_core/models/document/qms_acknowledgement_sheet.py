from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QmsAcknowledgementSheet(models.Model):
    """A sheet of paper on which people without a login sign that they have read a version.

    It is printed with their names, comes back signed, is scanned, and its lines are confirmed on one screen by who
    keeps the sheets of the unit. Then it is frozen with its scan.
    """

    _name = "qms.acknowledgement.sheet"
    _description = "Acknowledgement Sheet"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "number"
    _number_prefix = "AS"
    _state_initial = "open"
    _frozen_states = ("done",)
    _by_method = frozenset({"date_done", "confirmed_by_id"})

    version_id = fields.Many2one(
        "qms.document.version", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    document_id = fields.Many2one("qms.document", related="version_id.document_id", store=True)
    company_id = fields.Many2one("res.company", related="version_id.company_id", store=True, index=True)
    department_id = fields.Many2one("hr.department", "Unit", readonly=True, index=True, ondelete="restrict")
    state = fields.Selection(
        [("open", "To be signed"), ("done", "Confirmed")], required=True, readonly=True, default="open", copy=False
    )
    line_ids = fields.One2many("qms.acknowledgement.sheet.line", "sheet_id", "People")
    attachment_ids = fields.Many2many("ir.attachment", string="Scanned Sheet", copy=False)
    date_done = fields.Date("Confirmed on", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", readonly=True, copy=False, ondelete="restrict")
    may_confirm = fields.Boolean(compute="_compute_may_confirm")

    # === COMPUTES === #

    @api.depends("department_id", "state")
    @api.depends_context("uid")
    def _compute_may_confirm(self):
        for sheet in self:
            sheet.may_confirm = sheet.state == "open" and sheet.department_id._keeps_sheets(self.env.user)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Sheets are made from the list of who has not signed yet."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and {"version_id", "department_id", "document_id", "company_id"} & set(vals):
            raise AccessError(self.env._("What the sheet is about was printed on it, so it stays. Make another sheet."))
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_scans()
        return result

    # === ACTIONS === #

    def action_sign_all(self):
        """Mark all lines as signed today, to be corrected where somebody has not signed or on another day."""
        for sheet in self:
            sheet._check_state("open")
            sheet._check_keeper()
            for line in sheet.line_ids.filtered(lambda line: not line.is_signed):
                line.write({"is_signed": True, "date_signed": line.date_signed or sheet.company_id._qms_today()})

    def action_confirm(self):
        """Confirm the signed lines; who has not signed waits for the next sheet.

        :raises AccessError: for who doesn't keep the sheets of the unit
        :raises UserError: without a scan, without a signature, or with a wrong date
        """
        for sheet in self:
            sheet._check_state("open")
            sheet._check_keeper()
            signed = sheet._check_signed()
            for line in signed:
                line.acknowledgement_id._sign_on_paper(line)
            signed.acknowledgement_id._settle_readings()
            sheet._transition(
                {"state": "done", "date_done": sheet.company_id._qms_today(), "confirmed_by_id": self.env.uid}
            )

    def action_print(self):
        """Print the sheet for signing."""
        self.check_access("read")
        return self.env.ref("qms_core.action_report_acknowledgement_sheet").report_action(self, config=False)

    # === BUSINESS METHODS === #

    @api.model
    def _for(self, version, unit, rows):
        """Return the sheet that waits for a version's signatures in a unit, with these people on it.

        :param rows: ``qms.acknowledgement`` of people who have not signed yet
        """
        # sudo: nobody writes the list of names by hand; who may have a sheet made was checked by the caller.
        sheets = self.sudo()
        place = [("version_id", "=", version.id), ("department_id", "=", unit.id), ("state", "=", "open")]
        sheet = sheets.search(place, limit=1) or sheets.create({"version_id": version.id, "department_id": unit.id})
        missing = rows - sheet.line_ids.acknowledgement_id
        sheet.line_ids.create([{"sheet_id": sheet.id, "acknowledgement_id": row.id} for row in missing._sheet_order()])
        return sheet.with_env(self.env)

    def _print_cells(self):
        """Return the lines as they are printed, with what is signed already."""
        self.ensure_one()
        return self.line_ids.acknowledgement_id._sheet_cells()

    def _check_keeper(self):
        self.check_access("write")
        self.env["qms.acknowledgement"]._check_keeps_sheets(self.department_id)

    def _check_signed(self):
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Add the scanned sheet first: without it the signatures can't be seen."))
        self._adopt_scans()  # what happened to the files meanwhile does not outlast the signatures
        signed = self.line_ids.filtered("is_signed")
        if not signed:
            raise UserError(self.env._("Mark who has signed. If nobody has, the sheet stays as it is."))
        today = self.company_id._qms_today()
        undated = signed.filtered(lambda line: not line.date_signed or line.date_signed > today)
        if undated:
            raise UserError(
                self.env._(
                    "Enter on which day these people signed, today at the latest: %s.",
                    ", ".join(undated.mapped("person_name")),
                )
            )
        return signed

    def _adopt_scans(self):
        """Tie scans to their sheet: who reads the sheet reads them, and they are frozen with it.

        A file that belongs to something else is copied, so that nothing that happens there changes the sheet.
        """
        for sheet in self:
            # sudo: whose a file is, is looked at here; a file of the sheet is the sheet's, not its uploader's
            for file in sheet.sudo().attachment_ids:
                own = {"res_model": sheet._name, "res_id": sheet.id, "res_field": False, "type": "binary"}
                if all(file[name] == value for name, value in own.items()):
                    continue
                is_free = not file.res_id and not file.res_field and file.create_uid == self.env.user
                if is_free or (file.res_model, file.res_id) == (sheet._name, sheet.id):
                    file.write(own)
                else:
                    file.with_user(self.env.user).check_access("read")
                    sheet.sudo().attachment_ids = [(3, file.id), (4, file.copy(own).id)]  # sudo: as above
            for file in sheet.sudo().attachment_ids:
                sheet.version_id._check_file(file)
