from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class QmsAssignment(models.Model):
    """Where the document is: it goes from hand to hand with a resolution, and each hand is written down."""

    _inherit = "qms.assignment"

    move_ids = fields.One2many("qms.assignment.move", "assignment_id", "Movement")
    holder_id = fields.Many2one(
        "hr.employee", "Where It Is Now", compute="_compute_holder_id", store=True, index=True, compute_sudo=True
    )
    may_pass_on = fields.Boolean(compute="_compute_may_pass_on")

    # === COMPUTES === #

    @api.depends("move_ids.to_id", "move_ids.date_left")
    def _compute_holder_id(self):
        for record in self:
            record.holder_id = record.move_ids.filtered(lambda move: not move.date_left)[-1:].to_id

    @api.depends("holder_id", "state")
    @api.depends_context("uid")
    def _compute_may_pass_on(self):
        people = self._reporting_people()
        for record in self:
            record.may_pass_on = record.state == "control" and record.holder_id in people

    # === ACTIONS === #

    def action_pass_on(self):
        """Open the dialog in which the holder passes the document on.

        :return: a window action
        """
        self.ensure_one()
        self._check_holds()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pass %s on", self.number),
            "res_model": "qms.assignment.pass.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assignment_id": self.id},
        }

    def action_hand_back(self, reason=None):
        """Give the document back to whom it came from.

        :param str reason: why; without it a dialog asks
        """
        self.ensure_one()
        self._check_holds()
        giver = self._last_move().from_id
        if not giver or not giver._works_on(self.company_id._qms_today()):
            raise UserError(self.env._("There is nobody to give it back to. Pass it on instead."))
        if not reason:
            return self.env["qms.reason.wizard"]._ask(self, "action_hand_back", self.env._("Why does it go back?"))
        self._move_to(giver, reason, returned=True)
        return True

    # === BUSINESS METHODS === #

    def _pass_on(self, person, resolution):
        """Pass the document on with a resolution; who answers for the assignment stays the same.

        :param person: ``hr.employee`` who gets it
        :param str resolution: what he is to do
        :raises AccessError: for who doesn't hold it
        """
        self.ensure_one()
        self._check_holds()
        if person == self.holder_id:
            raise UserError(self.env._("%s holds it already. Choose who is to get it.", person.name))
        if not person._works_on(self.company_id._qms_today()):
            raise UserError(self.env._("%s no longer works here. Choose who is to get it.", person.name))
        self._move_to(person, resolution)

    def _check_holds(self):
        self._check_state("control")
        if not self.may_pass_on:
            raise AccessError(
                self.env._(
                    "Only who holds the document passes it on. It is with %s now.",
                    self.holder_id.name or self.env._("nobody"),
                )
            )

    def _last_move(self):
        return self.move_ids.filtered(lambda move: not move.date_left)[-1:]

    def _move_to(self, person, resolution="", returned=False):
        """Write the next hand down; the hand before is done with it."""
        self.ensure_one()
        now = fields.Datetime.now()
        last = self._last_move().sudo()  # sudo: nobody writes the movement but these methods
        former = last.to_id
        last.write({"date_left": now})
        last.create(
            {
                "assignment_id": self.id,
                "from_id": former.id,
                "to_id": person.id,
                "date": now,
                "resolution": resolution,
                "is_return": returned,
            }
        )
        # Whoever let it out of his hands is called no more, unless he answers for the whole.
        self._acted(lambda duty: duty._duty_summary())
        self._call_responsible()

    @api.model
    def _first_hand(self, controller):
        # sudo: the staff record of who put it on control, not more
        return controller.sudo().employee_id.id

    def _begin_movement(self, controller):
        """The document goes from execution control to the executor."""
        now = fields.Datetime.now()
        # sudo: as in _move_to
        self.env["qms.assignment.move"].sudo().create(
            [
                {
                    "assignment_id": record.id,
                    "from_id": self._first_hand(controller),
                    "to_id": record.responsible_id.id,
                    "date": now,
                }
                for record in self.filtered("responsible_id")
            ]
        )

    def _end_movement(self):
        # sudo: as in _move_to
        self.sudo().move_ids.filtered(lambda move: not move.date_left).write({"date_left": fields.Datetime.now()})
