from collections import Counter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .mail_activity import DUTY


class QmsDay(models.AbstractModel):
    """The day of the people whom somebody leads: names and deadlines of their duties, and who has how many.

    Only duties of the quality system, never their other activities; of confidential records only those that the
    head himself may read.
    """

    _inherit = "qms.day"

    @api.model
    def _team(self, units):
        """Return the people of units and of all units below, without the user himself (``hr.employee``, as sudo).

        :param units: ``hr.department``
        """
        # sudo: who works in the units is read from the staff records; only names and positions leave.
        return (
            self.env["hr.employee"]
            .sudo()
            .search_fetch(
                [
                    ("department_id", "child_of", units.ids),
                    ("company_id", "in", self.env.companies.ids),
                    ("user_id", "!=", self.env.uid),
                ],
                ["name", "user_id", "job_title", "department_id"],
                order="name, id",
            )
        )

    @api.model
    def _team_domain(self, team):
        return (
            Domain("user_id", "in", team.user_id.ids)
            & Domain("activity_type_id", "=", self.env["ir.model.data"]._xmlid_to_res_id(DUTY))
            & Domain("qms_company_id", "in", self.env.companies.ids)
            & self._named_domain()
        )

    @api.model
    def _check_leads(self, scope, person_id):
        if not scope["team"] or person_id not in scope["team"].user_id.ids:
            raise AccessError(
                self.env._("You see the duties of the people in the units that you lead. This person is not one.")
            )

    @api.model
    def _people_load(self, scope, rows):
        """Return the load of the team: dicts by person, the latest first.

        ``id`` is the person's user, False for who has no login and so is called to nothing.
        """
        if scope["team"] is False:
            return []
        counts = Counter()
        for user, _verb, section, count in rows:
            counts[user.id, section] += count
        people = [
            {
                "id": person.user_id.id,
                "key": person.id,
                "name": person.name,
                "job": person.job_title or person.department_id.name or "",
                **{section: counts[person.user_id.id, section] for section in ("late", "today", "week", "later")},
            }
            for person in scope["team"]
        ]
        for person in people:
            person["open"] = person["late"] + person["today"] + person["week"] + person["later"]
        return sorted(people, key=lambda person: (not person["id"], -person["late"], -person["open"]))

    @api.model
    def _team_line(self, activity_id):
        """Return the activity of a line of the team's page, with the user's own rights."""
        scope = self._scope("team", False)
        line = Domain("id", "=", activity_id)
        activity = self._activities().search(scope["domain"] & line) if scope["whose"] == "team" else None
        if not activity:
            raise UserError(self._gone_message())
        return activity
