from passlib.hash import pbkdf2_sha512

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import file_path

CITY = "Виконавчий комітет Вербогірської міської ради"
TIME_ZONE = "Europe/Kyiv"
PASSWORD_ROUNDS = 1000
# Who logs in as what, and with which rights: login -> (groups, what the table of logins says).
LOGINS = {
    "mayor": (["group_top_management"], "Mayor: top management"),
    "deputy": (["group_commissioner"], "Deputy mayor: chief quality commissioner"),
    "coordinator": (["group_coordinator"], "Quality coordinator"),
    "head": ([], "Head of the service centre"),
    "officer": (["group_quality_officer"], "Quality officer of the service centre"),
    "clerk": ([], "Administrator of the service centre: plain employee"),
    "auditor": (["group_auditor"], "Internal auditor"),
    "control": (["group_execution_control"], "Execution control"),
    "hr": (["group_hr"], "Human resources"),
    "lawyer": (["group_legal"], "Legal visa"),
    "archivist": (["group_archive"], "Archive"),
}


class QmsDemo(models.AbstractModel):
    """The fictional city Verbohir: a workbook, its people, and some weeks of work done through the same
    buttons that people press. Addons add their part by extending ``_logins`` and ``_play_scenario``; what is made from
    the whole model comes at the end, by ``_close_scenario``."""

    _name = "qms.demo"
    _description = "Demo City"

    @api.model
    def load_city(self):
        """Load the city into the current company; a second call changes nothing.

        :raises AccessError: for anybody but an administrator
        """
        if not self.env.user._is_system():
            raise AccessError(self.env._("Only an administrator can load the demo city."))
        if self.env["hr.employee"].with_context(active_test=False).search_count([("user_id.login", "=", "deputy")]):
            return
        self._prepare_company()
        self._load_model()
        self._create_logins()
        self._approve_model()
        self._play_scenario()
        self._close_scenario()

    @api.model
    def get_logins(self):
        """Return who can log in to try what, for the table that is printed after the start.

        :return: list of ``{login, password, name, role}``, the administrator first
        """
        if not self.env.user._is_system():
            raise AccessError(self.env._("Only an administrator can list the demo logins."))
        users = self.env["res.users"].search([("login", "in", list(self._logins()))])
        names = {user.login: user.name for user in users}
        return [
            {
                "login": "admin",
                "password": "admin",
                "name": self.env.ref("base.user_admin").name,
                "role": "System administration, quality coordinator",
            }
        ] + [
            {"login": login, "password": login, "name": names[login], "role": role}
            for login, (_groups, role) in self._logins().items()
            if login in names
        ]

    @api.model
    def _logins(self):
        """Hook: return ``{login: ([groups of qms_core or full XML ids], what the person is)}``."""
        return dict(LOGINS)

    @api.model
    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    @api.model
    def _as(self, login):
        """Return this model in the name of a demo user, so that a scenario passes the real gates."""
        return self.with_user(self._user(login)).with_context(lang="uk_UA", tracking_disable=False)

    @api.model
    def _prepare_company(self):
        company = self.env.company
        for code in ("en_US", "uk_UA", "ru_RU"):
            self.env["res.lang"]._activate_lang(code)
        company.name = CITY
        company.partner_id.lang = "uk_UA"
        company.resource_calendar_id.tz = TIME_ZONE
        currency = self.env.ref("base.UAH")
        currency.active = True
        company.currency_id = currency
        company.country_id = self.env.ref("base.ua")

    @api.model
    def _load_model(self):
        workbook = self.env["qms.workbook"].with_context(lang="uk_UA")
        workbook._load_folder(file_path("qms_core/demo/city"))

    @api.model
    def _create_logins(self):
        """Give the people of the table their logins; the password is the login."""
        logins = self._logins()
        # No secret: it is printed for everybody. Odoo's own cost takes a second each, and comes with the first login.
        secrets = pbkdf2_sha512.using(rounds=PASSWORD_ROUNDS)
        for login, employee in self._demo_people().items():
            if login not in logins:
                continue
            groups = [self.env.ref(name if "." in name else f"qms_core.{name}").id for name in logins[login][0]]
            user = (
                self.env["res.users"]
                .with_context(no_reset_password=True, mail_create_nosubscribe=True)
                .create(
                    {
                        "name": employee.name,
                        "login": login,
                        "email": employee.work_email,
                        "lang": "uk_UA",
                        "tz": TIME_ZONE,
                        "company_id": self.env.company.id,
                        "company_ids": [(6, 0, self.env.company.ids)],
                        "group_ids": [(6, 0, [self.env.ref("base.group_user").id, *groups])],
                        "notification_type": "inbox",
                    }
                )
            )
            user._set_encrypted_password(user.id, secrets.hash(login))
            employee.user_id = user
        officer = self._user("officer").employee_id
        officer.department_id.qms_officer_ids = officer
        self.env["qms.role"].search([])._reconcile()

    @api.model
    def _demo_people(self):
        """Return ``{login: hr.employee}`` by the workbook's employees sheet."""
        rows = self.env["qms.workbook"]._folder_rows(file_path("qms_core/demo/city"), "employees")
        codes = {row["code"]: row["login"] for row in rows if row.get("login")}
        employees = self.env["hr.employee"].search([("qms_code", "in", list(codes))])
        return {codes[employee.qms_code]: employee for employee in employees}

    @api.model
    def _approve_model(self):
        """The coordinator submits what was loaded, the commissioner puts it in force."""
        drafts = self.env["qms.process.version"].search([("state", "=", "draft")])
        drafts.with_user(self._user("coordinator")).action_submit()
        drafts.with_user(self._user("deputy")).action_approve()

    @api.model
    def _play_scenario(self):
        """Hook: some work done in the city; each room and each addon adds its own."""

    @api.model
    def _close_scenario(self):
        """Hook: what looks at everything that was played, in all addons: documents made from the model, its check."""
