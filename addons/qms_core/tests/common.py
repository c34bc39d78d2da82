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

CITY, OTHER_CITY, UNIT = "City A", "City B", "Service Centre"


def make_people(env):
    """Make what every test class begins with, unless it is there: it takes longer than most classes' own tests.

    :param env: as superuser, of a database for tests
    """
    cities = env["res.company"]
    if cities.search([("name", "=", CITY)]):
        return
    city, other_city = cities.create([{"name": CITY}, {"name": OTHER_CITY}])
    env.user.write({"company_ids": [Command.link(city.id), Command.link(other_city.id)]})
    env = env(context={**env.context, "tracking_disable": True, "allowed_company_ids": city.ids})
    wanted = [user_vals(env, city, group, f"qms_core.group_{group}") for group in GROUPS]
    wanted += [user_vals(env, city, login) for login in ("head", "clerk", "stranger")]
    wanted.append(user_vals(env, other_city, "foreigner", "qms_core.group_coordinator"))
    # All at once, and without invitations.
    users = env["res.users"].with_context(no_reset_password=True).create(wanted)
    unit = env["hr.department"].create({"name": UNIT, "company_id": city.id, "qms_code": "U-1"})
    people = {user.login: user for user in users}
    head, clerk, officer = env["hr.employee"].create(
        [
            {"name": user.name, "user_id": user.id, "company_id": city.id, "department_id": unit.id}
            for user in (people["qms_head"], people["qms_clerk"], people["qms_quality_officer"])
        ]
    )
    clerk.parent_id = head
    unit.manager_id = head
    unit.qms_officer_ids = officer


def user_vals(env, company, login, groups=""):
    names = ["base.group_user", *filter(None, groups.split(","))]
    login = f"qms_{login}"
    return {
        "name": f"{login} ({','.join(names)})",
        "login": login,
        "password": login.ljust(8, "x"),
        "group_ids": [Command.set([env.ref(name).id for name in names])],
        "company_id": company.id,
        "company_ids": [Command.set(company.ids)],
        "email": f"{login.removeprefix('qms_')}@city.example",
        "notification_type": "inbox",
        "lang": "en_US",
    }


class QmsCase(TransactionCase):
    """Two authorities; in the first a unit with its head, an officer, a clerk, and a user of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make_people(cls.env)
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.company, cls.other_company = (cls._look_up("res.company", name=name) for name in (CITY, OTHER_CITY))
        cls.env.user.company_id = cls.company
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": cls.company.ids})
        cls.company, cls.other_company = cls.company.with_env(cls.env), cls.other_company.with_env(cls.env)
        cls.users = {group: cls._look_up("res.users", login=f"qms_{group}") for group in GROUPS}
        cls.head_user, cls.clerk_user, cls.stranger, cls.foreigner = (
            cls._look_up("res.users", login=f"qms_{login}") for login in ("head", "clerk", "stranger", "foreigner")
        )
        cls.unit = cls._look_up("hr.department", name=UNIT, company_id=cls.company.id)
        cls.head, cls.clerk, cls.officer = (
            cls._look_up("hr.employee", user_id=user.id)
            for user in (cls.head_user, cls.clerk_user, cls.users["quality_officer"])
        )

    @classmethod
    def _look_up(cls, model, **values):
        return cls.env[model].search([(name, "=", value) for name, value in values.items()])

    @classmethod
    def _user(cls, login, groups="", company=None):
        vals = user_vals(cls.env, company or cls.company, login, groups)
        return cls.env["res.users"].with_context(no_reset_password=True).create(vals)

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
