from odoo import api, fields, models
from odoo.exceptions import UserError

from ...lib import register

# Bookkeeping of an entry: that it differs is no change of the register (a new checksum has a new version number).
SILENT = ("process_id", "checksum", "date_approved")


class QmsProcessRegister(models.Model):
    """An edition of the register of processes and services, approved as a whole by an act.

    The register itself lives on; an edition is what it was on one day, with the checksum of each version in
    force, so that everybody can see on paper which register the act approved.
    """

    _name = "qms.process.register"
    _description = "Register of Processes"
    _inherit = ["qms.return.mixin", "qms.approving.act.mixin"]
    _order = "company_id, number desc"
    _check_company_auto = True
    _frozen_states = ("approved", "superseded")
    _by_method = frozenset(
        {"number", "date", "previous_id", "author_id", "approver_id", "date_approved", "return_reason"}
    )
    _sealed = True

    number = fields.Integer("Edition", readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In review"),
            ("approved", "Approved"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    date = fields.Date("As of", readonly=True, copy=False, help="The day on which the register was taken in.")
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
        help="A document has one language: names are taken in, and the act is printed, in this one.",
    )
    screening_id = fields.Many2one(
        "qms.screening",
        check_company=True,
        ondelete="restrict",
        domain="[('state', '=', 'concluded'), ('company_id', '=', company_id)]",
        help="The screening of functions on which this edition rests.",
    )
    previous_id = fields.Many2one(
        "qms.process.register", "Previous Edition", readonly=True, copy=False, ondelete="restrict"
    )
    line_ids = fields.One2many("qms.process.register.line", "register_id", "Entries")
    change_ids = fields.One2many("qms.process.register.change", "register_id", "Changes")
    line_count = fields.Integer("Number of Entries", compute="_compute_counts")
    change_count = fields.Integer("Number of Changes", compute="_compute_counts")
    is_stale = fields.Boolean("Behind the Model", compute="_compute_is_stale")
    remarks = fields.Text(compute="_compute_remarks")

    _number_company = models.UniqueIndex("(company_id, number)", "This edition number is taken.")
    _one_approved = models.UniqueIndex(
        "(company_id) WHERE state = 'approved'", "An authority has one approved register."
    )

    # === DEFAULTS === #

    @api.model
    def _default_lang(self):
        """The language of the edition in force, so that editions can be compared."""
        return self._in_force(self.env.company).lang or self.env.lang or "en_US"

    # === COMPUTES === #

    @api.depends("number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for edition in self:
            edition.display_name = (
                self.env._("Register of processes, edition %s", edition.number)
                if edition.number
                else self.env._("New edition of the register")
            )

    @api.depends("line_ids", "change_ids")
    def _compute_counts(self):
        for edition in self:
            edition.line_count = len(edition.line_ids)
            edition.change_count = len(edition.change_ids)

    @api.depends("state", "line_ids")
    def _compute_is_stale(self):
        for edition in self:
            edition.is_stale = bool(
                edition.state in ("draft", "review")
                and edition.line_ids
                and register.compare(edition._rows(), edition._current_rows(), ignored=SILENT)
            )

    @api.depends("line_ids", "screening_id")
    def _compute_remarks(self):
        for edition in self:
            edition.remarks = "\n".join(edition._remarks())

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        editions = super().create(vals_list)
        for edition in editions:
            # sudo: numbers count editions the author may not see, too
            last = self.sudo().search([("company_id", "=", edition.company_id.id)], order="number desc", limit=1)
            edition._transition({"number": last.number + 1})
        return editions

    def unlink(self):
        if not self._frozen():
            # sudo: entries are written by this model only; who may delete the edition may delete them.
            self.check_access("unlink")
            self.sudo().line_ids.unlink()
            self.sudo().change_ids.unlink()
        return super().unlink()

    # === ACTIONS === #

    def action_take(self):
        """Take in the register as it is today, and what differs from the approved edition."""
        for edition in self:
            edition.check_access("write")
            edition._check_state("draft")
            rows = edition._current_rows()
            previous = self._in_force(edition.company_id)
            changes = register.compare(previous._rows(), rows, ignored=SILENT)
            taken = edition.sudo()  # sudo: entries have no writers but this method
            taken.line_ids.unlink()
            taken.change_ids.unlink()
            taken.line_ids.create([{"register_id": edition.id, **row} for row in rows.values()])
            if previous:
                taken.change_ids.create([edition._change_vals(change, previous, rows) for change in changes])
            edition._transition({"date": edition.company_id._qms_today(), "previous_id": previous.id})

    # === BUSINESS METHODS === #

    # --- approval --- #

    def _approval_words(self):
        return {
            "summary": self.env._("Approve the register"),
            "against": self.env._("The register was returned to you"),
            "not_yours": self.env._("The register is approved by the chief quality commissioner or top management."),
            "own": self.env._("You made this edition, so another person has to approve or return it."),
        }

    def _check_complete(self):
        if not self.line_ids:
            raise UserError(self.env._("This edition is empty. Take in the register first."))
        if self.screening_id and self.screening_id.state != "concluded":
            raise UserError(
                self.env._(
                    "The screening “%s” is not concluded yet, so no register can rest on it. Have it concluded first.",
                    self.screening_id.name,
                )
            )

    def _replace_former(self):
        """The act is entered, and the edition before ends: the one that this one was compared with."""
        self._check_act()
        previous = self._in_force(self.company_id)
        if previous != self.previous_id:
            raise UserError(
                self.env._(
                    "%s was approved after this one was taken in, so its list of changes is out of date. "
                    "Return it and have it taken in again.",
                    previous.display_name,
                )
            )
        previous._transition({"state": "superseded"})
        previous.flush_recordset()

    # --- contents --- #

    @api.model
    def _in_force(self, company):
        """Return the approved edition of an authority; empty when there is none."""
        return self.search([("company_id", "=", company.id), ("state", "=", "approved")], limit=1)

    def _current_rows(self):
        """Return the register as it is now: ``{(model, code): values of a line}``."""
        self.ensure_one()
        lines = self.env["qms.process.register.line"]
        own = [("company_id", "=", self.company_id.id)]
        in_lang = self.with_context(lang=self.lang).env
        rows = [lines._vals_of_process(process) for process in in_lang["qms.process"].search(own)]
        rows += [lines._vals_of_service(service) for service in in_lang["qms.service"].search(own)]
        return {lines._key(row): row for row in rows}

    def _rows(self):
        """Return the entries of this edition as plain values, like ``_current_rows``."""
        return {line._key(line): line._values() for line in self.line_ids}

    def _change_vals(self, change, previous, rows):
        """Return the values of the row that tells a difference to the previous edition."""
        row = rows.get(change.key) or previous._rows()[change.key]
        labels = self.with_context(lang=self.lang).env["qms.process.register.line"]
        return {
            "register_id": self.id,
            "change": change.kind,
            "code": row["code"],
            "name": row["name"],
            "note": "; ".join(labels._told(name, before, after) for name, before, after in change.fields),
        }

    def _remarks(self):
        """Return sentences about entries that an approver should know of."""
        self.ensure_one()
        processes = self.line_ids.filtered(lambda line: line.section != "service")
        leaves = processes.filtered(lambda line: line.code not in processes.mapped("part_of"))
        remarks = []
        if nobody := leaves.filtered(lambda line: not line.owner):
            remarks.append(self.env._("Without owner: %s.", ", ".join(nobody.mapped("code"))))
        if undescribed := leaves.filtered(lambda line: not line.version_number):
            remarks.append(self.env._("Without version in force: %s.", ", ".join(undescribed.mapped("code"))))
        verdicts = self.screening_id.line_ids.filtered(lambda line: line._gives_up())
        codes = {line._subject().code for line in verdicts} & set(self.line_ids.mapped("code"))
        if codes:
            remarks.append(
                self.env._("The screening decided to give these up, yet they are listed: %s.", ", ".join(sorted(codes)))
            )
        return remarks

    def _print_sections(self):
        """Return the entries as the printed tables show them: ``[(heading, lines)]``."""
        self.ensure_one()
        headings = self.line_ids._fields["section"]._description_selection(self.env)
        sections = [
            (heading, self.line_ids.filtered(lambda line, section=section: line.section == section))
            for section, heading in headings
        ]
        return [(heading, lines) for heading, lines in sections if lines]

    def _seal_content(self):
        self.ensure_one()
        return {
            "number": self.number,
            "date": self.date,
            "lang": self.lang,
            "act": self._act_content(),
            "screening": self.screening_id.name or "",
            "entries": [line._values() for line in self.line_ids.sorted(lambda line: (line.section, line.code))],
        }
