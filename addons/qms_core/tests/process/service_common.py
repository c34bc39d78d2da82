from datetime import timedelta

from ..common import QmsCase


class ServiceCase(QmsCase):
    """A service of the unit, and what its tests need."""

    @property
    def today(self):
        """Return the authority's day, which is that of its working calendar from the test's own set-up on."""
        return self.company._qms_today()

    def _service(self, code="S-1", **vals):
        return self.env["qms.service"].create(
            {
                "name": "Certificate",
                "code": code,
                "company_id": self.company.id,
                "department_id": self.unit.id,
                **vals,
            }
        )

    def _norm(self, service, valid_from, days, kind="calendar", **vals):
        return service.norm_ids.create(
            {
                "service_id": service.id,
                "valid_from": valid_from,
                "deadline_days": days,
                "deadline_kind": kind,
                **vals,
            }
        )

    def _day(self, distance):
        return self.today + timedelta(days=distance)
