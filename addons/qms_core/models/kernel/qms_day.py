from collections import Counter
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .mail_activity import DUTY

# Lines of a section that are sent at once; the rest on demand, and at most so many again when the page is renewed.
LINES = 40
RENEWED = 400
SECTIONS = ("late", "today", "week", "later")


class QmsDay(models.AbstractModel):
    """ "My day": all that calls a person to act, of all addons, on one page.

    Each activity is a line. Counts come from one grouped query and lines from one query per section, however
    much there is to do: what a line shows is stored on its activity, the records behind are not read.
    """

    _name = "qms.day"
    _description = "My Day"

    # === FOR THE PAGE === #

    @api.model
    def get_day(self, whose="mine", person_id=False, verb=False, text=False, shown=None):
        """Return the page as plain data.

        :param str whose: ``mine``, or ``team`` for the people that the user leads
        :param int person_id: of the team, only this user
        :param str verb: only what asks this
        :param str text: only lines with this text in them
        :param dict shown: ``{section: lines}`` that the page shows already, where it asked for more
        :return: dict of ``today``, ``leads`` (whether there is a team), ``verbs`` (``[key, label, count]``),
            ``sections`` (``key``, ``count``, ``lines``), and for the team ``people`` with their load
        :raises AccessError: for a person whom the user does not lead
        """
        scope = self._scope(whose, text)
        # A page that remembers a person is still shown to who no longer leads anybody.
        person_id = scope["whose"] == "team" and person_id
        rows = self._counted(scope)
        chosen = [row for row in rows if not person_id or row[0].id == person_id]
        narrow = self._narrowed(scope, person_id, verb)
        wanted = [row for row in chosen if not verb or row[1] == verb]
        return {
            "whose": scope["whose"],
            "leads": bool(scope["units"]),
            "today": self.env.company._qms_today(),
            "verbs": self._verbs(chosen),
            "sections": self._sections(narrow, wanted, scope, shown or {}),
            "people": self._people_load(scope, rows),
        }

    @api.model
    def get_lines(self, section, offset, whose="mine", person_id=False, verb=False, text=False):
        """Return further lines of a section.

        :param str section: late, today, week or later
        :param int offset: how many the page has already
        :return: list of lines, as in ``get_day``
        """
        scope = self._scope(whose, text)
        person_id = scope["whose"] == "team" and person_id  # as in get_day
        found = self._found(self._narrowed(scope, person_id, verb), section, scope, offset=offset)
        return list(self._lines(found, scope).values())

    @api.model
    def complete(self, activity_id, method):
        """Do what the button of a line says, as the user: the record's own gates decide.

        :param int activity_id: the line
        :param str method: one of the line's buttons
        :return: the action of a dialog that is still to be filled in, or False
        :raises UserError: if the line is gone, or the record refuses
        """
        activity = self._own_line(activity_id)
        if method not in dict(self._buttons(activity)):
            raise UserError(self.env._("This can't be done from here. Open the record."))
        if not method:
            activity.action_done()
            return False
        record = self.env[activity.res_model].browse(activity.res_id)
        record.check_access("read")
        result = getattr(record, method)()
        # A page that the record would open next is not asked for here; a dialog is.
        return result if isinstance(result, dict) and result.get("target") == "new" else False

    @api.model
    def open_line(self, activity_id, whose="mine"):
        """Return the action that opens the record of a line.

        :raises UserError: if the line is gone, or the user may see no more of the record than its name
        """
        activity = self._own_line(activity_id) if whose == "mine" else self._team_line(activity_id)
        if not activity.res_model or activity.res_model not in self.env:
            return activity.action_open_document()
        record = self.env[activity.res_model].browse(activity.res_id).exists()
        if not record:
            raise UserError(self._gone_message())
        if not record.has_access("read"):
            raise UserError(
                self.env._("You may see the name and the deadline of this, not its contents. Ask who answers for it.")
            )
        return record.get_formview_action()

    # === SCOPE === #

    @api.model
    def _scope(self, whose, text):
        """Return whose activities are shown: a dict of ``whose``, the ``units`` that the user leads, his ``team``
        (False for his own day), its ``names`` by user, the ``domain`` and the ``days`` it is."""
        units = self.env["hr.department"]._headed_by(self.env.user)
        whose = whose if units else "mine"
        team = whose == "team" and self._team(units)
        domain = self._team_domain(team) if team is not False else self._own_domain()
        if text and text.strip():
            domain &= self._text_domain(text.strip(), whose)
        names = {person.user_id.id: person.name for person in team or ()}
        return {
            "whose": whose,
            "units": units,
            "team": team,
            "names": names,
            "domain": domain,
            "days": self._days(),
        }

    @api.model
    def _own_domain(self):
        companies = [False, *self.env.companies.ids]
        return Domain("user_id", "=", self.env.uid) & Domain("qms_company_id", "in", companies)

    @api.model
    def _text_domain(self, text, whose):
        # Not by names that are not shown: a search would find them out letter by letter.
        named = Domain("res_name", "ilike", text) & self._named_domain()
        return named | Domain("user_id.name" if whose == "team" else "summary", "ilike", text)

    @api.model
    def _confidential(self):
        """Return ``{model: domain}`` of the records whose name is only for those who may read them."""
        mixin = self.env.registry["qms.activity.mixin"]
        models_ = (model for model in self.env.values() if not model._abstract and isinstance(model, mixin))
        domains = {model._name: model._confidential_domain() for model in models_}
        return {name: domain for name, domain in domains.items() if not domain.is_false()}

    @api.model
    def _named_domain(self):
        """Return the domain of activities whose records are not confidential, as they are now."""
        return Domain.AND(
            ~(Domain("res_model", "=", name) & Domain("res_id", "in", self._all_of(name)._search(domain)))
            for name, domain in self._confidential().items()
        )

    @api.model
    def _all_of(self, name):
        # sudo: which records are confidential must not depend on who asks; no more than that is looked up.
        return self.env[name].sudo().with_context(active_test=False)

    @api.model
    def _narrowed(self, scope, person_id, verb):
        domain = scope["domain"]
        if person_id:
            self._check_leads(scope, person_id)
            domain &= Domain("user_id", "=", person_id)
        return domain & Domain("qms_verb", "=", verb) if verb else domain

    @api.model
    def _activities(self):
        # sudo: domains here are the user's own activities, or names and deadlines of those of the people he leads;
        # Odoo would read each record behind them to find out whether he may.
        return self.env["mail.activity"].sudo()

    # === DAYS === #

    @api.model
    def _days(self):
        """Return ``{today: ids of authorities}``: not all need have the same day at this moment."""
        days = {}
        for company in self.env.companies:
            days.setdefault(company._qms_today(), []).append(company.id)
        days.setdefault(self.env.company._qms_today(), []).append(False)
        return days

    @api.model
    def _week_end(self, today):
        """Return the last day of the week of a day, by the user's language."""
        start = int(self.env["res.lang"]._get_data(code=self.env.lang or "en_US").week_start or 1)
        last = (start - 1) or 7
        return today + timedelta(days=(last - today.isoweekday()) % 7)

    @api.model
    def _section_of(self, day, today):
        if day < today:
            return "late"
        if day == today:
            return "today"
        return "week" if day <= self._week_end(today) else "later"

    @api.model
    def _section_domain(self, section, days):
        return Domain.OR(
            Domain("qms_company_id", "in", companies)
            & {
                "late": Domain("date_deadline", "<", today),
                "today": Domain("date_deadline", "=", today),
                "week": Domain("date_deadline", ">", today) & Domain("date_deadline", "<=", self._week_end(today)),
                "later": Domain("date_deadline", ">", self._week_end(today)),
            }[section]
            for today, companies in days.items()
        )

    # === COUNTS AND LINES === #

    @api.model
    def _counted(self, scope):
        """Return the counts that all figures of the page come from: ``[(user, verb, section, count)]``."""
        today_of = {company: today for today, companies in scope["days"].items() for company in companies}
        counts = Counter()
        groups = ["user_id", "qms_verb", "qms_company_id", "date_deadline:day"]
        for user, verb, company, day, count in self._activities()._read_group(scope["domain"], groups, ["__count"]):
            counts[user, verb, self._section_of(day, today_of[company.id])] += count
        return [(*key, count) for key, count in counts.items()]

    @api.model
    def _verbs(self, rows):
        counts = Counter()
        for _user, verb, _section, count in rows:
            counts[verb] += count
        labels = self.env["mail.activity"]._fields["qms_verb"]._description_selection(self.env)
        return [[key, label, counts[key]] for key, label in labels if counts[key]]

    @api.model
    def _sections(self, domain, rows, scope, shown):
        counts = Counter()
        for _user, _verb, section, count in rows:
            counts[section] += count
        found = {
            section: self._found(domain, section, scope, limit=min(max(shown.get(section, 0), LINES), RENEWED))
            for section in SECTIONS
            if counts[section]
        }
        lines = self._lines(self._activities().union(*found.values()), scope)
        return [
            {"key": section, "count": counts[section], "lines": [lines[row.id] for row in rows]}
            for section, rows in found.items()
        ]

    @api.model
    def _found(self, domain, section, scope, offset=0, limit=LINES):
        """Return the activities of a section."""
        return self._activities().search_fetch(
            domain & self._section_domain(section, scope["days"]),
            self._line_fields(scope),
            offset=offset,
            limit=limit,
            order="date_deadline, id",
        )

    @api.model
    def _lines(self, activities, scope):
        """Return ``{id: line}`` of activities."""
        hidden = self._hidden(activities)
        today_of = {company: today for today, companies in scope["days"].items() for company in companies}
        return {
            activity.id: self._line(activity, scope, today_of[activity.qms_company_id.id], activity in hidden)
            for activity in activities
        }

    @api.model
    def _line_fields(self, scope):
        names = ["res_model", "res_id", "res_name", "date_deadline", "qms_verb", "qms_company_id", "activity_type_id"]
        # Of others' duties no more than the name and the deadline is read.
        return [*names, "user_id"] if scope["whose"] == "team" else [*names, "summary"]

    @api.model
    def _line(self, activity, scope, today, hidden):
        mine = scope["whose"] == "mine"
        name = self.env._("Confidential record") if hidden else activity.res_name
        what = mine and (activity.summary or activity.activity_type_id.name)
        return {
            "id": activity.id,
            "verb": activity.qms_verb,
            "name": name or what,
            "what": name and what,
            "deadline": activity.date_deadline,
            "days": (activity.date_deadline - today).days,
            "kind": False if self._is_duty(activity) else activity.activity_type_id.name,
            "company": len(self.env.companies) > 1 and activity.qms_company_id.name,
            "person": not mine and [activity.user_id.id, scope["names"][activity.user_id.id]],
            "buttons": self._buttons(activity) if mine else [],
        }

    @api.model
    def _is_duty(self, activity):
        return activity.activity_type_id.id == self.env["ir.model.data"]._xmlid_to_res_id(DUTY)

    @api.model
    def _buttons(self, activity):
        """Return ``[(method, label)]`` of what one click does to a line."""
        if not self._is_duty(activity):
            # A file that is asked for has to be added on the record.
            plain = activity.activity_category != "upload_file"
            return [("", self.env._("Done"))] if plain else []
        model = self.env.get(activity.res_model)
        return model._day_buttons(activity.qms_verb) if hasattr(model, "_day_buttons") else []

    @api.model
    def _hidden(self, activities):
        """Return the activities whose records the user may not even know by name."""
        hidden = activities.browse()
        for name in set(activities.mapped("res_model")) & set(self._confidential()):
            rows = activities.filtered(lambda row, name=name: row.res_model == name)
            secret = self.env[name].browse(rows.mapped("res_id"))._hidden_names()
            hidden |= rows.filtered(lambda row, secret=secret: row.res_id in secret.ids)
        return hidden

    # === ONE LINE === #

    @api.model
    def _own_line(self, activity_id):
        own = Domain("id", "=", activity_id) & Domain("user_id", "=", self.env.uid)
        activity = self.env["mail.activity"].search(own)
        if not activity:
            raise UserError(self._gone_message())
        return activity

    @api.model
    def _gone_message(self):
        return self.env._("This is no longer waiting: somebody has done it, or it was given to another person.")
