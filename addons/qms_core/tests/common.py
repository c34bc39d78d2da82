from odoo import Command
from odoo.tests import TransactionCase

GROUPS = (
    "quality_officer",
    "coordinator",
    "commissioner",
    "auditor",
    "execution_control",
    "hr",
    "legal",
    "archive",
    "top_management",
)


class QmsCase(TransactionCase):
    """Two authorities; in the first a unit with its head, an officer, a clerk, and a user of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env["res.company"].create({"name": "City A"})
        cls.other_company = cls.env["res.company"].create({"name": "City B"})
        cls.env.user.write({"company_ids": [(4, cls.company.id), (4, cls.other_company.id)]})
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls._make_people()
        cls.unit = cls.env["hr.department"].create(
            {"name": "Service Centre", "company_id": cls.company.id, "qms_code": "U-1"}
        )
        cls.head = cls._employee(cls.head_user)
        cls.clerk = cls._employee(cls.clerk_user, parent_id=cls.head.id)
        cls.officer = cls._employee(cls.users["quality_officer"])
        cls.unit.manager_id = cls.head
        cls.unit.qms_officer_ids = cls.officer

    @classmethod
    def _make_people(cls):
        """Make the users all at once: one by one they would take most of the time of a test class."""
        wanted = [cls._user_vals(group, f"qms_core.group_{group}") for group in GROUPS]
        wanted += [cls._user_vals(login) for login in ("head", "clerk", "stranger")]
        wanted.append(cls._user_vals("foreigner", "qms_core.group_coordinator", cls.other_company))
        *role_users, cls.head_user, cls.clerk_user, cls.stranger, cls.foreigner = cls._create_users(wanted)
        cls.users = dict(zip(GROUPS, role_users, strict=True))

    @classmethod
    def _user_vals(cls, login, groups="", company=None):
        company = company or cls.company
        names = ["base.group_user", *filter(None, groups.split(","))]
        login = f"qms_{login}"
        return {
            "name": f"{login} ({','.join(names)})",
            "login": login,
            "password": login.ljust(8, "x"),
            "group_ids": [Command.set([cls.env.ref(name).id for name in names])],
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "email": f"{login.removeprefix('qms_')}@city.example",
            "notification_type": "inbox",
            "lang": "en_US",
        }

    @classmethod
    def _create_users(cls, vals_list):
        # No invitation is made.
        return cls.env["res.users"].with_context(no_reset_password=True).create(vals_list)

    @classmethod
    def _user(cls, login, groups="", company=None):
        return cls._create_users([cls._user_vals(login, groups, company)])

    @classmethod
    def _employee(cls, user, **vals):
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "department_id": cls.unit.id,
                **vals,
            }
        )

    @classmethod
    def _role(cls, code="R-1", **vals):
        return cls.env["qms.role"].create({"name": code, "code": code, "company_id": cls.company.id, **vals})

    @classmethod
    def _process(cls, code="P-1", **vals):
        owner = (
            vals.pop("owner_role_id", None)
            or cls.env["qms.role"].search([("code", "=", "R-OWN")]).id
            or (cls._role("R-OWN", kind="head", department_id=cls.unit.id).id)
        )
        return cls.env["qms.process"].create(
            {
                "name": f"Process {code}",
                "code": code,
                "company_id": cls.company.id,
                "department_id": cls.unit.id,
                "owner_role_id": owner,
                **vals,
            }
        )

    @classmethod
    def _draft(cls, process, author=None):
        """A draft of two steps, a transition and a flow, written by the coordinator."""
        author = author or cls.users["coordinator"]
        version = (
            cls.env["qms.process.version"]
            .with_user(author)
            .create(
                {
                    "process_id": process.id,
                    "purpose": "To serve",
                    "step_ids": [
                        (
                            0,
                            0,
                            {
                                "key": "s010",
                                "sequence": 10,
                                "name": "Take in",
                                "role_id": process.owner_role_id.id,
                                "touch_minutes": 5,
                            },
                        ),
                        (
                            0,
                            0,
                            {
                                "key": "s020",
                                "sequence": 20,
                                "name": "Decide",
                                "role_id": process.owner_role_id.id,
                                "touch_minutes": 15,
                                "wait_hours": 2,
                            },
                        ),
                    ],
                    "flow_ids": [(0, 0, {"key": "i10", "direction": "input", "name": "Application"})],
                }
            )
        )
        first, second = version.step_ids
        version.transition_ids.create({"version_id": version.id, "source_id": first.id, "target_id": second.id})
        return version

    @classmethod
    def _approved(cls, process):
        version = cls._draft(process)
        version.with_user(cls.users["coordinator"]).action_submit()
        version.with_user(cls.users["commissioner"]).action_approve()
        return version.with_env(cls.env)

    @classmethod
    def _nonconformity(cls, user=None, **vals):
        return (
            cls.env["qms.nonconformity"]
            .with_user(user or cls.clerk_user)
            .create({"name": "It went wrong", "company_id": cls.company.id, "department_id": cls.unit.id, **vals})
        )

    def _abroad(self, model):
        """Return a model as the coordinator of the other authority sees it."""
        return self.env[model].with_context(allowed_company_ids=self.other_company.ids).with_user(self.foreigner)
