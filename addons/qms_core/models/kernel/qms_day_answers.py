from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class QmsDay(models.AbstractModel):
    """ "My quality": beside the duties of the day, what a person answers for and what he may report.

    Rooms and addons add theirs by extending ``_answers_for`` and ``_may_report``. The page asks for this by a call
    of its own, after the duties stand; what there is to answer for is counted in one query, however many kinds.
    """

    _inherit = "qms.day"

    # === FOR THE PAGE === #

    @api.model
    def get_answers(self):
        """Return what the user answers for and may report, as plain data.

        :return: dict of ``groups`` (``key``, ``label``, ``icon``, ``count``; only those with any) and ``reports``
            (``key``, ``label``, ``icon``)
        """
        kinds = self._answers_for(self._own_roles())
        counts = self._answer_counts(kinds)
        groups = [{**self._entry(key, kinds[key]), "count": counts[key]} for key in self._in_order(kinds)]
        reports = self._may_report()
        return {
            "groups": [group for group in groups if group["count"]],
            "reports": [self._entry(key, reports[key]) for key in self._in_order(reports)],
        }

    @api.model
    def open_answers(self, key):
        """Return the action that shows what the user answers for of one kind: the list, or the only record.

        :param str key: of the kind, as ``get_answers`` told it
        :raises UserError: if there is no such kind
        """
        kind = self._of_key(self._answers_for(self._own_roles()), key)
        found = self.env[kind["model"]].search(kind["domain"], limit=2)
        action = self.env["ir.actions.act_window"]._for_xml_id(kind["action"])
        action |= {"name": kind["label"], "display_name": kind["label"], "domain": list(kind["domain"]), "context": {}}
        if len(found) == 1:
            action |= {"res_id": found.id, "views": [(False, "form")], "view_mode": "form"}
        return action

    @api.model
    def open_report(self, key):
        """Return the action by which the user reports something.

        :param str key: of what is reported, as ``get_answers`` told it
        :raises UserError: if there is no such kind
        """
        report = self._of_key(self._may_report(), key)
        return {**self.env["ir.actions.act_window"]._for_xml_id(report["action"]), "target": "new"}

    # === HOOKS === #

    @api.model
    def _answers_for(self, roles):
        """Hook: return the kinds of records that somebody may answer for.

        :param roles: the roles that the user holds today (``qms.role``)
        :return: ``{key: {sequence, label, icon, model, domain, action}}``; the ``domain`` finds those of the user,
            the ``action`` is the XML id of the window that shows them
        :rtype: dict
        """
        return {
            "roles": {
                "sequence": 10,
                "label": self.env._("Roles"),
                "icon": "fa-id-badge",
                "model": "qms.role",
                "domain": Domain("id", "in", roles.ids),
                "action": "qms_core.qms_role_action",
            }
        }

    @api.model
    def _may_report(self):
        """Hook: return what everybody may report.

        :return: ``{key: {sequence, label, icon, action}}``; the ``action`` is the XML id of a window
        :rtype: dict
        """
        return {}

    # === BUSINESS METHODS === #

    @api.model
    def _own_roles(self):
        """Return the roles that the user holds today, for good or acting for somebody (``qms.role``)."""
        # sudo: who holds a role is told by staff records; only the user's own are asked for.
        rows = self.env["qms.role.holder"].sudo()
        own = rows._mine_domain("permanent", "acting") & Domain("company_id", "in", self.env.companies.ids)
        return rows.search_fetch(own, ["role_id"]).role_id.with_env(self.env)

    @api.model
    def _answer_counts(self, kinds):
        """Return how many records of each kind the user answers for, by key."""
        queries = {
            key: self.env[kind["model"]]._search(kind["domain"])
            for key, kind in kinds.items()
            if self.env[kind["model"]].has_access("read")
        }
        # One query over several models, which the ORM has no call for; their record rules are in it.
        selects = [
            query.select(SQL("%s", key), SQL("COUNT(*)")) for key, query in queries.items() if not query.is_empty()
        ]
        found = dict(self.env.execute_query(SQL(" UNION ALL ").join(selects))) if selects else {}
        return {key: found.get(key, 0) for key in kinds}

    @api.model
    def _in_order(self, entries):
        return sorted(entries, key=lambda key: (entries[key]["sequence"], key))

    @api.model
    def _entry(self, key, values):
        return {"key": key, "label": values["label"], "icon": values["icon"]}

    @api.model
    def _of_key(self, entries, key):
        if key not in entries:
            raise UserError(self.env._("This is no longer part of the system. Load the page again."))
        return entries[key]
