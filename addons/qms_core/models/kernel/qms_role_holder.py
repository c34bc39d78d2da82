from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class QmsRoleHolder(models.Model):
    """A person in a role for a period: for good, acting for somebody by an order, or as deputy."""

    _name = "qms.role.holder"
    _description = "Holder of a Role"
    _order = "role_id, date_from desc, rank, id"
    _check_company_auto = True

    role_id = fields.Many2one("qms.role", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="role_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, check_company=True)
    date_from = fields.Date("From")
    date_to = fields.Date("To")
    kind = fields.Selection(
        [("permanent", "Permanent"), ("acting", "Acting"), ("deputy", "Deputy")], required=True, default="permanent"
    )
    acted_for_id = fields.Many2one(
        "hr.employee",
        "Acts for",
        index=True,
        check_company=True,
        help="Whose place is taken. Without a name it is everybody's who holds the role.",
    )
    reason = fields.Selection(
        [("leave", "Leave or illness"), ("vacancy", "Vacancy"), ("other", "Other")], "Reason for Acting"
    )
    rank = fields.Integer(default=1, help="Which deputy comes first: 1 before 2.")
    source = fields.Selection(
        [("staff", "Staff records"), ("manual", "By hand")], required=True, default="manual", readonly=True
    )
    basis = fields.Char("Order", help="The order that appoints the person: kind and number.")
    basis_date = fields.Date("Date of Order")
    end_noticed = fields.Boolean(readonly=True, help="A hand-over was asked for, or there was nothing to hand over.")

    _dates = models.Constraint(
        "CHECK (date_to >= date_from)", "A period can't end before it begins. Correct the dates."
    )
    _not_oneself = models.Constraint(
        "CHECK (acted_for_id != employee_id)", "Nobody acts for himself. Choose whose place the person takes."
    )
    _acting_from = models.Constraint(
        "CHECK (kind != 'acting' OR date_from IS NOT NULL)",
        "Acting begins on a certain day. Enter from when the order holds.",
    )
    _rank_range = models.Constraint("CHECK (rank >= 1)", "The first deputy has rank 1, the next one 2. Correct it.")

    @api.constrains("role_id", "employee_id", "acted_for_id", "kind", "reason", "date_from", "date_to")
    def _check_acting_overlap(self):
        for row in self.filtered(lambda row: row.kind == "acting"):
            for other in row.role_id.holder_ids - row:
                if other.kind == "acting" and row._overlaps(other) and row._same_place(other):
                    raise ValidationError(
                        self.env._(
                            "%(person)s acts for the same place of “%(role)s” from %(start)s on. Two acting periods "
                            "can't overlap: end the first one before the next begins.",
                            person=other.employee_id.name,
                            role=row.role_id.name,
                            start=fields.Date.to_string(other.date_from),
                        )
                    )

    # === COMPUTES === #

    @api.depends("employee_id", "kind")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.employee_id.name

    # === ONCHANGE === #

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind != "acting":
            self.acted_for_id = self.reason = False
            return
        self.reason = self.reason or "leave"
        self.date_from = self.date_from or self.env.company._qms_today()
        permanent = self.role_id.holder_ids._counting().filtered(lambda row: row.kind == "permanent").employee_id
        if len(permanent) == 1 and permanent != self.employee_id:
            self.acted_for_id = permanent

    # === BUSINESS METHODS === #

    def _valid_on(self, day):
        self.ensure_one()
        return (not self.date_from or self.date_from <= day) and (not self.date_to or day <= self.date_to)

    def _counting(self, day=None):
        """Return the rows that hold on a day, of people who still work then.

        :param datetime.date day: today of the authority by default
        """
        # sudo: departure dates are for HR officers; here they only decide who counts.
        rows = self.sudo().filtered(
            lambda row: row._valid_on(on := day or row.company_id._qms_today()) and row.employee_id._works_on(on)
        )
        return rows.with_env(self.env)

    @api.model
    def _mine_domain(self, *kinds):
        """Return the domain of the rows of some kinds by which the user holds a role today."""
        today = self.env.company._qms_today()
        return (
            Domain("kind", "in", kinds)
            & Domain("employee_id.user_id", "=", self.env.uid)
            & (Domain("date_from", "=", False) | Domain("date_from", "<=", today))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )

    def _overlaps(self, other):
        return not (
            (self.date_to and other.date_from and self.date_to < other.date_from)
            or (other.date_to and self.date_from and other.date_to < self.date_from)
        )

    def _same_place(self, other):
        """Tell whether two acting rows of a role take the same place."""
        if self.employee_id == other.employee_id or (self.acted_for_id and self.acted_for_id == other.acted_for_id):
            return True
        if self.acted_for_id or other.acted_for_id:
            return False
        # Several vacant places of one position may have one acting person each.
        return not (self.reason == other.reason == "vacancy" and self.role_id.headcount > 1)

    def _end(self, day):
        """End rows on a day, the last that counts; what would begin later is dropped."""
        later = self.filtered(lambda row: row.date_from and row.date_from > day)
        later.unlink()
        (self - later).filtered(lambda row: not row.date_to or row.date_to > day).write({"date_to": day})

    def _hand_over(self, successor, day, basis):
        """End the person's row and let the successor go on from the next day.

        :param successor: ``hr.employee``; without one the role just ends
        :param datetime.date day: the last day of the person in the role
        :param str basis: what it is based on
        """
        self.ensure_one()
        vals = {
            "role_id": self.role_id.id,
            "employee_id": successor.id,
            "kind": self.kind,
            "rank": self.rank,
            "acted_for_id": self.acted_for_id.id,
            "reason": self.reason,
            "date_from": max(fields.Date.add(day, days=1), self.date_from or day),
            "date_to": self.date_to,
            "basis": basis,
        }
        self._end(day)
        if successor:
            self.create(vals)
