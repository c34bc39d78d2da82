from collections import namedtuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import ormcache, split_every

from ...lib.check import HINT, MODERATE, SERIOUS

BATCH = 500
# An exception is looked at again, at the latest, as often as the model as a whole.
LONGEST_EXCEPTION = relativedelta(years=1)
ACTION_DAYS = 30
MAY_ACCEPT = ("group_coordinator", "group_commissioner")
# What a hit is recognised by in the next run.
Identity = namedtuple("Identity", ("check_name", "origin_model", "origin_id", "key"))


class QmsCheckIssue(models.Model):
    """One hit of the model check, the same over all runs that find it.

    Its origin is the record where something is wrong: a record that every employee may read, so its name can be shown
    to whoever sees the issue. Nobody writes issues: runs find them and see them go; the coordinator or the commissioner
    accepts one as an exception for a while.
    """

    _name = "qms.check.issue"
    _description = "Issue of the Model Check"
    _inherit = ["qms.origin.mixin"]
    _order = "severity, check_name, origin_label, id"
    _check_company_auto = True
    _rec_name = "origin_label"

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    check_name = fields.Selection(
        "_selection_check_name", "Name of the Check", required=True, readonly=True, index=True
    )
    severity = fields.Selection(
        [(SERIOUS, "Serious"), (MODERATE, "Notable"), (HINT, "Hint")], required=True, readonly=True
    )
    key = fields.Char(readonly=True, default="", help="Tells several hits of a check at one record apart.")
    department_id = fields.Many2one("hr.department", "Unit", readonly=True, index=True, check_company=True)
    origin_label = fields.Char("Where as Recorded")
    name = fields.Char("Where", compute="_compute_name")
    sentence_parts = fields.Json(readonly=True)
    sentence = fields.Char("What is Wrong", compute="_compute_sentence")
    remedy = fields.Char("What to do", compute="_compute_remedy")
    place = fields.Json(readonly=True)
    first_seen = fields.Datetime(readonly=True)
    last_seen = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted"), ("gone", "Gone")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    accept_reason = fields.Text("Reason for the Exception", readonly=True)
    accepted_by_id = fields.Many2one("res.users", "Accepted by", readonly=True)
    accepted_until = fields.Date(readonly=True, help="After this day the issue is open again.")
    action_ids = fields.One2many(
        "qms.action", "origin_id", "Actions", domain=lambda self: [("origin_model", "=", self._name)]
    )
    action_count = fields.Integer("Number of Actions", compute="_compute_action_count")

    _hit = models.UniqueIndex(
        "(company_id, check_name, origin_model, origin_id, key)", "The issue is on the list already."
    )

    @api.model
    @ormcache("self.env.lang")
    def _selection_check_name(self):
        return [(name, check.title) for name, check in self.env["qms.check"]._get_checks().items()]

    # === COMPUTES === #

    @api.depends("check_name", "origin_label")
    @api.depends_context("lang")
    def _compute_display_name(self):
        titles = dict(self._selection_check_name())
        for issue in self:
            issue.display_name = f"{titles.get(issue.check_name, issue.check_name)}: {issue.name}"

    @api.depends("origin_model", "origin_id", "origin_label")
    @api.depends_context("lang")
    def _compute_name(self):
        """The name in the language of the reader; what it was called, where the record is gone."""
        for model, issues in self.grouped("origin_model").items():
            names = {}
            if model in self.env:
                # sudo: issues concern only records that every employee may read (see ``lib.check.Hit``).
                records = self.env[model].sudo().browse(issues.mapped("origin_id")).exists()
                names = {record.id: record.display_name for record in records}
            for issue in issues:
                issue.name = names.get(issue.origin_id) or issue.origin_label

    @api.depends("sentence_parts")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for issue in self:
            issue.sentence = self.env["qms.check"]._sentence(issue.sentence_parts or {"source": ""})

    @api.depends("check_name")
    @api.depends_context("lang")
    def _compute_remedy(self):
        checks = self.env["qms.check"]._get_checks()
        for issue in self:
            # The addon of a check may be uninstalled; its issues go with the next run.
            issue.remedy = checks[issue.check_name].remedy if issue.check_name in checks else False

    @api.depends("action_ids")
    def _compute_action_count(self):
        counts = dict(
            self.env["qms.action"]._read_group(
                [("origin_model", "=", self._name), ("origin_id", "in", self.ids)], ["origin_id"], ["__count"]
            )
        )
        for issue in self:
            issue.action_count = counts.get(issue.id, 0)

    # === ACTIONS === #

    def action_check_now(self):
        """Check the model of the current authority now.

        :return: a client action that tells the result and reloads the list
        :raises AccessError: for anybody but the quality staff
        :raises UserError: while another run is under way
        """
        return self.env["qms.check.run"].action_check_now()

    def action_open_place(self):
        """Open what is to be mended.

        :return: a window action
        :raises UserError: where the record is gone
        """
        self.ensure_one()
        action = {"type": "ir.actions.act_window", "name": self.name, "context": {}}
        if self.place:
            return {**action, **self.place}
        if opened := self.action_open_origin():
            return {**action, **opened}
        raise UserError(self.env._("The record no longer exists. The next check takes the issue off the list."))

    def action_accept(self):
        """Ask for the reason and the end of an exception for these issues.

        :return: the action of a dialog
        """
        self._check_may_accept()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Accept as an Exception"),
            "res_model": "qms.check.accept",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_issue_ids": self.ids},
        }

    def action_withdraw(self):
        """End the exception of these issues: they are open again.

        :raises AccessError: for anybody but the coordinator and the commissioner
        """
        self._check_may_accept()
        self.filtered(lambda issue: issue.state == "accepted")._write_as_system(
            {"state": "open", "accepted_until": False}
        )

    def action_raise(self):
        """Raise an action from this issue and open it; the open one, if there is one.

        :return: a window action
        """
        self.ensure_one()
        action = self.action_ids.filtered(lambda row: row.state not in ("closed", "cancelled"))[:1]
        action = action or self.env["qms.action"].create(self._action_vals())
        return {
            "type": "ir.actions.act_window",
            "res_model": "qms.action",
            "res_id": action.id,
            "views": [(False, "form")],
        }

    def action_view_actions(self):
        """Open the actions raised from these issues."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("qms_core.qms_action_action"),
            "domain": [("origin_model", "=", self._name), ("origin_id", "in", self.ids)],
        }

    # === BUSINESS METHODS === #

    def _action_vals(self):
        unit = self.department_id
        return {
            **self.env["qms.action"]._origin_vals(self),
            "name": self.display_name,
            "description": f"{self.sentence}\n{self.remedy or ''}".strip(),
            "kind": "correction",
            "company_id": self.company_id.id,
            "process_id": self.origin_id if self.origin_model == "qms.process" else False,
            "department_id": unit.id,
            # sudo: who leads the unit must not depend on who asks.
            "responsible_id": unit.sudo()._head().id if unit else False,
            "date_deadline": fields.Date.add(self.company_id._qms_today(), days=ACTION_DAYS),
        }

    def _check_may_accept(self):
        self.check_access("read")
        if not any(self.env.user.has_group(f"qms_core.{group}") for group in MAY_ACCEPT):
            raise AccessError(
                self.env._("Exceptions are accepted by the quality coordinator or the commissioner. Ask them.")
            )

    def _accept(self, reason, until):
        """Accept these issues as exceptions.

        :param str reason: why the model is right as it is
        :param datetime.date until: the last day of the exception; the issue is open again after it
        :raises AccessError: for anybody but the coordinator and the commissioner
        :raises UserError: without a reason, or for a day that is past or more than a year away
        """
        self._check_may_accept()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the model is right as it is."))
        for company, issues in self.grouped("company_id").items():
            today = company._qms_today()
            if not until or not today <= until <= today + LONGEST_EXCEPTION:
                raise UserError(
                    self.env._(
                        "An exception holds for a year at most. Choose a day between today and %s.",
                        fields.Date.to_string(today + LONGEST_EXCEPTION),
                    )
                )
            issues.filtered(lambda issue: issue.state != "gone")._write_as_system(
                {
                    "state": "accepted",
                    "accept_reason": reason.strip(),
                    "accepted_by_id": self.env.uid,
                    "accepted_until": until,
                }
            )

    def _write_as_system(self, vals):
        # sudo: nobody has write rights on issues, on purpose; each caller has checked its user.
        return self.sudo().write(vals)

    def _identity(self):
        self.ensure_one()
        return Identity(self.check_name, self.origin_model, self.origin_id, self.key)

    @api.model
    def _reopen_expired(self, company):
        """Reopen the exceptions of an authority whose last day is past."""
        past = Domain("state", "=", "accepted") & Domain("accepted_until", "<", company._qms_today())
        self.search(Domain("company_id", "=", company.id) & past)._write_as_system({"state": "open"})

    @api.model
    def _take_in(self, company, outcomes, now):
        """Bring the issues of an authority to what a run has found.

        The hits of a check that failed are not known, so its issues stay as they are.

        :param list outcomes: ``lib.check.Outcome`` of each check
        :param datetime.datetime now: when they were seen
        :return: how many issues are new or back, and how many are gone
        :rtype: tuple
        """
        issues = self.sudo()  # sudo: as in _write_as_system
        known = {issue._identity(): issue for issue in issues.search([("company_id", "=", company.id)])}
        found = {
            Identity(*(row[name] for name in Identity._fields)): row for outcome in outcomes for row in outcome.rows
        }
        failed = {outcome.name for outcome in outcomes if outcome.error}
        new = [{**row, "first_seen": now, "last_seen": now} for key, row in found.items() if key not in known]
        for batch in split_every(BATCH, new, list):
            issues.create(batch)
        seen = issues.concat(*(issue for key, issue in known.items() if key in found))
        back = seen.filtered(lambda issue: issue.state == "gone")
        back._come_back(company)
        for issue in seen:
            issue._refresh(found[issue._identity()])
        seen.write({"last_seen": now})
        gone = issues.concat(
            *(i for key, i in known.items() if key not in found and key.check_name not in failed and i.state != "gone")
        )
        gone.write({"state": "gone"})
        return len(new) + len(back), len(gone)

    def _come_back(self, company):
        today = company._qms_today()
        excepted = self.filtered(lambda issue: issue.accepted_until and issue.accepted_until >= today)
        excepted.write({"state": "accepted"})
        (self - excepted).write({"state": "open"})

    def _refresh(self, row):
        """Take over what a run says anew about an issue, as far as it has changed."""
        names = ("severity", "origin_label", "sentence_parts", "place")
        changed = {name: row[name] for name in names if (self[name] or False) != (row[name] or False)}
        if self.department_id.id != row["department_id"]:
            changed["department_id"] = row["department_id"]
        if changed:
            self.write(changed)
