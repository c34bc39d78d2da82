from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# Who stands in steps without having duties in the authority.
WITHOUT_DUTIES = ("applicant", "system")


class QmsResponsibility(models.Model):
    """A letter of a role in a process. The accountable role is the owner field of the process, not a row here.

    Rows from steps follow the version in force by themselves; rows by hand are kept and never doubled.
    """

    _name = "qms.responsibility"
    _description = "Responsibility"
    _rec_name = "role_id"
    _order = "process_id, letter_id, id"
    _check_company_auto = True

    process_id = fields.Many2one("qms.process", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True, index=True)
    role_id = fields.Many2one("qms.role", required=True, index=True, ondelete="restrict", check_company=True)
    letter_id = fields.Many2one(
        "qms.letter",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["qms.letter.set"]._current()._performing(),
        domain=lambda self: [("set_id", "=", self.env["qms.letter.set"]._current().id)],
    )
    origin = fields.Selection(
        [("hand", "By hand"), ("steps", "From steps")], required=True, readonly=True, default="hand", copy=False
    )

    _cell = models.UniqueIndex("(process_id, role_id, letter_id)", "The role has this letter in the process already.")

    # === CONSTRAINTS === #

    @api.constrains("role_id", "process_id", "letter_id")
    def _check_owner(self):
        """The accountable role is the owner, and has no other letter in the same set but that of who performs."""
        for row in self.filtered("process_id"):
            if row.letter_id.accountable:
                raise ValidationError(
                    self.env._(
                        "The accountable role of a process is its owner. Choose %(role)s as owner of %(process)s.",
                        role=row.role_id.name,
                        process=row.process_id.display_name,
                    )
                )
            if row.role_id == row.process_id.owner_role_id and row._is_second_letter():
                raise ValidationError(
                    self.env._("The owner of the process is accountable already and needs no second letter.")
                )

    # === COMPUTES === #

    @api.depends("process_id.company_id")
    def _compute_company_id(self):
        for row in self:
            row.company_id = row._subject().company_id

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:  # only the derivation below makes rows from steps
            vals_list = [{**vals, "origin": "hand"} for vals in vals_list]
        self._displace([vals for vals in vals_list if vals.get("origin") != "steps"])
        return super().create(vals_list)

    def write(self, vals):
        self._check_by_hand()
        processes = self.process_id
        result = super().write(vals)
        self._derive(processes | self.process_id)
        return result

    def unlink(self):
        self._check_by_hand()
        processes = self.filtered(lambda row: row.origin == "hand").process_id
        result = super().unlink()
        self._derive(processes)
        return result

    # === BUSINESS METHODS === #

    def _subject(self):
        """Hook: return the record in which the role has the letter."""
        self.ensure_one()
        return self.process_id

    def _is_second_letter(self):
        """Tell whether an accountable role may not have this letter besides: all but that of who performs."""
        self.ensure_one()
        return bool(self.letter_id.set_id._accountable()) and not self.letter_id.performs

    def _check_by_hand(self):
        """Refuse to touch rows from steps, other than by changing the steps."""
        if self.env.su:
            return
        for row in self:
            if row.origin == "steps":
                raise UserError(row._why_computed())

    def _why_computed(self):
        """Return the sentence that tells where a row from steps comes from, and how it is changed."""
        self.ensure_one()
        version = self.process_id.version_id
        names = [step.name for step in version.step_ids if step.role_id == self.role_id]
        return self.env._(
            "%(role)s has the letter %(letter)s in %(process)s because it performs steps of the version in force: "
            "%(steps)s. Change who performs them in a new version of the process.",
            role=self.role_id.name,
            letter=self.letter_id.letter,
            process=self.process_id.display_name,
            steps=", ".join(f"“{name}”" for name in names),
        )

    @api.model
    def _displace(self, vals_list):
        """Delete the rows from steps that are now entered by hand: a letter is never doubled."""
        default = self.env["qms.letter.set"]._current()._performing().id
        keys = {(vals.get("process_id"), vals.get("role_id"), vals.get("letter_id", default)) for vals in vals_list}
        domain = [("process_id", "in", [key[0] for key in keys if key[0]]), ("origin", "=", "steps")]
        # sudo: nobody else may delete rows from steps.
        rows = self.sudo().search(domain)
        rows.filtered(lambda row: row._key() in keys).unlink()

    def _key(self):
        self.ensure_one()
        return self.process_id.id, self.role_id.id, self.letter_id.id

    @api.model
    def _derive(self, processes):
        """Make the rows from steps equal to the steps in force: who performs a step performs in the process.

        :param processes: ``qms.process`` whose steps, letters or rows by hand have changed
        """
        if not processes:
            return
        # sudo: who approves a version need not be who keeps the responsibilities.
        processes = processes.sudo()
        rows = self.sudo().search([("process_id", "in", processes.ids)])
        by_hand = rows.filtered(lambda row: row.origin == "hand")
        wanted = {
            (process.id, step.role_id.id, letter.id)
            for process in processes
            for letter in process.company_id.qms_letter_set_id._performing()
            for step in process.version_id.step_ids
            if step.kind not in ("start", "end")  # events happen, nobody performs them
            and step.role_id
            and step.role_id.kind not in WITHOUT_DUTIES
        } - {row._key() for row in by_hand}
        kept = (rows - by_hand).filtered(lambda row: row._key() in wanted)
        (rows - by_hand - kept).unlink()
        # sudo: as above, rows from steps follow from the approval.
        self.sudo().create(
            [
                {"process_id": process, "role_id": role, "letter_id": letter, "origin": "steps"}
                for process, role, letter in sorted(wanted - {row._key() for row in kept})
            ]
        )
