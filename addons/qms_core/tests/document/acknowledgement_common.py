from datetime import timedelta
from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase


class AcknowledgementCase(QmsCase):
    """An authority with a type of documents that are acknowledged within ten days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.doc_type = cls.env["qms.document.type"].create(
            {
                "name": "House rules",
                "code": "TST",
                "kind": "sop",
                "level": 3,
                "acknowledge": True,
                "acknowledge_days": 10,
                "company_id": cls.company.id,
            }
        )
        cls.rows = cls.env["qms.acknowledgement"]

    @classmethod
    def _document(cls, name="How we work", **vals):
        return cls.env["qms.document"].create(
            {"name": name, "type_id": cls.doc_type.id, "company_id": cls.company.id, **vals}
        )

    @classmethod
    def _to_unit(cls, unit=None):
        return [(0, 0, {"target": "unit", "department_id": (unit or cls.unit).id})]

    @classmethod
    def _in_force(cls, document, body="<p>Keep the counter open until five.</p>", **vals):
        """Put a version in force; how it is approved is not the matter here."""
        version = cls.env["qms.document.version"].create(
            {"document_id": document.id, "body": body, "reason": "x", **vals}
        )
        version._transition({"state": "approved", "date_effective": cls.today})
        version._make_effective()
        version.flush_recordset()
        return version

    @classmethod
    def _person(cls, name, user=None, **vals):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user.id if user else False,
                "company_id": cls.company.id,
                "department_id": cls.unit.id,
                **vals,
            }
        )

    def _night(self, days=0, method=None):
        """Run the cron of the acknowledgements some days later, or another one; nothing is committed."""
        moved = self.today + timedelta(days=days)

        def progress(*_args, **_kwargs):
            self.env.flush_all()
            return 60

        with (
            patch.object(type(self.company), "_qms_today", lambda company: moved),
            patch.object(IrCron, "_commit_progress", progress),
        ):
            (method or self.rows._cron_follow)()
        self.env.invalidate_all()

    def _asked(self, document, *states):
        states = states or ("open", "done")
        return self.rows.search([("document_id", "=", document.id), ("state", "in", states)])

    def _row(self, document, employee, *states):
        return self._asked(document, *states).filtered(lambda row: row.employee_id == employee)

    def _calls(self, user=None):
        domain = [("res_model", "=", "qms.reading"), ("qms_company_id", "=", self.company.id)]
        return self.env["mail.activity"].search(domain + ([("user_id", "=", user.id)] if user else []))
