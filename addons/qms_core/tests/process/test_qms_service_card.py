import io

from pypdf import PdfReader

from .service_common import ServiceCase


class TestQmsServiceCard(ServiceCase):
    """The printed information card and the service standard."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.point = cls.env["qms.service.point"].create(
            {
                "name": "Main office",
                "code": "SP-1",
                "company_id": cls.company.id,
                "address": "1 Town Hall Square",
                "phone": "55-01-01",
                "opening_hours": "Mo-Fr 08:00-17:00",
            }
        )

    def _full(self):
        channels = self.env["qms.service.channel"]._by_code(self.company)
        service = self._service(
            plain_text="Come with your passport.",
            legal_basis="Act No. 1\nAct No. 2",
            application_ground="Written application",
            channel_ids=[(6, 0, (channels["portal"] | channels["centre"]).ids)],
            point_ids=[(6, 0, self.point.ids)],
            refusal_grounds="Incomplete papers",
            result="A paper",
            document_ids=[
                (0, 0, {"name": "Passport"}),
                (0, 0, {"name": "Extract of the cadastre", "obtained_by": "authority", "form": "electronic"}),
            ],
            promise_ids=[(0, 0, {"name": "You wait at most 15 minutes", "target": "95 % of visitors"})],
        )
        self._norm(service, self._day(-10), 10, "working", waiting_minutes=15, basis="Order No. 7")
        return service

    def _pages(self, report, services, user=None):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports.with_user(user or self.clerk_user)._render_qweb_pdf(report, services.ids)
        self.assertEqual(kind, "pdf")
        # Without spaces: where letters are kerned, the reader finds words in words.
        return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]

    def test_the_card_tells_everything(self):
        text = "".join(self._pages("qms_core.report_service_card", self._full()))
        for expected in (
            "Main office",
            "1 Town Hall Square",
            "Monday – Friday 08:00–17:00",
            "55-01-01",
            "Act No. 2",
            "Written application",
            "Passport",
            "Extract of the cadastre",
            "We request it ourselves",
            "Portal of electronic services",
            "Free of charge",
            "Working days: 10",
            "Order No. 7",
            "Incomplete papers",
            "A paper",
            "Come with your passport.",
        ):
            self.assertIn(expected.replace(" ", ""), text)
        order = [
            text.index(word.replace(" ", ""))
            for word in (
                "Where",
                "Opening hours",
                "Laws and other",
                "Ground for",
                "Documents needed",
                "How to submit",
                "Fee",
                "Term",
                "Grounds for refusal",
                "Result",
            )
        ]
        self.assertEqual(order, sorted(order), "the rows stand in the order of the legal form")

    def test_an_empty_card_is_printed_too(self):
        text = "".join(self._pages("qms_core.report_service_card", self._service()))
        self.assertIn("Nonormisinforce", text)

    def test_the_standard_is_one_page(self):
        pages = self._pages("qms_core.report_service_standard", self._full())
        self.assertEqual(len(pages), 1)
        for expected in ("You wait at most 15 minutes", "95 % of visitors", "working days at most", "Main office"):
            self.assertIn(expected.replace(" ", ""), pages[0])
        self.assertNotIn("Extractofthecadastre", pages[0], "only what the applicant brings")

    def test_points_of_the_unit_stand_in(self):
        service = self._service()
        self.assertFalse(service._contact_points())
        self.point.department_id = self.unit
        self.assertEqual(service._contact_points(), self.point)
