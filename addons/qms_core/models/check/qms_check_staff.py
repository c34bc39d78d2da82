from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...lib.check import HINT, MODERATE, SERIOUS, Check, Hit
from ..kernel.qms_role import STAFF_KINDS

_lt = LazyTranslate(__name__)


class QmsCheck(models.AbstractModel):
    """Who performs: roles, positions, people, heads of units."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "role_unheld": Check(
                self.env._("Role nobody performs"),
                SERIOUS,
                self._check_role_unheld,
                self.env._("Appoint somebody, or let processes name another role."),
            ),
            "role_held_alone": Check(
                self.env._("Decisions of one person without deputy"),
                HINT,
                self._check_role_held_alone,
                self.env._("Name a deputy, so that the work goes on when the person is away."),
            ),
            "position_vacant": Check(
                self.env._("Position without an employee"),
                MODERATE,
                self._check_position_vacant,
                self.env._("Fill the position, or appoint who acts for it."),
            ),
            "position_without_duties": Check(
                self.env._("Position without duties"),
                MODERATE,
                self._check_position_without_duties,
                self.env._("Write down the duties, or give the position a part in a process."),
            ),
            "employee_without_position": Check(
                self.env._("Employee without a position in the model"),
                MODERATE,
                self._check_employee_without_position,
                self.env._("Make a position of the person's job and unit."),
            ),
            "employee_without_duties": Check(
                self.env._("Employee without duties"),
                MODERATE,
                self._check_employee_without_duties,
                self.env._("Write down the duties of the person's position."),
            ),
            "unit_without_head": Check(
                self.env._("Unit with processes but without head"),
                SERIOUS,
                self._check_unit_without_head,
                self.env._("Enter the head of the unit, or appoint who acts for him."),
            ),
        }

    # === BUSINESS METHODS === #

    @api.model
    def _unheld_roles(self):
        """Return the roles in use that nobody performs today."""
        return self.env["qms.role"]._roles_without_holder(self.env.company)

    @api.model
    def _asked_roles(self):
        """Return the roles of people from which duties or the model in force ask something."""
        roles = self.env["qms.role"]._held_by_people(self.env.company)
        return roles.filtered("duty_ids") | roles._in_use()

    @api.model
    def _public(self, people):
        """Return the pages of people that everybody reads."""
        return self.env["hr.employee.public"].browse(people.ids)

    # === CHECKS === #

    def _check_role_unheld(self):
        # What it means for a process that nobody is its owner is told at the process.
        owners = self.env["qms.process"]._read_group(self._own(("owner_role_id", "!=", False)), ["owner_role_id"])
        roles = self._unheld_roles() - self.env["qms.role"].union(*(role for (role,) in owners))
        vacant = self._vacant_positions()
        sentence = _lt("Processes in force name the role, but nobody performs it today.")
        return [Hit(role, sentence) for role in roles - vacant]

    def _check_role_held_alone(self):
        # Everybody is away at times; it stops the work of others where somebody decides.
        steps = self.env["qms.process.step"]._read_group(
            self._own(
                ("control_point", "=", True),
                ("role_id.held_alone", "=", True),
                ("version_id.state", "=", "approved"),
            ),
            ["role_id"],
        )
        sentence = _lt("Cases wait for the visa of this role, which one person holds; nobody deputises.")
        return [Hit(role, sentence) for (role,) in steps]

    def _check_position_vacant(self):
        sentence = _lt("The staffing table has the position, but nobody is in it.")
        return [Hit(role, sentence) for role in self._vacant_positions()]

    def _check_position_without_duties(self):
        positions = self.env["qms.role"]._held_by_people(self.env.company)
        positions = positions.filtered(lambda role: role.kind in STAFF_KINDS) - self._asked_roles()
        sentence = _lt("No duty is written down for the position, and no process in force names it.")
        return [Hit(role, sentence) for role in positions]

    def _check_employee_without_position(self):
        sentence = _lt("The person holds no role of the model.")
        people = self.env["hr.employee"]._without_position(self.env.company)
        return [Hit(person, sentence) for person in self._public(people)]

    def _check_employee_without_duties(self):
        # Counting all who hold: who is away for a while has duties still.
        asked = self._asked_roles().holder_ids._counting().employee_id
        everybody = self.env["hr.employee"].search(self._own())
        idle = everybody - asked - everybody._without_position(self.env.company)
        sentence = _lt("None of the person's roles has a duty or a part in a process.")
        return [Hit(person, sentence) for person in self._public(idle)]

    def _check_unit_without_head(self):
        rows = self.env["qms.process"]._read_group(
            self._own(("department_id", "!=", False), ("department_id.manager_id", "=", False)),
            ["department_id"],
            ["__count"],
        )
        roles = self.env["qms.role"].search(
            self._own(("kind", "=", "head"), ("department_id", "in", [unit.id for unit, _count in rows]))
        )
        headed = roles.filtered(lambda role: role._holders()).department_id
        return [
            Hit(unit, _lt("Processes of the unit: %(count)s. Nobody leads it.", count=count), unit=unit)
            for unit, count in rows
            if unit not in headed
        ]

    def _vacant_positions(self):
        return self.env["qms.role"]._positions_without_employee(self.env.company)
