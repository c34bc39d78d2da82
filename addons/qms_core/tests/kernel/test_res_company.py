from ..common import QmsCase


class TestZone(QmsCase):
    def test_the_zone_of_the_calendar_counts_at_once(self):
        """It is kept in memory, and forgotten when the calendar changes or the authority takes another one."""
        calendar = self.company.resource_calendar_id
        for zone in ("Asia/Vladivostok", "Europe/Kaliningrad"):
            calendar.tz = zone
            self.assertEqual(self.company._qms_zone().zone, zone)
        self.company.resource_calendar_id = calendar.copy({"tz": "Asia/Tokyo"})
        self.assertEqual(self.company._qms_zone().zone, "Asia/Tokyo")

    def test_authority_that_is_not_saved_yet(self):
        company = self.env["res.company"].new({"resource_calendar_id": self.company.resource_calendar_id.id})
        self.assertEqual(company._qms_today(), self.company._qms_today())
