import base64
import io
from contextlib import contextmanager

from odoo.exceptions import UserError

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase

ACT = {"act_kind": "order", "act_issuer": "Mayor", "act_number": "12-r", "act_date": "2026-01-15"}


def pdf(pages=1, text="Annex", rotate=0):
    """Return a small PDF file."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    sheet = io.BytesIO()
    canvas = Canvas(sheet, pagesize=A4)
    for number in range(pages):
        canvas.drawString(100, 400, f"{text} {number + 1}")
        if rotate:
            canvas.setPageRotation(rotate)
        canvas.showPage()
    canvas.save()
    return sheet.getvalue()


class DocumentCase(QmsCase):
    """A form (approved by its route) and a regulation (approved by an act) of the unit, written by the coordinator.

    The head of the unit and the commissioner approve: each by a role that he holds.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls.env.ref("qms_core.document_type_form")
        cls.regulation = cls.env.ref("qms_core.document_type_regulation")
        cls.external = cls.env.ref("qms_core.document_type_external")
        cls.coordinator = cls.users["coordinator"]
        cls.commissioner = cls.users["commissioner"]
        cls.chief = cls._employee(cls.commissioner)
        cls.head_role = cls._held("R-HEAD", cls.head)
        cls.chief_role = cls._held("R-CHIEF", cls.chief)

    def setUp(self):
        super().setUp()
        self.patch(IrCron, "_commit_progress", lambda *args, **kwargs: 60)

    @classmethod
    def _held(cls, code, employee):
        role = cls._role(code)
        cls.env["qms.role.holder"].create({"role_id": role.id, "employee_id": employee.id})
        return role

    @classmethod
    def _document(cls, kind=None, **vals):
        return (
            cls.env["qms.document"]
            .with_user(cls.coordinator)
            .create(
                {
                    "name": "How we take in applications",
                    "type_id": (kind or cls.form).id,
                    "company_id": cls.company.id,
                    "department_id": cls.unit.id,
                    **vals,
                }
            )
        )

    @classmethod
    def _version(cls, document=None, user=None, **vals):
        """A draft whose route is the head, then the commissioner."""
        document = document or cls._document()
        route = [
            (0, 0, {"sequence": 10, "role_id": cls.head_role.id}),
            (0, 0, {"sequence": 20, "role_id": cls.chief_role.id}),
        ]
        return (
            cls.env["qms.document.version"]
            .with_user(user or cls.coordinator)
            .create(
                {
                    "document_id": document.id,
                    "body": "<h2>1. Taking in</h2><p>Look at the application.</p>",
                    "reason": "First",
                    "approval_ids": route,
                    **vals,
                }
            )
        )

    def _submitted(self, version=None):
        version = version or self._version()
        version.with_user(self.coordinator).action_submit()
        return version

    def _effective(self, version=None):
        version = self._submitted(version)
        version.with_user(self.head_user)._approve()
        version.with_user(self.commissioner)._approve()
        return version

    def _by_act(self, versions, user=None, **vals):
        """Enter the act through its dialog; that it asks who one is, is tested over HTTP."""
        wizard = self.env["qms.document.act.wizard"].with_user(user or self.commissioner)
        wizard.create({"version_ids": [(6, 0, versions.ids)], **ACT, **vals})._confirm()

    def _file(self, name="annex.pdf", content=None, user=None):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.coordinator)
            .create({"name": name, "datas": base64.b64encode(content if content is not None else pdf())})
        )

    @contextmanager
    def _refused(self, message, error=UserError):
        """Expect an error that says this; what was begun is undone, as it is for a client."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), message)

    def _calls(self, user, records):
        """Return what the user is called to on these records."""
        return (
            self.env["mail.activity"]
            .search([("user_id", "=", user.id), ("res_model", "=", records._name), ("res_id", "in", records.ids)])
            .mapped("summary")
        )

    def _told(self, user, subject):
        domain = [("partner_ids", "in", user.partner_id.ids), ("subject", "=", subject)]
        return self.env["mail.message"].search_count(domain)
