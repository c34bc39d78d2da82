import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class QmsNeedEvent(models.Model):
    """An event by which the authority learns what people need: a reception, a hot line, an analysed draft act."""

    _name = "qms.need.event"
    _description = "Event of Learning Needs"
    _inherit = ["qms.frozen.mixin", "qms.need.line.mixin"]
    _order = "date, id"
    _check_company_auto = True
    _state_initial = "planned"
    _by_method = frozenset({"cancel_reason"})
    _reason_methods = ("action_cancel",)

    name = fields.Char("Theme", required=True)
    kind = fields.Selection(
        [
            ("reception", "Reception of citizens"),
            ("field_reception", "Reception in the districts"),
            ("hot_line", "Hot line"),
            ("round_table", "Round table"),
            ("conference", "Conference"),
            ("survey", "Survey"),
            ("draft_act", "Analysis of a draft act"),
        ],
        required=True,
        default="reception",
        index=True,
        help="Draft acts tell what will be needed; all others what is needed now.",
    )
    date = fields.Date(required=True, default=lambda self: self.env.company._qms_today(), index=True)
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
        index=True,
    )
    place = fields.Char()
    department_id = fields.Many2one("hr.department", "Unit", index=True, check_company=True)
    party_ids = fields.Many2many("qms.party", string="Invited Parties", check_company=True)
    people_count = fields.Integer("People", help="How many took part, called, or answered.")
    minutes = fields.Text(help="What was said and agreed, or where the minutes are kept.")
    minutes_file = fields.Binary("Minutes (File)", attachment=True, copy=False)
    minutes_filename = fields.Char(copy=False)
    cancel_reason = fields.Text("Why It Was Cancelled", readonly=True, copy=False)
    need_ids = fields.One2many("qms.need", "event_id", "Needs")
    need_count = fields.Integer("Number of Needs", compute="_compute_need_count")

    _people_range = models.Constraint(
        "CHECK (people_count >= 0)", "The number of people can't be negative. Correct it."
    )

    # === CONSTRAINTS === #

    @api.constrains("date", "year_id")
    def _check_date(self):
        for event in self:
            if event.date.year != event.year_id.year:
                raise ValidationError(
                    self.env._(
                        "“%(event)s” is not in %(year)s. Choose a day of that year, or another year.",
                        event=event.name,
                        year=event.year_id.year,
                    )
                )

    # === COMPUTES === #

    @api.depends("need_ids")
    def _compute_need_count(self):
        for event in self:
            event.need_count = len(event.need_ids)

    # === ACTIONS === #

    def action_hold(self):
        """Note that events took place.

        :raises UserError: for one to come, or without minutes
        """
        for event in self:
            event.check_access("write")
            event._check_state("planned")
            if event.date > event.company_id._qms_today():
                raise UserError(self.env._("“%s” is still to come. Correct its date first.", event.name))
            if not (event.minutes or event.minutes_file):
                raise UserError(self.env._("Write the minutes of “%s”, or attach them, first.", event.name))
            event._transition({"state": "held"})

    def action_cancel(self, reason=None):
        """Call events off.

        :param str reason: why; without it a dialog asks
        """
        for event in self:
            event.check_access("write")
            event._check_state("planned")
            if event.need_ids:
                raise UserError(
                    self.env._("Needs were recorded at “%s”, so it took place. Press “Held” instead.", event.name)
                )
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_cancel", self.env._("Why is it cancelled?"))
        self._transition({"state": "cancelled", "cancel_reason": reason})
        return True

    def action_plan_again(self):
        """Take events back among the planned ones."""
        for event in self:
            event.check_access("write")
            event._check_state("held", "cancelled")
            event._transition({"state": "planned", "cancel_reason": False})

    def action_view_needs(self):
        """Open the needs that were named at this event."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_need_action"),
            "domain": [("event_id", "=", self.id)],
            "context": {"default_event_id": self.id, "default_year_id": self.year_id.id},
        }

    # === BUSINESS METHODS === #

    def _seal_values(self):
        """Return what of the event is sealed with the report, files as digests."""
        self.ensure_one()
        file = self.with_context(bin_size=False).minutes_file
        return {
            "name": self.name,
            "kind": self.kind,
            "date": str(self.date),
            "state": self.state,
            "people": self.people_count,
            "minutes": self.minutes or "",
            "file": hashlib.sha256(file).hexdigest() if file else "",
        }
