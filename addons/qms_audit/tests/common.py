from odoo.addons.qms_core.tests.common import QmsCase


class AuditCase(QmsCase):
    """The service centre with an approved process, and an auditor of another unit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor_user = cls.users["auditor"]
        cls.commissioner = cls.users["commissioner"]
        cls.finance = cls.env["hr.department"].create({"name": "Finance", "company_id": cls.company.id})
        cls.auditor = cls._employee(cls.auditor_user, department_id=cls.finance.id)
        cls.process = cls._process()
        version = cls._draft(cls.process)
        version.criteria = "Share served in time;\nMean mark"
        version.step_ids[1].control_point = True
        version.action_submit()
        version.with_user(cls.commissioner).action_approve()

    @classmethod
    def _second_auditor(cls):
        user = cls._user("auditor_2", "qms_core.group_auditor")
        return user, cls._employee(user, department_id=cls.finance.id)

    @classmethod
    def _audit(cls, user=None, **vals):
        return (
            cls.env["qms.audit"]
            .with_user(user or cls.auditor_user)
            .create(
                {
                    "name": "Audit of the service centre",
                    "company_id": cls.company.id,
                    "process_ids": [(6, 0, cls.process.ids)],
                    "responsible_id": cls.auditor.id,
                    "date_start": "2031-03-03 07:00:00",
                    "date_end": "2031-03-03 14:00:00",
                    **vals,
                }
            )
        )

    @classmethod
    def _started(cls, **vals):
        audit = cls._audit(**vals)
        audit.with_user(cls.commissioner).scope = "The last quarter"
        audit.action_generate_checklist()
        audit.action_start()
        return audit

    @classmethod
    def _finding(cls, audit, **vals):
        return audit.finding_ids.create({"audit_id": audit.id, "name": "No visa", "process_id": cls.process.id, **vals})

    @classmethod
    def _reported(cls):
        audit = cls._started()
        audit.line_ids.write({"answer": "conform"})
        audit.summary = "All is well"
        audit.action_report()
        return audit

    @classmethod
    def _closed(cls):
        audit = cls._reported()
        audit.with_user(cls.commissioner).action_close("Take note of it.")
        return audit
