from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...lib.check import HINT, MODERATE, SERIOUS, Check, Hit

_lt = LazyTranslate(__name__)
WORK_KINDS = ("task", "decision", "subprocess")
# Nobody measures how long these work.
UNTIMED_KINDS = ("applicant", "body", "system")
# A single step of more than a working day is several steps; a case that waits longer than this is forgotten.
LONGEST_TOUCH_MINUTES = 480
LONGEST_WAIT_HOURS = 24 * 90
# After these times what was drawn, submitted or assessed is out of date.
TO_BE_AGE = relativedelta(years=1)
REVIEW_AGE = relativedelta(days=30)
MATURITY_AGE = relativedelta(years=1)
LOW_MATURITY = ("0", "1")
NAMED_STEPS = 3


class QmsCheck(models.AbstractModel):
    """Processes, their versions and steps."""

    _inherit = "qms.check"

    @api.model
    def _get_checks(self):
        return {
            **super()._get_checks(),
            "process_without_owner": Check(
                self.env._("Process without owner"),
                SERIOUS,
                self._check_process_without_owner,
                self.env._("Choose the one role that is accountable for the result of the process."),
            ),
            "process_owner_absent": Check(
                self.env._("Process whose owner nobody is"),
                SERIOUS,
                self._check_process_owner_absent,
                self.env._("Appoint somebody to the owner role, or choose another role as owner."),
            ),
            "process_not_in_force": Check(
                self.env._("Process without version in force"),
                MODERATE,
                self._check_process_not_in_force,
                self.env._("Describe the process in a version and have it approved, or archive the process."),
            ),
            "process_unmeasured": Check(
                self.env._("Process that nothing measures"),
                MODERATE,
                self._check_process_unmeasured,
                self.env._("Give the process an indicator, or write control criteria in its next version."),
            ),
            "process_between_bodies": Check(
                self.env._("Process between bodies whose bodies don't take part"),
                MODERATE,
                self._check_process_between_bodies,
                self.env._("Name the bodies that take part and agree with their authorities, or make it internal."),
            ),
            "step_without_role": Check(
                self.env._("Step without role"),
                SERIOUS,
                self._check_step_without_role,
                self.env._("Say who performs the step, in a new version of the process."),
            ),
            "step_times": Check(
                self.env._("Step times missing or improbable"),
                HINT,
                self._check_step_times,
                self.env._("Ask those who do the work and correct the times in a new version of the process."),
            ),
            "version_waits": Check(
                self.env._("Version waiting for approval"),
                MODERATE,
                self._check_version_waits,
                self.env._("Approve or reject the version."),
            ),
            "to_be_outdated": Check(
                self.env._("To-be version that is never reached"),
                HINT,
                self._check_to_be_outdated,
                self.env._("Submit the to-be version, bring it up to date, or delete it."),
            ),
            "maturity_low": Check(
                self.env._("Process of low maturity"),
                HINT,
                self._check_maturity_low,
                self.env._("Do what the next level asks, see the tab of the process on maturity."),
            ),
            "maturity_outdated": Check(
                self.env._("Maturity not assessed for a year"),
                HINT,
                self._check_maturity_outdated,
                self.env._("Assess the maturity of the process again."),
            ),
        }

    # === BUSINESS METHODS === #

    @api.model
    def _processes(self, *conditions):
        """Return the processes that do work: the headings of the registry only order them."""
        return self.env["qms.process"].search(self._own(("child_ids", "=", False), *conditions))

    @api.model
    def _steps_domain(self, *conditions):
        """Return the domain of the steps of work in the versions in force that meet the conditions."""
        in_force = Domain("version_id.state", "=", "approved") & Domain("version_id.process_id.active", "=", True)
        return self._own(("kind", "in", WORK_KINDS), *conditions) & in_force

    # === CHECKS === #

    def _check_process_without_owner(self):
        sentence = _lt("Nobody is accountable for the result of the process.")
        return [Hit(process, sentence) for process in self._processes(("owner_role_id", "=", False))]

    def _check_process_owner_absent(self):
        owned = self._processes(("owner_role_id", "in", self._unheld_roles().ids))
        return [
            Hit(process, _lt("The owner is the role “%(role)s”, which nobody holds.", role=process.owner_role_id.name))
            for process in owned
        ]

    def _check_process_not_in_force(self):
        sentence = _lt("No version of the process was approved, so nobody can work by it.")
        return [Hit(process, sentence) for process in self._processes(("version_id", "=", False))]

    def _check_process_unmeasured(self):
        sentence = _lt("The process has neither an indicator nor control criteria.")
        unmeasured = self._processes(
            ("version_id", "!=", False), ("version_id.criteria", "in", (False, "")), ("indicator_ids", "=", False)
        )
        return [Hit(process, sentence) for process in unmeasured]

    def _check_process_between_bodies(self):
        between = self._processes(("scope", "=", "between"))
        today = self.env.company._qms_today()
        hits = [
            Hit(process, _lt("The process is one between bodies, but names none."))
            for process in between - self._shared()
        ]
        for process in between:
            for body in process.body_ids:
                if sentence := self._why_body_is_out(body, today):
                    hits.append(Hit(process, sentence, key=body.code))
        return hits

    def _check_step_without_role(self):
        return [
            Hit(step.version_id.process_id, _lt("Nobody performs the step “%(step)s”.", step=step.name), key=step.key)
            for step in self.env["qms.process.step"].search(self._steps_domain(("role_id", "=", False)))
        ]

    def _check_step_times(self):
        ours = Domain("role_id", "=", False) | Domain("role_id.kind", "not in", UNTIMED_KINDS)
        untimed = Domain("kind", "=", "task") & Domain("touch_minutes", "=", 0) & ours
        long = Domain("touch_minutes", ">", LONGEST_TOUCH_MINUTES) | Domain("wait_hours", ">", LONGEST_WAIT_HOURS)
        steps = self.env["qms.process.step"]
        return [
            Hit(version.process_id, self._times_sentence(key, sorted(names)), key=key)
            for key, wrong in (("missing", untimed), ("long", long))
            for version, names in steps._read_group(self._steps_domain(wrong), ["version_id"], ["name:array_agg"])
        ]

    def _check_version_waits(self):
        waiting = self.env["qms.process.version"].search(
            self._own(("state", "=", "review"), ("write_date", "<", fields.Datetime.now() - REVIEW_AGE))
        )
        return [
            Hit(
                version.process_id,
                _lt("Version %(number)s has been waiting for a decision for over a month.", number=version.number),
                key=str(version.number),
            )
            for version in waiting
        ]

    def _check_to_be_outdated(self):
        old = self.env["qms.process.version"].search(
            self._own(
                ("variant", "=", "to_be"),
                ("state", "in", ("draft", "review")),
                ("create_date", "<", fields.Datetime.now() - TO_BE_AGE),
            )
        )
        return [
            Hit(
                version.process_id,
                _lt("To-be version %(number)s was drawn more than a year ago.", number=version.number),
                key=str(version.number),
            )
            for version in old
        ]

    def _check_maturity_low(self):
        low = self._processes(("maturity", "in", LOW_MATURITY))
        return [
            Hit(
                process,
                _lt("The maturity of the process was assessed as level %(level)s of 5.", level=process.maturity),
            )
            for process in low
        ]

    def _check_maturity_outdated(self):
        old = self._processes(
            ("maturity", "!=", False), ("maturity_date", "<", self.env.company._qms_today() - MATURITY_AGE)
        )
        sentence = _lt("The maturity of the process was last assessed more than a year ago.")
        return [Hit(process, sentence) for process in old]

    # === SENTENCES === #

    def _times_sentence(self, key, names):
        words = {"steps": "; ".join(names[:NAMED_STEPS]), "count": len(names)}
        if key == "missing":
            return _lt("Steps without working time: %(count)s (%(steps)s).", **words)
        return _lt("Steps of more than a working day, or waiting over 90 days: %(count)s (%(steps)s).", **words)

    def _shared(self):
        return self._processes(("scope", "=", "between"), ("body_ids", "!=", False))

    def _why_body_is_out(self, body, today):
        """Return the sentence why a body can't take part in a process, or None."""
        if not body.active or (body.date_to and body.date_to < today):
            return _lt("The body “%(body)s”, which takes part in the process, exists no more.", body=body.name)
        if body.company_id != self.env.company and not body.is_listed:
            return _lt(
                "The authority of “%(body)s” no longer accepts to take part: it has taken the body off its list.",
                body=body.name,
            )
        return None
