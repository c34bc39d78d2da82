from odoo import models
from odoo.exceptions import AccessError, UserError

# From the most open to the closest.
OPENNESS = ("public", "internal", "restricted")


class QmsDocument(models.Model):
    """What changes about a document once a version of it is decided on, and who may change it."""

    _inherit = "qms.document"

    # === CRUD === #

    def write(self, vals):
        self._check_decided(vals)
        result = super().write(vals)
        if "department_id" in vals:
            self.check_access("write")  # nobody gives a document to a unit whose documents he doesn't keep
        if vals.get("supersedes_id"):
            for document in self.filtered("version_id"):
                document.supersedes_id._withdraw_superseded(document)
        return result

    # === ACCESS === #

    def _check_decided(self, vals):
        """Raise an error for changes by which more would happen than those who approve have seen."""
        if self.env.su:
            return
        for document in self:
            # sudo: whether something is being decided on does not depend on who asks
            states = set(document.sudo().version_ids.mapped("state"))
            document._check_not_pending(vals, states)
            ends_another = vals.get("supersedes_id") and document._changes("supersedes_id", vals)
            if document.version_id and ends_another:
                self.env["qms.document.version"]._check_may_withdraw()
            if states - {"draft"} and document._opens(vals) and not self.env["qms.document.version"]._user_decides():
                raise AccessError(
                    self.env._(
                        "More people would read “%s” than those who approved it knew. Ask the chief quality "
                        "commissioner or top management to publish it or to change its access.",
                        document.display_name,
                    )
                )

    def _check_not_pending(self, vals, states):
        pending = {"review", "approved"} & states
        if pending and any(name in vals and self._changes(name, vals) for name in ("supersedes_id", "type_id")):
            raise UserError(
                self.env._(
                    "A version of “%s” is being decided on or waits for its day, so type and superseded document stay. "
                    "Return or withdraw that version first.",
                    self.display_name,
                )
            )

    def _changes(self, name, vals):
        return self[name].id != (vals[name] or False)

    def _opens(self, vals):
        """Tell whether values make the document readable for more people."""
        published = vals.get("is_published") and not self.is_published
        closed = OPENNESS[OPENNESS.index(self.confidentiality) :]
        return published or vals.get("confidentiality", self.confidentiality) not in closed

    # === BUSINESS METHODS === #

    def _check_alive(self):
        """Raise a UserError for documents of which no version comes into force any more."""
        for document in self.sudo():  # sudo: what replaced it may be for others
            if not document.active or "effective" in document.superseded_by_ids.mapped("state"):
                raise UserError(
                    self.env._(
                        "“%s” is archived or was replaced by another document, so no version of it comes into force. "
                        "Restore it, or make a version of the document that replaced it.",
                        document.display_name,
                    )
                )

    def _withdraw_superseded(self, successor):
        """End these documents, also what of them is still to come: the one that supersedes them is in force.

        :param successor: ``qms.document``
        """
        for document in self.sudo():  # sudo: who may end it was asked when the successor was approved
            said = document._in_own_language()
            reason = said.env._("Superseded by %s.", successor.display_name)
            versions = document.version_ids
            versions.filtered(lambda version: version.state == "review")._give_back(reason)
            for version in versions.filtered(lambda version: version.state in ("approved", "effective")):
                version._withdraw(reason)

    def _route_of_type(self):
        """Return the places that the types of these documents begin with, in their authorities."""
        return self.env["qms.document.type.approver"].search_fetch(
            [("type_id", "in", self.type_id.ids), ("company_id", "in", self.company_id.ids)]
        )

    def _in_own_language(self):
        """Return the document in an environment of its own language, where that is still installed."""
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        return self.with_context(lang=self.lang) if self.lang in installed else self
