import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...lib.contact import contact_key
from ...lib.personal_archive import build_archive


class FeedbackPrivacyRequest(models.Model):
    """A person asks what is kept about him, or that it be removed.

    He is found by his e-mail address or phone number; appeals in which he gave neither, the manager names. Both are
    forgotten as soon as the request is answered. What can't be brought back, two people do: one proposes the removal,
    another one carries it out.
    """

    _name = "feedback.privacy.request"
    _description = "Request about Personal Data"
    _inherit = ["qms.frozen.mixin", "qms.number.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "number"
    _state_initial = "new"
    # Whom a proposed removal is about stays as it was proposed.
    _frozen_states = ("proposed", "done", "refused")
    _by_method = frozenset(
        {"proposed_by_id", "done_by_id", "date_done", "removed_count", "kept_count", "refusal_reason"}
    )
    _number_prefix = "PD"
    _reason_methods = ("action_refuse",)

    company_id = fields.Many2one(
        "res.company", "Authority", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [("export", "What is kept about me"), ("erasure", "Remove my data")], "Asked", required=True, default="export"
    )
    date_asked = fields.Date("Asked on", required=True, default=lambda self: self.env.company._qms_today())
    contact = fields.Char(
        copy=False, help="E-mail address or phone number. It is forgotten when the request is answered."
    )
    appeal_ids = fields.Many2many(
        "feedback.appeal",
        "feedback_privacy_request_appeal_rel",
        string="Appeals without a Contact",
        copy=False,
        check_company=True,
        domain="[('company_id', '=', company_id), ('date_anonymised', '=', False)]",
        help="In which the person gave a name and a postal address only. Compare both with the person before you "
        "choose one. Whose they were is forgotten when the request is answered.",
    )
    identity_check = fields.Text(
        "How the Person was identified",
        required=True,
        help="Whoever asks must be who the data are about. Name the check (passport shown, call back…), no numbers of "
        "documents.",
    )
    state = fields.Selection(
        [("new", "New"), ("proposed", "Removal proposed"), ("done", "Answered"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="new",
        copy=False,
        index=True,
    )
    found = fields.Text("What is kept", compute="_compute_found")
    archive = fields.Binary("Archive for the Person", compute="_compute_archive")
    archive_name = fields.Char(compute="_compute_archive")
    proposed_by_id = fields.Many2one("res.users", "Removal proposed by", readonly=True, copy=False)
    done_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)
    date_done = fields.Date("Answered on", readonly=True, copy=False)
    removed_count = fields.Integer("Removed", readonly=True, copy=False)
    kept_count = fields.Integer(
        "Kept", readonly=True, copy=False, help="Of appeals that still wait for their answer, the data are needed."
    )
    refusal_reason = fields.Text("Why it was refused", readonly=True, copy=False)

    # === CONSTRAINTS === #

    @api.constrains("contact", "appeal_ids", "state")
    def _check_contact(self):
        for request in self:
            is_named = request.appeal_ids and not request.contact
            if request.state in ("new", "proposed") and not (is_named or contact_key(request.contact)):
                raise ValidationError(
                    self.env._(
                        "A person is found by an e-mail address or a phone number. Enter one of them, or choose the "
                        "appeals in which he gave neither."
                    )
                )

    # === COMPUTES === #

    @api.depends("contact", "appeal_ids", "company_id")
    @api.depends_context("lang")
    def _compute_found(self):
        privacy = self.env["feedback.privacy"]
        for request in self:
            counts = {name: len(records) for name, records in request._told().items()}
            request.found = privacy._counts_text(counts) if request._names_somebody() else False

    @api.depends("contact", "appeal_ids", "company_id", "state")
    def _compute_archive(self):
        for request in self:
            request.archive_name = f"{request.number}.zip"
            is_ready = request.kind == "export" and request.state == "new" and request._may_act()
            # Nothing leaves that the log doesn't tell: whoever asks for the file past the button gets none.
            is_ready = is_ready and request._is_noted()
            request.archive = base64.b64encode(request._pack()) if is_ready and request._names_somebody() else False

    # === ACCESS === #

    def _may_act(self):
        return self.env.user.has_group("citizen_feedback.group_feedback_manager")

    def _check_may_act(self):
        self.check_access("read")
        if not self._may_act():
            raise AccessError(self.env._("Only a feedback manager answers requests about personal data."))

    def _is_noted(self):
        # sudo: whether it was noted, whoever asks
        log = self.env["feedback.privacy.log"].sudo()
        return bool(log.search_count([("request_id", "=", self._origin.id), ("kind", "=", "export")], limit=1))

    # === ACTIONS === #

    def action_download(self):
        """Pack what is kept about the person, for him.

        :return: the action that downloads the archive
        """
        self.ensure_one()
        self._check_step("export", "new")
        found = self._told()
        if not found:
            raise UserError(
                self.env._("Nothing is kept under this contact. Tell the person so, and close the request.")
            )
        self.env["feedback.privacy.log"]._note(
            self.company_id, "export", {name: len(records) for name, records in found.items()}, self
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/archive?download=true&filename_field=archive_name",
            "target": "self",
        }

    def action_answer(self):
        """Close requests whose person was told what is kept about him."""
        for request in self:
            request._check_step("export", "new")
            request._finish({"state": "done"})

    def action_propose(self):
        """Propose to remove what is kept about the person."""
        for request in self:
            request._check_step("erasure", "new")
            if not request._find():
                raise UserError(
                    self.env._("Nothing is kept under this contact, so there is nothing to remove. Refuse the request.")
                )
            request._transition({"state": "proposed", "proposed_by_id": self.env.uid})

    def action_erase(self):
        """Remove what is kept about the person; by another feedback manager than who proposed it."""
        for request in self:
            request._check_step("erasure", "proposed")
            if request.proposed_by_id == self.env.user:
                raise AccessError(
                    self.env._("You proposed this removal yourself. Another feedback manager has to carry it out.")
                )
            removed, kept = request._erase()
            self.env["feedback.privacy.log"]._note(request.company_id, "erasure", removed, request)
            request._finish({"state": "done", "removed_count": sum(removed.values()), "kept_count": kept})

    def action_refuse(self, reason=None):
        """Refuse requests: the person is not who he says he is, or the law forbids the removal.

        :param str reason: why; without it a dialog asks
        """
        if not reason:
            return self.env["qms.reason.wizard"]._ask(
                self, "action_refuse", self.env._("Why is the request refused? Name nobody here.")
            )
        for request in self:
            request._check_may_act()
            request._check_state("new", "proposed")
            request._finish({"state": "refused", "refusal_reason": reason})
        return True

    # === BUSINESS METHODS === #

    def _check_step(self, kind, state):
        self._check_may_act()
        self._check_state(state)
        if self.kind != kind:
            raise UserError(self.env._("%s asks for something else. Look at what the person asked.", self.display_name))

    def _names_somebody(self):
        return bool(self.contact or self.appeal_ids)

    def _find(self):
        """Return what is kept about the person: ``{model name: records}``, as the system."""
        self.ensure_one()
        found = self.env["feedback.privacy"]._find(self.company_id, self.contact)
        # Only those that the manager may read: naming a number must not open a confidential appeal.
        named = self.appeal_ids._filtered_access("read").sudo()  # sudo: as in _personal_all
        if named:
            found[named._name] = found.get(named._name, named) | named
        return found

    def _told(self):
        """Return that of ``_find`` which the manager may read: what he hands out, he can open himself.

        An appeal about corruption, or about himself, would lie open to who knows its author's address. Its author
        reads it by his receipt, and is told by who may.
        """
        told = {
            name: records.browse(records.sudo(False)._filtered_access("read").ids)
            for name, records in self._find().items()
        }
        return {name: records for name, records in told.items() if records}

    def _pack(self):
        sections, files = {}, []
        for records in self._told().values():
            sections[records._description_text()] = records._personal_rows()
            files += records._personal_files()
        return build_archive(sections, files)

    def _erase(self):
        """Remove what may be removed.

        :return: ``{model name: number removed}`` and the number of records kept
        """
        removed, kept = {}, 0
        for name, records in self._find().items():
            closed = records.filtered_domain(records._personal_closed_domain())
            closed._anonymise(on_request=True)
            removed[name] = len(closed)
            kept += len(records) - len(closed)
        return removed, kept

    def _finish(self, vals):
        # The contact was needed to find the person; from now on nobody needs to know who he was.
        self._transition(
            {
                **vals,
                "contact": False,
                "appeal_ids": [(5,)],
                "done_by_id": self.env.uid,
                "date_done": self.company_id._qms_today(),
            }
        )
