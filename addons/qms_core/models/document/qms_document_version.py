import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .made_html import BodyHtml

_logger = logging.getLogger(__name__)

# What everybody who may read the document reads: drafts are for those who make and decide them.
PUBLISHED = ("approved", "effective", "superseded", "withdrawn")


class QmsDocumentVersion(models.Model):
    """What a document says: a numbered text or file, written by one person and approved by others.

    Approved, it is frozen and sealed; it becomes effective on its day and ends when the next one does, or withdrawn.
    """

    _name = "qms.document.version"
    _description = "Document Version"
    _inherit = ["qms.approval.mixin", "qms.approving.act.mixin", "qms.visible.mixin"]
    _order = "document_id, number desc"
    _rec_names_search = ["document_id"]
    _check_company_auto = True
    _frozen_states = PUBLISHED
    _by_method = frozenset(
        {
            "number",
            "document_name",
            "document_code",
            "supersedes_id",
            "author_id",
            "submitter_id",
            "approver_id",
            "date_approved",
            "date_withdrawn",
            "return_reason",
            "withdraw_reason",
            "based_on_id",
            "approved_count",
            "pdf_attachment_id",
            "pdf_checksum",
        }
    )
    _reason_methods = ("action_approve_commented", "action_return", "action_withdraw")
    _sealed = True
    _review_frozen = True

    document_id = fields.Many2one("qms.document", required=True, index=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    number = fields.Integer("Version", readonly=True, copy=False)
    # What the document was called when the version was submitted: a later name is not what was approved.
    document_name = fields.Char("Title", readonly=True, copy=False)
    document_code = fields.Char("Code", readonly=True, copy=False)
    supersedes_id = fields.Many2one(
        "qms.document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The document that ends when this version comes into force, as it stood when it was submitted.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("review", "In review"),
            ("approved", "Approved"),
            ("effective", "In force"),
            ("superseded", "Superseded"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    body = BodyHtml(
        "Text", sanitize_attributes=True, sanitize_style=True, sanitize_form=True, sanitize_overridable=False
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qms_document_version_file_rel",
        "version_id",
        "attachment_id",
        string="Files",
        copy=False,
        help="The document itself, where it is a file, and its annexes.",
    )
    reason = fields.Text("What Changed", help="Why there is this version, and what differs from the one before.")
    submitter_id = fields.Many2one("res.users", "Submitted by", readonly=True, copy=False)
    date_approved = fields.Date("Approved on")
    approval_ids = fields.One2many("qms.document.approval", "version_id", "Approval Route")
    approved_count = fields.Integer("Approvals Given", readonly=True, copy=False)
    by_act = fields.Boolean(
        "Approved by an Act",
        compute="_compute_by_act",
        store=True,
        readonly=False,
        precompute=True,
        help="An order or a decision approves the version; who is named in the route gives his visa before.",
    )
    return_reason = fields.Text("Reason for Return", readonly=True, copy=False)
    withdraw_reason = fields.Text("Reason for Withdrawal", readonly=True, copy=False)
    date_effective = fields.Date(
        "In Force from",
        copy=False,
        tracking=True,
        help="Left empty, it is the day of approval. An earlier day is possible with an approving act only.",
    )
    date_withdrawn = fields.Date("Ended on", readonly=True, copy=False, help="The day it was superseded or withdrawn.")
    based_on_id = fields.Many2one(
        "qms.document.version", "Based on", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    pdf_attachment_id = fields.Many2one(
        "ir.attachment", "Printed PDF", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    pdf_checksum = fields.Char("SHA-256 of the PDF", readonly=True, copy=False)
    signature_ids = fields.One2many("qms.document.signature", "version_id", "Signatures")
    proposal_ids = fields.One2many("qms.document.proposal", "joined_version_id", "Proposals Taken up")
    may_decide = fields.Boolean(compute="_compute_may_decide")
    is_behind = fields.Boolean(compute="_compute_is_behind", help="Another version was approved since it was begun.")

    _number_document = models.UniqueIndex("(document_id, number)", "This version number is taken.")
    _one_effective = models.UniqueIndex(
        "(document_id) WHERE state = 'effective'", "A document has one version in force."
    )

    # === COMPUTES === #

    @api.depends("document_id.display_name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(document)s, version %(number)s", document=version.document_id.display_name, number=version.number
            )

    @api.depends("document_id")
    def _compute_lang(self):
        for version in self:
            version.lang = version.document_id.lang or self.env.lang or "en_US"

    @api.depends("document_id")
    def _compute_by_act(self):
        for version in self:
            version.by_act = version.document_id.type_id.by_act

    @api.depends("state", "approval_ids.state")
    @api.depends_context("uid")
    def _compute_may_decide(self):
        for version in self:
            version.may_decide = version.state == "review" and bool(version.approval_ids._mine())

    @api.depends("state", "based_on_id", "document_id.version_ids.state")
    def _compute_is_behind(self):
        for version in self:
            open_version = version._origin and version.state in ("draft", "review")
            standing = open_version and version.document_id._standing_version()
            version.is_behind = bool(standing) and standing != version.based_on_id

    @api.model
    def _visible_domain(self):
        documents = Domain("document_id", "any", self.env["qms.document"]._visible_domain())
        officer = Domain("document_id.department_id.qms_officer_ids.user_id", "=", self.env.uid)
        return self._mine_domain() | officer | (documents & Domain("state", "in", PUBLISHED))

    @api.model
    def _mine_domain(self):
        """Return the domain of the versions that the user wrote or is asked to approve."""
        return Domain("author_id", "=", self.env.uid) | Domain(
            "approval_ids", "any", self.env["qms.document.approval"]._mine_domain()
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        documents = self.env["qms.document"].browse({vals["document_id"] for vals in vals_list})
        versions = super().create(self._numbered(vals_list, documents))
        versions.filtered(lambda version: not version.approval_ids)._set_route()
        versions._own_files()
        return versions

    def write(self, vals):
        if "document_id" in vals and any(version.document_id.id != vals["document_id"] for version in self):
            raise UserError(self.env._("A version stays with its document. Make a version of the other document."))
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    def unlink(self):
        if any(version.state != "draft" for version in self):
            raise UserError(self.env._("Only a draft can be deleted. Return or withdraw the version instead."))
        self.approval_ids.unlink()
        return super().unlink()

    @api.model
    def _born_vals(self):
        born = super()._born_vals()
        # Both are given by `create` itself, to each version its own.
        return {name: value for name, value in born.items() if name not in ("number", "based_on_id")}

    @api.model
    def _numbered(self, vals_list, documents):
        """Return the values of drafts with their numbers and what they take over from the version in force."""
        # sudo: numbers count versions that the author may not see, too
        rows = self.sudo()._read_group([("document_id", "in", documents.ids)], ["document_id"], ["number:max"])
        numbers = {document.id: number for document, number in rows}
        of_id = {document.id: document for document in documents}
        result = []
        for vals in vals_list:
            document = of_id[vals["document_id"]]
            numbers[document.id] = number = numbers.get(document.id, 0) + 1
            standing = document._standing_version()
            taken = self._taken_from(standing, vals) or {"by_act": document.type_id.by_act}
            result.append({**taken, **vals, "number": number, "based_on_id": standing.id})
        return result

    @api.model
    def _taken_from(self, standing, vals):
        """Return what a draft takes over from the version that it follows, as far as it brings nothing of its own."""
        return {name: standing[name] for name in ("body", "lang", "by_act") if standing and name not in vals}

    # === ACTIONS === #

    def action_withdraw(self, reason=None):
        """End versions without one that replaces them.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_withdraw", self.env._("Why is it withdrawn?"))
        for version in self:
            version._check_state("approved", "effective")
            version._check_may_withdraw()
            version._withdraw(reason)
        return True

    # === BUSINESS METHODS === #

    def _form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _previous(self):
        """Return the version that this one is based on, else the one numbered before it; empty for the first."""
        self.ensure_one()
        if self.based_on_id:
            return self.based_on_id
        earlier = [("document_id", "=", self.document_id.id), ("number", "<", self.number)]
        return self.search(earlier, order="number desc", limit=1)

    def _make_effective(self):
        """Put approved versions in force today; the ones they replace end.

        Called by the approval, if the day has come, and by the nightly cron. Others extend it: what follows from a
        version in force begins here.
        """
        # sudo: who approves a version need not see the others that end by it
        versions = self.sudo()
        versions.document_id._check_alive()
        for version in versions:
            if former := version.document_id.version_id:
                former._transition({"state": "superseded", "date_withdrawn": version.date_effective})
                former.flush_recordset()
        versions._transition({"state": "effective"})
        for version in versions:
            version.document_id._put_in_force(version)
        for version in versions:
            version.supersedes_id._withdraw_superseded(version.document_id)

    def _withdraw(self, reason):
        """End a version; only for methods that have checked who may."""
        document = self.document_id
        self._transition(
            {"state": "withdrawn", "withdraw_reason": reason, "date_withdrawn": self.company_id._qms_today()}
        )
        self.message_post(body=reason)
        if document.version_id == self:
            document._put_in_force(self.browse())

    @api.model
    def _user_decides(self):
        """Tell whether the user is one of those who decide on all documents."""
        return any(self.env.user.has_group(group) for group in self._decider_groups)

    @api.model
    def _check_may_withdraw(self):
        if not self._user_decides():
            raise AccessError(
                self.env._("Documents are withdrawn by the chief quality commissioner or top management.")
            )

    def _seal_content(self):
        self.ensure_one()
        return {
            "code": self.document_code or "",
            "name": self.document_name or "",
            "number": self.number,
            "lang": self.lang,
            "reason": self.reason or "",
            "body": self.body or "",
            "files": sorted([file.name, digest] for file, digest in self._file_digests()),
            "author": self.author_id.id,
            "approvals": [
                line._seal_content() for line in self.approval_ids.sorted(lambda line: (line.sequence, line.id))
            ],
            "act": self._act_content() if self.by_act else [],
            "date_effective": str(self.date_effective),
            "supersedes": self.supersedes_id.id,
        }

    # === CRONS === #

    @api.model
    def _cron_effective(self):
        """Follow the calendar: what comes into force, what lapses, what is to be reviewed. Missed days are caught up.

        What fails in one authority, or with one version, does not keep the others waiting.
        """
        documents = self.env["qms.document"].sudo()  # sudo: the system's work in every authority
        companies = self.env["res.company"].sudo().search([])
        for left, company in zip(range(len(companies) - 1, -1, -1), companies, strict=True):
            self._put_due_in_force(company)
            for step in (documents._follow_validity, documents._call_due_reviews):
                try:
                    with self.env.cr.savepoint():
                        step(company)
                except Exception:  # whatever it is: the log says so, and the next run tries again
                    _logger.exception("%s of company %s failed", step.__name__, company.id)
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    @api.model
    def _put_due_in_force(self, company):
        """Put the versions of an authority in force whose day has come; the commissioners hear of those that fail.

        :param company: the authority (``res.company``)
        """
        due = Domain("company_id", "=", company.id) & Domain("state", "=", "approved")
        due &= Domain("date_effective", "<=", company._qms_today())
        for version in self.sudo().search(due, order="date_effective, number"):  # sudo: as above
            try:
                with self.env.cr.savepoint():
                    version._make_effective()
            except Exception as error:  # whatever it is: the others come into force
                _logger.warning("Version %s did not come into force", version.id, exc_info=True)
                version._call_to_act(
                    self._users_of("qms_core.group_commissioner", company),
                    company._qms_today(),
                    lambda record, error=error: record.env._("It could not come into force: %s", error),
                )
