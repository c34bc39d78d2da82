import base64

from odoo.addons.base.models.ir_cron import IrCron

from ..common import QmsCase


class RecordCase(QmsCase):
    """A unit with an approved nomenclature, a record type and people who keep, endorse, approve and sign."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.archivist, cls.commissioner = cls.users["archive"], cls.users["commissioner"]
        cls.officer_user, cls.coordinator = cls.users["quality_officer"], cls.users["coordinator"]
        cls.mayor = cls.users["top_management"]
        cls.today = cls.company._qms_today()
        cls.kind = cls.env["qms.record.type"].create(
            {"code": "T-1", "name": "Protocol", "company_id": cls.company.id, "retention_years": 3}
        )
        cls.elsewhere = cls.env["hr.department"].create({"name": "Elsewhere", "company_id": cls.company.id})
        cls.outsider = cls._user("outsider")
        cls._employee(cls.outsider, department_id=cls.elsewhere.id)

    def setUp(self):
        super().setUp()
        self.patch(IrCron, "_commit_progress", lambda *args, **kwargs: 60)

    @classmethod
    def _nomenclature(cls, user=None, year=None, **vals):
        lines = [
            {"index": "01-01", "name": "Protocols", "retention_years": 5, "retention_article": "79"},
            {"index": "01-02", "name": "Descriptions", "retention_kind": "permanent"},
            {"index": "01-03", "name": "Drafts", "retention_kind": "replaced"},
        ]
        return (
            cls.env["qms.nomenclature"]
            .with_user(user or cls.officer_user)
            .create(
                {
                    "department_id": cls.unit.id,
                    "company_id": cls.company.id,
                    "year": year or cls.today.year,
                    "line_ids": [(0, 0, line) for line in lines],
                    **vals,
                }
            )
        )

    @classmethod
    def _approved_nomenclature(cls, **vals):
        record = cls._nomenclature(**vals)
        record.action_submit()
        record.with_user(cls.archivist).action_visa()
        record.with_user(cls.commissioner).action_approve()
        return record.with_env(cls.env)

    @classmethod
    def _file_line(cls, nomenclature, index="01-01"):
        return nomenclature.line_ids.filtered(lambda line: line.index == index)

    @classmethod
    def _stray_file(cls, user, name="protocol.txt", content=b"It was done."):
        return cls.env["ir.attachment"].with_user(user).create({"name": name, "datas": base64.b64encode(content)})

    @classmethod
    def _record(cls, line, user=None, **vals):
        user = user or cls.clerk_user
        return (
            cls.env["qms.record"]
            .with_user(user)
            .create(
                {
                    "name": "Minutes of the week",
                    "type_id": cls.kind.id,
                    "company_id": cls.company.id,
                    "department_id": cls.unit.id,
                    "nomenclature_line_id": line.id,
                    "attachment_ids": [(6, 0, cls._stray_file(user).ids)],
                    **vals,
                }
            )
        )

    @classmethod
    def _filed(cls, line, **vals):
        record = cls._record(line, **vals)
        record.action_file()
        return record.with_env(cls.env)
