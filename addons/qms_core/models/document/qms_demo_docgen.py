from datetime import timedelta

from odoo import api, models

LANG = "uk_UA"
# Kinds that are made for everything there is, those that a few services are enough to show, and those about the whole.
SHOWN = ("service_regulation", "service_standard", "technological_card")
PARTS = ("process_passport", "function_regulation", "service_card", "job_description", "unit_provision", *SHOWN)
AUTHORITY = (
    "process_list",
    "interaction",
    "criteria",
    "document_list",
    "responsibility",
    "glossary",
    "appointment_order",
    "quality_manual",
)
SHOWN_SERVICES = ("S-01", "S-02", "S-05")
# What is in force: (template, model, field of the code, code); the rest waits as drafts.
IN_FORCE = (
    ("process_passport", "qms.process", "code", "P-2.02"),
    ("service_card", "qms.service", "code", "S-01"),
    ("job_description", "qms.role", "code", "R-CNAP-ADM"),
    ("unit_provision", "hr.department", "qms_code", "U-CNAP"),
)
ORDER = {"act_kind": "order", "act_issuer": "Міський голова", "act_number": "215-р"}
CONTACT = {"street": "вул. Вербова, 1", "city": "м. Вербогір", "zip": "00001"}


# What was laid down after the documents were made: the provision on the unit and the description of its head lack it.
NEW_DUTY = {
    "role": "R-CNAP-HEAD",
    "key": "d900",
    "kind": "duty",
    "text": "Щомісяця розглядає на нараді підрозділу оцінки та зауваження заявників.",
    "legal_basis": "Розпорядження міського голови",
}


class QmsDemo(models.AbstractModel):
    """The city's documents made from its model: drafts of all, some of them in force by the real gates."""

    _inherit = "qms.demo"

    @api.model
    def _close_scenario(self):
        """Documents say what the whole model says, so they are made when nothing else changes it."""
        super()._close_scenario()
        self.env.company.partner_id.write(CONTACT)
        self.env.company.write({"phone": "0 800 000 000", "email": "info@verbohir.example"})
        # The list of indicators has that of the model check, which follows. sudo: as the check makes it
        self.env["qms.check.run"].sudo()._indicator(self.env.company)
        documents = self._make_documents(*PARTS)
        self._put_made_in_force(documents)
        # What lists documents and positions comes after what it lists.
        documents |= self._make_documents(*AUTHORITY)
        self._change_the_model(documents)

    @api.model
    def _make_documents(self, *codes):
        """The coordinator has the documents of some templates made (``qms.document``)."""
        maker = self._as("coordinator").env
        provider, made = maker["qms.document.provider"], maker["qms.document"]
        for code in codes:
            template = maker["qms.document.template"]._for(code, LANG, self.env.company)
            subjects = template._fitting(provider._subjects(template.provider, self.env.company))
            if code in SHOWN:
                subjects = subjects.filtered(lambda service: service.code in SHOWN_SERVICES)
            made |= made._make(template, subjects)
        return made

    @api.model
    def _put_made_in_force(self, documents):
        """The coordinator submits, the lawyer gives his visa, the deputy mayor approves or enters the mayor's order."""
        chosen = documents.browse()
        for code, model, field, value in IN_FORCE:
            subject = self.env[model].search([(field, "=", value), ("company_id", "=", self.env.company.id)])
            chosen |= documents.filtered(
                lambda document, code=code, model=model, subject=subject: (
                    document.template_id.code == code
                    and document.subject_model == model
                    and document.subject_id in subject.ids
                )
            )
        lawyer, chief = self._city_role("R-LAWYER"), self._city_role("R-CQC")
        versions = chosen.version_ids
        for version in versions:
            approver = lawyer if version.by_act else chief
            version.approval_ids.unlink()
            version.approval_ids = [(0, 0, {"role_id": approver.id})]
        versions.action_submit()
        by_act = versions.filtered("by_act")
        by_act.with_user(self._user("lawyer"))._approve()
        (versions - by_act).with_user(self._user("deputy"))._approve()
        day = self.env.company._qms_today() - timedelta(days=10)
        by_act.with_user(self._user("deputy"))._approve_by_act({**ORDER, "act_date": day, "date_effective": day})

    @api.model
    def _change_the_model(self, documents):
        """The head of the service centre gets a new duty, and two documents say something else than the model."""
        vals = {name: value for name, value in NEW_DUTY.items() if name != "role"}
        role = self._city_role(NEW_DUTY["role"])
        self._as("coordinator").env["qms.duty"].create({**vals, "sequence": 900, "role_id": role.id})
        documents.sudo()._check_outdated()  # sudo: what the cron does
