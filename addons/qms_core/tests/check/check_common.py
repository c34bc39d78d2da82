from odoo.fields import Command

from ..common import QmsCase


class CheckCase(QmsCase):
    """A model with nothing wrong in it, to which each test adds what is wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.runs = cls.env["qms.check.run"]
        cls.issues = cls.env["qms.check.issue"]
        cls.party = cls.env["qms.party"].create(
            {"name": "Citizens", "code": "PT-1", "needs": "Speed", "company_id": cls.company.id}
        )
        cls.today = cls.company._qms_today()
        cls.company.partner_id.lang = "en_US"
        cls._hold(cls._role("R-OWN", kind="head", department_id=cls.unit.id), cls.head)

    def _hits(self, name):
        """Return what one check finds: ``{(name of the record, key)}``."""
        checks = self.env["qms.check"].sudo().with_context(allowed_company_ids=self.company.ids)
        return {(hit.record.display_name, hit.key) for hit in checks._get_checks()[name].method()}

    def _check(self):
        """Check the model and return the issues on the list."""
        self.runs._check_model(self.company)
        return self.issues.search([("company_id", "=", self.company.id)])

    def _issue(self, name="process_not_in_force"):
        """Return the one issue of a check after a run."""
        return self._check().filtered(lambda issue: issue.check_name == name).ensure_one()

    def _in_force(self, process, flows=(), **step):
        """Approve a version whose steps have these values and whose flows are these."""
        version = self._draft(process)
        version.flow_ids.unlink()
        version.write({"criteria": "Looked at monthly", "flow_ids": [Command.create(flow) for flow in flows]})
        version.step_ids.write(step)
        version.with_user(self.users["coordinator"]).action_submit()
        version.with_user(self.users["commissioner"]).action_approve()
        return version.with_env(self.env)

    def _published(self, process, steps=(), **vals):
        """Put a version in force past the gates, with steps of these values: as older programs may have left it."""
        process.version_id._transition({"state": "superseded"})
        version = self.env["qms.process.version"].create(
            {
                "process_id": process.id,
                "criteria": "Looked at monthly",
                "step_ids": [
                    Command.create(
                        {
                            "key": f"s{number}",
                            "name": f"Step {number}",
                            "role_id": process.owner_role_id.id,
                            "touch_minutes": 5,
                            **step,
                        }
                    )
                    for number, step in enumerate(steps)
                ],
                **vals,
            }
        )
        self.env.flush_all()
        version._transition({"state": "approved"})
        process._put_in_force(version)
        return version

    @classmethod
    def _hold(cls, role, employee=None, **vals):
        return cls.env["qms.role.holder"].create(
            {"role_id": role.id, "employee_id": (employee or cls.clerk).id, **vals}
        )
