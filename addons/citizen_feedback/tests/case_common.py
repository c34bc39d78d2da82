from .common import FeedbackCase


class CaseCase(FeedbackCase):
    """Cases of the first authority's service, which has no norm until a test sets one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._qms_today()
        cls.service.norm_ids.unlink()

    def _norm(self, days, since, **vals):
        return self.env["qms.service.norm"].create(
            {"service_id": self.service.id, "deadline_days": days, "valid_from": since, **vals}
        )

    def _case(self, number=None, asked=None, done=None, user=None, **vals):
        self._last_number = getattr(self, "_last_number", 100) + 1
        vals = {
            "service_id": self.service.id,
            "number": number or str(self._last_number),
            "date_asked": asked or self.today,
            "date_done": done,
            "result": "granted" if done else False,
            **vals,
        }
        return self.env["feedback.case"].with_user(user or self.operator).create(vals)
