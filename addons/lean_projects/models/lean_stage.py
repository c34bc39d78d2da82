from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class LeanStage(models.Model):
    """One of the seven stages of a lean project; what a stage needs is checked by its code."""

    _name = "lean.stage"
    _description = "Stage of Lean Projects"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="By this the gates know the stage.")
    sequence = fields.Integer(default=10, readonly=True)
    requirement = fields.Text("What Has to Be There", translate=True)
    days = fields.Integer("Planned Working Days", default=10)
    tool_ids = fields.One2many("lean.tool", "stage_id", "Methods and Tools")

    _code = models.UniqueIndex("(code)", "There is a stage with this code already.")
    _days_range = models.Constraint("CHECK (days > 0)", "A stage needs one working day at least.")

    # === CRUD === #

    def unlink(self):
        # sudo: projects of all authorities count, whoever asks.
        projects = self.env["project.project"].sudo().with_context(active_test=False)
        if projects.search_count([("lean_stage_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("A stage that projects stand at can't be deleted."))
        return super().unlink()

    # === BUSINESS METHODS === #

    def _next(self):
        """Return the stage after this one; empty after the last."""
        self.ensure_one()
        return self.search([("sequence", ">", self.sequence)], limit=1)

    def _previous(self):
        """Return the stage before this one; empty before the first."""
        self.ensure_one()
        return self.search([("sequence", "<", self.sequence)], order="sequence desc, id desc", limit=1)

    def _deadlines(self, company, start, end=None):
        """Plan when each stage ends.

        :param company: the authority (``res.company``), whose working days count
        :param datetime.date start: first day of the project
        :param datetime.date end: its last day, if it is settled: the stages then share that span by their weight
        :return: ``{stage: datetime.date}``
        """
        total = sum(self.mapped("days"))
        deadlines, passed = {}, 0
        for stage in self:
            passed += stage.days
            if end:
                deadlines[stage] = start + timedelta(days=round((end - start).days * passed / total))
            else:
                # The first day of the project is a day of work already.
                deadlines[stage] = company._qms_working_day_after(start - timedelta(days=1), passed)
        return deadlines
