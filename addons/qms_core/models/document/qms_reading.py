from odoo import api, fields, models
from odoo.exceptions import AccessError

# Titles on one line of "My day".
NAME_LENGTH = 120


class QmsReading(models.Model):
    """What one person has to read until one day: the duty that calls him, whatever number of documents it is.

    People without a login are called by nothing: for those of a unit its quality officer has one such duty, to have
    the paper sheets signed. Readings are made and ended with their acknowledgements, never by hand.
    """

    _name = "qms.reading"
    _description = "Documents to Read"
    _inherit = ["qms.deadline.mixin"]
    _order = "date_deadline, id"
    _check_company_auto = True
    _duty_closed_states = ("done",)
    _duty_personal = True
    _deadline_by_method = False

    name = fields.Char("Documents", readonly=True)
    kind = fields.Selection(
        [("own", "To read oneself"), ("paper", "To have signed on paper")], required=True, readonly=True, default="own"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    department_id = fields.Many2one(
        "hr.department", "Unit", readonly=True, index=True, help="Whose people without a login sign on paper."
    )
    state = fields.Selection(
        [("open", "Waiting"), ("done", "Done")], required=True, readonly=True, default="open", index=True
    )
    acknowledgement_ids = fields.One2many("qms.acknowledgement", "reading_id", "Acknowledgements", readonly=True)
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting_count")

    # === COMPUTES === #

    @api.depends("name", "kind", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for reading in self:
            unit = reading.kind == "paper" and reading.department_id.name
            reading.display_name = ": ".join(filter(None, (unit, reading.name or self.env._("Documents to read"))))

    @api.depends("acknowledgement_ids.state")
    def _compute_waiting_count(self):
        rows = self.env["qms.acknowledgement"]
        counts = rows._read_group([("reading_id", "in", self.ids), ("state", "=", "open")], ["reading_id"], ["__count"])
        waiting = {reading.id: count for reading, count in counts}
        for reading in self:
            reading.waiting_count = waiting.get(reading.id, 0)

    # === ACTIONS === #

    def get_formview_action(self, access_uid=None):
        """Open what is to be read: the first text, or the rows that wait for signatures on paper."""
        self.ensure_one()
        return (
            self.action_read() if self.kind == "own" and self._is_reader() else super().get_formview_action(access_uid)
        )

    def action_read(self):
        """Open the first of the documents that wait, to be read and confirmed; the others follow.

        :return: a client action in a dialog-sized frame where "My day" asks for it
        """
        self.ensure_one()
        self.check_access("read")
        row = self._first_waiting()
        if row:
            return row.action_read()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_day_read(self):
        """Open the text over "My day", which is renewed when it is closed."""
        return {**self.action_read(), "target": "new"}

    def action_make_sheets(self):
        """Make the paper sheets of the rows that wait, one a document.

        :return: an action that opens them
        """
        self.ensure_one()
        self.check_access("read")
        return self.acknowledgement_ids.filtered(lambda row: row.state == "open").action_make_sheets()

    # === ACCESS === #

    def _check_may_postpone(self):
        raise AccessError(
            self.env._("The time to read a document is set for all alike. A leave on record moves it by itself.")
        )

    def _check_may_ask_postponement(self):
        self._check_may_postpone()

    def _may_set_term(self):
        return False

    # === DUTY === #

    def _is_for(self, how):
        # Reading is nobody else's duty: who stands in for a person on leave does not read for him.
        return how != "stand_in" or self.kind == "paper"

    def _addressed(self, staff):
        called = super()._addressed(staff)
        # Who has no login but a stand-in: what is left is the chief.
        return called or [(login, "chief") for login in staff.told(self.responsible_id.id, 0, self.company_id.id)]

    def _duty_summary(self):
        if self.kind == "paper":
            return self.env._("Have the acknowledgement sheets signed on paper")
        return self.env._("Read and confirm")

    def _day_verb(self, user):
        return "do" if self.kind == "paper" else "read"

    @api.model
    def _day_buttons(self, verb):
        return [("action_day_read", self.env._("Read and confirm"))] if verb == "read" else []

    def _is_reader(self):
        return self.sudo().responsible_id.user_id == self.env.user  # sudo: whose duty it is, his own or not

    def _first_waiting(self):
        return self.acknowledgement_ids.filtered(lambda row: row.state == "open")[:1]

    # === BUSINESS METHODS === #

    def _key(self):
        """Return what makes a reading: its kind, who is called, whose unit signs, until when."""
        self.ensure_one()
        return (self.kind, self.responsible_id.id, self.department_id.id, self.date_deadline)

    @api.model
    def _keys(self, people):
        """Return by whom and where people are called: ``{employee id: (kind, responsible id, unit id)}``."""
        officers = {}
        keys = {}
        for person in people:
            if person.user_id.active:
                keys[person.id] = ("own", person.id, False)
                continue
            unit = person.department_id
            if unit not in officers:
                officers[unit] = unit._sheet_officer()
            keys[person.id] = ("paper", officers[unit].id, unit.id)
        return keys

    @api.model
    def _for(self, people, wanted, keys=None):
        """Return the open readings of people and days; those that are missing are made.

        :param people: ``hr.employee``
        :param wanted: ids of people and deadlines
        :param dict keys: as ``_keys`` returns them, where they are known
        :return: ``{(employee id, deadline): qms.reading}``
        """
        keys = keys or self._keys(people)
        company = people.company_id[:1]
        places = {(person, deadline): (*keys[person], deadline) for person, deadline in wanted}
        there = {
            reading._key(): reading
            for reading in self.search_fetch(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "open"),
                    ("responsible_id", "in", list({place[1] for place in places.values()})),
                    ("date_deadline", "in", list({place[3] for place in places.values()})),
                ],
                ["kind", "responsible_id", "department_id", "date_deadline", "company_id"],
            )
        }
        missing = [place for place in dict.fromkeys(places.values()) if place not in there]
        made = self._make(company, missing)
        there |= dict(zip(missing, made, strict=True))
        return {pair: there[place] for pair, place in places.items()}

    @api.model
    def _make(self, company, places):
        vals_list = [
            {
                "company_id": company.id,
                "kind": kind,
                "responsible_id": responsible,
                "department_id": unit,
                "date_deadline": deadline,
            }
            for kind, responsible, unit, deadline in places
        ]
        # They are called when they have their rows, and so their names.
        return self.with_context(qms_reading_silent=True).create(vals_list)

    def _call_responsible(self):
        if not self.env.context.get("qms_reading_silent"):
            super()._call_responsible()

    def _call_by_staff(self, staff, follow=True):
        # There is nothing to discuss, so nobody follows.
        super()._call_by_staff(staff, follow=False)

    def _call_if_uncalled(self):
        """Call who answers for readings that are on nobody's list yet."""
        readings = self.with_context(qms_reading_silent=False)
        readings.invalidate_recordset(["activity_ids"])
        readings.filtered(lambda reading: not reading.activity_ids)._call_responsible()

    def _name_after_rows(self):
        """Name readings after their documents, and their calls with them."""
        readings = self.filtered(lambda reading: reading.state == "open")
        rows = self.env["qms.acknowledgement"]
        groups = rows._read_group(
            [("reading_id", "in", readings.ids), ("state", "=", "open")], ["reading_id"], ["document_id:recordset"]
        )
        names = {}
        for reading, documents in groups:
            # Heads, chiefs and human resources read the name: those of restricted documents are not for all of them.
            named = documents.filtered(lambda document: document.confidentiality != "restricted")
            text = ", ".join(named.mapped("display_name"))
            name = text if len(text) <= NAME_LENGTH else text[: NAME_LENGTH - 1] + "…"
            if name != (reading.name or ""):
                names.setdefault(name, self.browse())
                names[name] |= reading
        renamed = self.browse()
        for name, same in names.items():
            models.Model.write(same, {"name": name})
            renamed |= same
        renamed.activity_ids._compute_res_name()

    def _settle(self):
        """End readings of which nothing waits any more, and take them off their people's lists."""
        done = self.filtered(lambda reading: reading.state == "open")
        waiting = self.env["qms.acknowledgement"]._read_group(
            [("reading_id", "in", done.ids), ("state", "=", "open")], ["reading_id"]
        )
        done -= self.browse().union(*(reading for (reading,) in waiting))
        if done:
            models.Model.write(done, {"state": "done"})  # past `write`: its day and person stay
            done._acted()
