import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

# The identity of an object can't be sent over RPC (the device of account's BYPASS_LOCK_CHECK).
_TRANSITION = object()


class QmsFrozenMixin(models.AbstractModel):
    """States that only methods change, and records that nobody changes any more.

    A concrete model defines ``state`` and says by class attributes which state is the first and which are
    frozen. Frozen records are superseded, withdrawn or reopened by named transitions, never edited: the
    gate stands in ``_check_access`` (so attachments and binary fields, which ask their record, respect it)
    and in ``write``/``unlink`` (so code that runs as superuser respects it too).
    """

    _name = "qms.frozen.mixin"
    _description = "Record with states and frozen contents"
    _mail_post_access = "read"  # comments on a frozen record stay possible

    _state_initial = "draft"
    _frozen_states = ()
    # What may change although the record is frozen: bookkeeping of the chatter, never contents.
    _frozen_writable = frozenset({"message_main_attachment_id", "message_follower_ids", "message_ids", "activity_ids"})
    # What the record's own steps leave behind (who approved, when): nobody types it in.
    _by_method = frozenset()
    # Models whose frozen contents enter the checksum chain define `_seal_content`.
    _sealed = False
    # The form of these contents. A model that seals otherwise than an earlier release raises it and still tells
    # the earlier form in `_seal_content_before`: each link is compared in the form it was made in.
    _seal_schema = 1

    seal_checksum = fields.Char("Checksum", compute="_compute_seal_checksum")

    # === COMPUTES === #

    def _compute_seal_checksum(self):
        for record in self:
            # Only what is frozen: a record of a reinstalled addon may have the number of an older one.
            frozen = record._sealed and record._origin._frozen()
            record.seal_checksum = record.env["qms.seal"]._link_of(frozen).checksum if frozen else False

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_transition():
            context = {key: value for key, value in self.env.context.items() if key != "default_state"}
            self = self.with_context(context)  # noqa: PLW0642 as core does
            if any(vals.get("state", self._state_initial) != self._state_initial for vals in vals_list):
                raise UserError(
                    self.env._("A new record starts in its first state. Create it first, then use its buttons.")
                )
            # Named explicitly, so that no default from a client's context slips in.
            born = self._born_vals()
            vals_list = [{**vals, **born} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self._in_transition():
            self._check_not_frozen(vals)
        return super().write(vals)

    def unlink(self):
        # Not @api.ondelete(at_uninstall=False): a client may send that flag as context.
        if self._frozen() and not (self.env.su and self.env.context.get(MODULE_UNINSTALL_FLAG)):
            raise UserError(self._frozen_message())
        return super().unlink()

    # === ACCESS === #

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation not in ("write", "unlink") or self._in_transition():
            return result
        frozen = self._frozen()
        if frozen:
            return frozen.with_env(self.env), lambda: AccessError(self._frozen_message())
        return result

    def _in_transition(self):
        return self.env.context.get("qms_transition") is _TRANSITION

    def _frozen(self):
        """Return those of the records whose contents nobody may change."""
        # sudo: whether a record is frozen must not depend on who asks.
        return self.sudo().filtered(lambda record: record.state in record._frozen_states)

    def _frozen_message(self):
        return self.env._(
            "This record is closed or approved, so its contents can't be changed or deleted. "
            "Use its buttons to reopen or replace it."
        )

    def _check_state(self, *states):
        """Raise a UserError unless the record is in one of the states; for transitions to begin with."""
        self.ensure_one()
        self.check_access("read")
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(record)s is in stage “%(stage)s”, where this step is not possible.",
                    record=self.display_name,
                    stage=labels[self.state],
                )
            )

    @api.model
    def _born_vals(self):
        """Hook: return what a new record has in the fields that only its steps fill in."""
        return dict.fromkeys(self._by_method, False)

    def _check_not_frozen(self, vals):
        if self._by_method & set(vals):
            names = ", ".join(self._fields[name]._description_string(self.env) for name in self._by_method & set(vals))
            raise UserError(self.env._("%s: this is filled in by the record's buttons.", names))
        if "state" in vals and any(record.state != vals["state"] for record in self):
            raise UserError(self.env._("The state can't be edited. Use the buttons of the record."))
        if set(vals) - self._frozen_writable and self._frozen():
            raise UserError(self._frozen_message())

    # === BUSINESS METHODS === #

    def _transition(self, vals):
        """Write a new state (and what goes with it) past the gates; seal what becomes frozen by it.

        Only for methods that have checked who may and what is missing.

        :param dict vals: values to write, ``state`` among them
        """
        # sudo: the calling method has checked the person; people have no write right to the target state.
        moved = self.with_context(qms_transition=_TRANSITION).sudo()
        thawed = moved.filtered(lambda record: record.state not in record._frozen_states)
        moved.write(vals)
        if self._sealed:
            (thawed & moved._frozen())._seal()

    def _seal(self):
        for record in self:
            company = record.company_id or record.env.company
            record.env["qms.seal"]._append(company, record, record._seal_text())

    @api.model
    def _seal_anew(self):
        """Seal in the present form what an earlier release sealed in another one; called by an update.

        From then on a new code or name, which the earlier form held, raises no alarm. Only what still is as it was
        sealed: a change is not covered up. The former links stay in the chain.
        """
        for model in self._sealed_models():
            # sudo: an update is the system's business.
            records = model.sudo().with_context(active_test=False)
            for record in records.search([("state", "in", list(model._frozen_states))], order="id"):
                link = record.env["qms.seal"]._link_of(record)
                earlier = link and json.loads(link.content)["schema"] < model._seal_schema
                if earlier and record._is_as_sealed(link):
                    record._seal()

    def _seal_text(self, schema=None):
        """Return the canonical text of the record: JSON with sorted keys, UTF-8.

        :param int schema: the form of its contents; by default the present one
        """
        self.ensure_one()
        schema = schema or self._seal_schema
        record = self.with_context(active_test=False)  # who is archived later was part of it all the same
        content = record._seal_content() if schema == self._seal_schema else record._seal_content_before(schema)
        return json.dumps(
            {"schema": schema, "model": self._name, **content},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=str,
        )

    def _seal_content(self):
        """Hook: return the contents that must never change once frozen, as plain data (files as digests)."""
        raise NotImplementedError(f"{self._name} is sealed and must say what its contents are.")

    def _seal_content_before(self, schema):
        """Hook: return the contents in the form that an earlier release sealed."""
        raise NotImplementedError(f"{self._name} has no form {schema} of its sealed contents.")

    def _verify(self):
        """Return a sentence per frozen record whose contents differ from what was sealed."""
        problems = []
        for record in self._frozen() if self._sealed else self.browse():
            link = record.env["qms.seal"]._link_of(record)
            if not link:
                problems.append(self.env._("%s is frozen but has no checksum.", record.display_name))
            elif not record._is_as_sealed(link):
                problems.append(self.env._("The contents of %s differ from what was approved.", record.display_name))
        return problems

    def _is_as_sealed(self, link):
        sealed = json.loads(link.content)
        return self._same_content(sealed, json.loads(self._seal_text(sealed["schema"])))

    @api.model
    def _same_content(self, sealed, current):
        """Compare by the keys that were sealed: a later release may seal more than this record had."""
        if isinstance(sealed, dict) and isinstance(current, dict):
            return all(key in current and self._same_content(sealed[key], current[key]) for key in sealed)
        if isinstance(sealed, list) and isinstance(current, list):
            return len(sealed) == len(current) and all(
                self._same_content(*pair) for pair in zip(sealed, current, strict=True)
            )
        return sealed == current

    def action_verify(self):
        """Compare the records with the checksum chain and tell the result.

        :return: a client action that shows the result
        :raises AccessError: for records that the user may not read
        :raises UserError: if something differs
        """
        self.check_access("read")
        problems = self._verify()
        for company in self.mapped("company_id"):
            problems += self.env["qms.seal"]._verify_chain(company)
        if problems:
            raise UserError("\n".join(problems))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The contents are what was approved, and the checksum chain is whole."),
            },
        }

    @api.model
    def _sealed_models(self):
        return [
            model
            for model in self.env.values()
            if not model._abstract and "seal_checksum" in model._fields and model._sealed
        ]

    @api.model
    def verify_all(self):
        """Verify every chain and every frozen record (after a restore, and each night).

        :return: a sentence per problem of the whole database for an administrator, of his own authorities for a
            commissioner; an empty list when all is well
        :rtype: list[str]
        :raises AccessError: if somebody else asks
        """
        user = self.env.user
        if self.env.su or user._is_system():
            companies = self._verified_companies()
        elif user.has_group("qms_core.group_commissioner"):
            companies = user.company_ids
        else:
            raise AccessError(self.env._("Only the chief quality commissioner may verify all authorities' records."))
        return [problem for company in companies for problem in self._verify_company(company)]

    @api.model
    def _verified_companies(self):
        # sudo: the check covers every company of the database.
        return self.env["res.company"].sudo().with_context(active_test=False).search([])

    @api.model
    def _verify_company(self, company):
        """Return a sentence per problem with the chain and the frozen records of an authority."""
        problems = self.env["qms.seal"]._verify_chain(company)
        for model in self._sealed_models():
            # sudo: the check must see the contents whoever asks.
            records = model.sudo().with_context(active_test=False)
            frozen = [("company_id", "=", company.id), ("state", "in", list(model._frozen_states))]
            problems += records.search(frozen)._verify()
        return problems

    @api.model
    def _cron_verify(self):
        """Tell the commissioners of an authority when a record of it was changed behind the system's back."""
        caller = self.env["qms.activity.mixin"]
        for company in self._verified_companies():
            problems = self._verify_company(company)
            if problems:
                commissioners = caller._users_of("qms_core.group_commissioner", company)
                caller._notify_users(commissioners, self.env._("The checksum chain is broken"), "\n".join(problems))
