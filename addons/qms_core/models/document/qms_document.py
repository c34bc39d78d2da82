from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...lib import document_code

# What follows from versions and reviews: methods write it, nobody types it in.
BY_METHOD = frozenset(
    {"version_id", "date_reviewed", "subject_model", "subject_id", "subject_label", "basis_flagged", "review_called"}
)
# What is computed is stored, and a client could write into it all the same.
COMPUTED = frozenset({"state", "kind", "level", "date_effective", "date_review", "has_lapsed_basis"})
# The identity of an object can't be sent over RPC, so no client can pretend to be one of these methods.
_BY_METHOD = object()


class QmsDocument(models.Model):
    """An entry of the register of documents: what a document is; what it says is told by its versions.

    An external act has no versions of ours: it is valid from a day to a day, and other documents rest on it.
    """

    _name = "qms.document"
    _description = "Document"
    _inherit = ["qms.activity.mixin", "qms.visible.mixin"]
    _order = "level, code, id"
    _check_company_auto = True
    _rec_names_search = ["name", "code"]

    name = fields.Char("Title", required=True, tracking=True)
    code = fields.Char(copy=False, tracking=True, help="Left empty, it is made by the rule of the document's type.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    type_id = fields.Many2one("qms.document.type", required=True, index=True, ondelete="restrict", tracking=True)
    kind = fields.Selection(related="type_id.kind", store=True, index=True)
    level = fields.Integer(related="type_id.level", store=True)
    department_id = fields.Many2one("hr.department", "Owner Unit", index=True, check_company=True, tracking=True)
    owner_role_id = fields.Many2one(
        "qms.role", "Owner", index=True, check_company=True, ondelete="restrict", tracking=True
    )
    state = fields.Selection(
        [("draft", "Being prepared"), ("effective", "In force"), ("withdrawn", "Withdrawn")],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )
    version_ids = fields.One2many("qms.document.version", "document_id", "Versions")
    version_id = fields.Many2one(
        "qms.document.version", "Version in Force", readonly=True, copy=False, ondelete="restrict", index=True
    )
    date_effective = fields.Date("In Force since", related="version_id.date_effective", store=True)
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="A document has one language: it is written and printed in this one.",
    )
    confidentiality = fields.Selection(
        [("public", "Public"), ("internal", "Internal"), ("restricted", "For those named in the distribution")],
        required=True,
        default="internal",
        index=True,
        tracking=True,
    )
    is_published = fields.Boolean(
        "On Public Pages", tracking=True, help="The version in force is shown on the public pages."
    )
    review_months = fields.Integer(
        "Review Every (Months)", compute="_compute_review_months", store=True, readonly=False, precompute=True
    )
    date_reviewed = fields.Date("Reviewed on", readonly=True, copy=False)
    date_review = fields.Date("Next Review", compute="_compute_date_review", store=True, index=True)
    distribution_ids = fields.One2many("qms.document.distribution", "document_id")
    process_ids = fields.Many2many("qms.process", string="Processes", check_company=True)
    requirement_ids = fields.Many2many("qms.requirement", string="Requirements", check_company=True)
    service_ids = fields.Many2many("qms.service", string="Services", check_company=True)
    related_ids = fields.Many2many(
        "qms.document",
        "qms_document_related_rel",
        "document_id",
        "related_id",
        "Related Documents",
        check_company=True,
        domain="[('state', '!=', 'withdrawn')]",
    )
    retention_text = fields.Char("Retention Period", help="How long superseded versions are kept, with the article.")
    supersedes_id = fields.Many2one(
        "qms.document",
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="The document that this one replaces: it is withdrawn on the day this one comes into force.",
    )
    superseded_by_ids = fields.One2many("qms.document", "supersedes_id", "Superseded by")
    favourite_user_ids = fields.Many2many("res.users", "qms_document_favourite_rel", copy=False)
    subject_model = fields.Char(readonly=True, copy=False, help="Of a generated document: what it is about.")
    subject_id = fields.Many2oneReference(model_field="subject_model", readonly=True, copy=False)
    subject_label = fields.Char("Is about", readonly=True, copy=False)
    version_count = fields.Integer("Number of Versions", compute="_compute_version_count")
    proposal_count = fields.Integer("Open Proposals", compute="_compute_proposal_count")
    active = fields.Boolean(default=True)

    _code_company = models.UniqueIndex(
        "(code, company_id)", "Another document has this code already. Choose a new code or leave it empty."
    )
    _review_range = models.Constraint(
        "CHECK (review_months BETWEEN 0 AND 120)", "The review period must lie between 0 and 120 months."
    )
    # serves _generate: the document of a subject
    _subject = models.Index("(subject_model, subject_id) WHERE subject_model IS NOT NULL")

    # === CONSTRAINTS === #

    @api.constrains("supersedes_id")
    def _check_supersession(self):
        if self._has_cycle("supersedes_id"):
            raise ValidationError(
                self.env._("A document can't supersede itself, not by way of others either. Choose another document.")
            )

    @api.constrains("kind", "review_months")
    def _check_yearly(self):
        for document in self:
            if document.kind in ("policy", "manual") and not 1 <= document.review_months <= 12:
                raise ValidationError(
                    self.env._("Policy and manual are reviewed at least every 12 months. Enter 1 to 12 months.")
                )

    @api.constrains("type_id")
    def _check_external(self):
        # sudo: versions that the user may not see count, too
        if self.sudo().filtered(lambda document: document.kind == "external" and document.version_ids):
            raise ValidationError(
                self.env._("External acts have no versions of ours. Register the act as a document of its own.")
            )

    @api.constrains("is_published", "confidentiality")
    def _check_published(self):
        if self.filtered(lambda document: document.is_published and document.confidentiality != "public"):
            raise ValidationError(self.env._("Only a public document is shown on public pages. Make it public first."))

    # === COMPUTES === #

    @api.depends("code", "name")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.code} {document.name}" if document.code else document.name

    @api.depends("version_id", "version_ids.state", "kind", "valid_from", "valid_to")
    def _compute_state(self):
        for document in self:
            if document.kind == "external":
                document.state = document._act_state()
            elif document.version_id:
                document.state = "effective"
            elif "withdrawn" in document.version_ids.mapped("state"):
                document.state = "withdrawn"
            else:
                document.state = "draft"

    @api.depends("type_id")
    def _compute_review_months(self):
        for document in self:
            document.review_months = document.type_id.review_months

    @api.depends("date_reviewed", "version_id.date_effective", "review_months", "state")
    def _compute_date_review(self):
        for document in self:
            last = max(filter(None, (document.date_reviewed, document.version_id.date_effective)), default=False)
            counts = document.state == "effective" and document.review_months and last
            document.date_review = counts and last + relativedelta(months=document.review_months)

    @api.depends("version_ids")
    def _compute_version_count(self):
        counted = self.env["qms.document.version"]._read_group(
            [("document_id", "in", self.ids)], ["document_id"], ["__count"]
        )
        counts = {document.id: count for document, count in counted}
        for document in self:
            document.version_count = counts.get(document._origin.id, 0)

    @api.depends_context("uid")
    def _compute_proposal_count(self):
        states = ("proposed", "collected", "agreed", "accepted")
        counted = self.env["qms.document.proposal"]._read_group(
            [("document_id", "in", self.ids), ("state", "in", states)], ["document_id"], ["__count"]
        )
        counts = {document.id: count for document, count in counted}
        for document in self:
            document.proposal_count = counts.get(document._origin.id, 0)

    @api.model
    def _visible_domain(self):
        """Restricted documents are for those they are distributed to, their unit and who approves them."""
        return Domain.OR(
            [
                Domain("confidentiality", "!=", "restricted"),
                Domain("department_id.qms_headed_by_me", "=", True),
                Domain("department_id.qms_officer_ids.user_id", "=", self.env.uid),
                Domain("version_ids", "any", self.env["qms.document.version"]._mine_domain()),
                Domain("distribution_ids", "any", self.env["qms.document.distribution"]._mine_domain()),
            ]
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # Named explicitly, so that no default from a client's context slips in.
        by_method = self.env.context.get("qms_by_method") is _BY_METHOD
        born = {} if by_method else dict.fromkeys(BY_METHOD, False)
        defaults = {f"default_{name}" for name in COMPUTED}
        context = {key: value for key, value in self.env.context.items() if key not in defaults}
        self = self.with_context(context)  # noqa: PLW0642 as core does
        documents = super().create(
            [
                {
                    **{name: value for name, value in vals.items() if name not in COMPUTED},
                    "code": vals.get("code") or False,  # an empty code is none: two of them would be the same
                    **born,
                }
                for vals in vals_list
            ]
        )
        documents._check_links()
        documents.filtered(lambda document: not document.code)._number()
        return documents

    def write(self, vals):
        typed_in = (BY_METHOD | COMPUTED) & set(vals)
        if typed_in and self.env.context.get("qms_by_method") is not _BY_METHOD:
            names = ", ".join(self._fields[name]._description_string(self.env) for name in typed_in)
            raise UserError(self.env._("%s: this is filled in by the record's buttons.", names))
        self._check_stays(vals)
        before = self._linked() if self._link_fields() & set(vals) else None
        result = super().write(vals)
        if before is not None:
            self._check_links(before)
        return result

    def unlink(self):
        if any(version.state != "draft" for version in self.sudo().version_ids):  # sudo: all of them count
            raise UserError(
                self.env._("A document with versions that were decided on can't be deleted. Withdraw or archive it.")
            )
        self.version_ids.unlink()
        self.distribution_ids.unlink()
        return super().unlink()

    def _check_stays(self, vals):
        """Raise a UserError for changes that would take a document out of sight, or its versions to somebody else."""
        if vals.get("active") is False and self.filtered("version_id"):
            raise UserError(
                self.env._("“%s” is in force. Withdraw it before you archive it.", self.filtered("version_id")[0].name)
            )
        # sudo: a version that the user may not see comes into force all the same
        states = self.sudo().version_ids.mapped("state") if vals.get("active") is False else ()
        if "approved" in states:
            raise UserError(
                self.env._("An approved version waits for its day. Withdraw it before you archive the document.")
            )
        if "review" in states:
            raise UserError(
                self.env._(
                    "A version is being decided on. Have it returned or take it back before you archive the document."
                )
            )
        moved = self.filtered(lambda document: vals.get("company_id", document.company_id.id) != document.company_id.id)
        if moved.sudo().version_ids:  # sudo: all versions count
            raise UserError(self.env._("A document with versions stays with its authority. Register it there anew."))

    def _write_by_method(self, vals):
        # sudo: the calling method has checked the person, who needs no right to edit the document.
        self.sudo().with_context(qms_by_method=_BY_METHOD).write(vals)

    # === ACTIONS === #

    def action_new_version(self):
        """Open a draft of the next version: the open one if there is one, else a copy of what is in force.

        :return: a window action
        """
        self.ensure_one()
        draft = self._open_version() or self._new_version()
        return draft._form_action()

    def action_open_version(self):
        """Open the version in force.

        :return: a window action
        """
        self.ensure_one()
        return self.version_id._form_action()

    def action_open_versions(self):
        """Open all versions of the document that the user may read.

        :return: a window action
        """
        return self._open_related("qms_core.qms_document_version_action")

    def action_open_proposals(self):
        """Open what was proposed to change in the document.

        :return: a window action
        """
        return self._open_related("qms_core.qms_document_proposal_action")

    def action_propose_change(self):
        """Open a new change proposal about this document.

        :return: a window action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose a Change"),
            "res_model": "qms.document.proposal",
            "views": [(False, "form")],
            "context": {"default_document_id": self.id},
        }

    def _open_related(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "domain": [("document_id", "=", self.id)], "context": {"default_document_id": self.id}}

    # === BUSINESS METHODS === #

    def _number(self):
        """Give documents without a code the next one by the rule of their type."""
        drawn = {}
        for document in self:
            drawn.setdefault((document.company_id, document._code_parts()), []).append(document.id)
        for (company, (before, after, digits)), ids in drawn.items():
            # sudo: codes are counted over documents that the user may not see, archived ones included.
            like = f"{before}%{after}".replace("_", r"\_")
            taken = (
                self.sudo()
                .with_context(active_test=False)
                .search_fetch([("company_id", "=", company.id), ("code", "=like", like)], ["code"])
            )
            codes = document_code.codes(before, after, digits, taken.mapped("code"), len(ids))
            for document, code in zip(self.browse(ids), codes, strict=True):
                document.code = code

    def _code_parts(self):
        values = {
            "type": self.type_id.code,
            "unit": self.department_id.qms_code,
            "year": str(self.company_id._qms_today().year),
        }
        return document_code.split(self.type_id.number_pattern, values)

    def _put_in_force(self, version):
        """Make a version what the document says from now on; only for methods that have checked who may.

        :param version: an effective version of the document (``qms.document.version``), or an empty one
        """
        self.ensure_one()
        self._write_by_method({"version_id": version.id, "review_called": False})

    def _standing_version(self):
        """Return the last version that is decided: the approved one that waits for its day, else the one in force."""
        self.ensure_one()
        # sudo: all versions count, whoever asks
        document = self.sudo()
        waiting = document.version_ids.filtered(lambda version: version.state == "approved")
        return (waiting.sorted("number")[-1:] or document.version_id).with_env(self.env)

    def _open_version(self):
        """Return the version that is being prepared or decided on; empty when there is none."""
        self.ensure_one()
        # sudo: a draft that the user may not see yet is there all the same
        versions = self.sudo().version_ids.filtered(lambda version: version.state in ("draft", "review"))
        return versions[:1].with_env(self.env)

    def _new_version(self, vals=None):
        """Create the next draft version: a copy of the version in force, with values of its own.

        :param dict vals: values of the version
        :return: the draft
        """
        self.ensure_one()
        return self.env["qms.document.version"].create({"document_id": self.id, **(vals or {})})
