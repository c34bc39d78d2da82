from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.ir_cron import IrCron

from .common import NonconformityCase


class TestArchiving(NonconformityCase):
    def test_only_the_quality_staff_archives(self):
        record, action = self._planned()
        risk = self.env["qms.risk"].with_user(self.clerk_user).create({"name": "It may fail"})
        for kept, user in ((record, self.head_user), (action, self.clerk_user), (risk, self.head_user)):
            with self.assertRaisesRegex(AccessError, "quality staff"):
                kept.with_user(user).action_archive()
            self.assertTrue(kept.active)
            kept.with_user(self.users["coordinator"]).action_archive()
            self.assertFalse(kept.active)

    def test_nothing_is_archived_from_the_beginning(self):
        reports = self.env["qms.nonconformity"].with_user(self.clerk_user)
        self.assertTrue(reports.create({"name": "x", "active": False}).active)
        self.assertTrue(reports.with_context(default_active=False).create({"name": "x"}).active)

    def test_archived_work_is_not_done(self):
        record, action = self._planned()
        record.with_user(self.head_user).action_start()
        action.with_user(self.users["coordinator"]).action_archive()
        with self.assertRaisesRegex(UserError, action.number):
            record.with_user(self.head_user).action_verify_effect()

    def test_archived_duties_are_told_of_when_late(self):
        record, action = self._planned()
        record.with_user(self.head_user).action_start()
        action.with_user(self.users["coordinator"]).action_archive()
        late = action.date_deadline + timedelta(days=2)
        with (
            patch.object(type(self.env.company), "_qms_today", lambda company: late),
            patch.object(IrCron, "_commit_progress", lambda *args, **kwargs: 60),
        ):
            self.env["qms.deadline.mixin"]._cron_deadlines()
        self.assertTrue(action.reminded)
        self.assertEqual(action.escalation_level, 1)

    def test_archived_is_not_released(self):
        service = self.env["qms.service"].create({"name": "Certificate", "code": "S-1", "company_id": self.company.id})
        record = self._confirmed(kind="service", service_id=service.id, service_result="No. 15")
        record.with_user(self.head_user).action_block_use()
        record.with_user(self.users["coordinator"]).action_archive()
        self.assertIn("No. 15", service.with_user(self.stranger).blocked_results)
