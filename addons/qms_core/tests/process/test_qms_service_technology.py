import io

from pypdf import PdfReader

from .service_common import ServiceCase


class TestQmsServiceTechnology(ServiceCase):
    """The technological card: printed out of the steps of the process that delivers the service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.performer = cls._role("R-ADM", name="Administrator", department_id=cls.unit.id)
        cls.lawyer = cls._role("R-LAW", name="Lawyer")
        cls.committee = cls._role("R-COM", name="Executive committee", kind="commission")
        cls.process = cls._process("P-7")
        cls.version = cls._in_force()

    @classmethod
    def _in_force(cls):
        owner = cls.process.owner_role_id
        steps = (
            ("s010", "Asked for", "start", cls.performer, 0, 0, False),
            ("s020", "Take in the papers", "task", cls.performer, 20, 0, False),
            ("s030", "Are the papers complete?", "decision", cls.lawyer, 30, 16, True),
            ("s040", "Sign the extract", "task", owner, 10, 0, True),
            ("s050", "Adopt the list", "task", cls.committee, 10, 40, True),
            ("s060", "Answered", "end", cls.performer, 0, 0, False),
        )
        names = ("key", "name", "kind", "role_id", "touch_minutes", "wait_hours", "control_point")
        version = cls.env["qms.process.version"].create({"process_id": cls.process.id, "purpose": "To serve"})
        records = version.step_ids.create(
            [
                {
                    **dict(zip(names, row, strict=True)),
                    "role_id": row[3].id,
                    "version_id": version.id,
                    "sequence": number,
                    "documents": "Extract" if row[0] == "s040" else False,
                }
                for number, row in enumerate(steps)
            ]
        )
        by_key = {step.key: step.id for step in records}
        ways = (
            ("s010", "s020", False, 0),
            ("s020", "s030", False, 0),
            ("s030", "s040", "Yes", 80),
            ("s030", "s020", "No", 20),
            ("s040", "s050", False, 0),
            ("s050", "s060", False, 0),
        )
        version.transition_ids.create(
            [
                {
                    "version_id": version.id,
                    "source_id": by_key[source],
                    "target_id": by_key[target],
                    "label": label,
                    "share": share,
                }
                for source, target, label, share in ways
            ]
        )
        version.with_user(cls.users["coordinator"]).action_submit()
        version.with_user(cls.users["commissioner"]).action_approve()
        return version

    def _text(self, service, report="qms_core.report_service_technology"):
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = reports.with_user(self.clerk_user)._render_qweb_pdf(report, service.ids)
        self.assertEqual(kind, "pdf")
        # Without spaces: where letters are kerned, the reader finds words in words.
        return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)

    def test_rows_follow_the_steps_in_force(self):
        rows = self._service(process_id=self.process.id).with_user(self.clerk_user)._technology_rows()
        self.assertEqual(
            [(row["number"], row["name"], row["role"], row["letter"], row["days"]) for row in rows],
            [
                (1, "Take in the papers", "Administrator", "В", 1),
                (2, "Are the papers complete?", "Lawyer", "П", 2),
                (3, "Sign the extract", "R-OWN", "П", 1),
                (4, "Adopt the list", "Executive committee", "З", 5),
            ],
        )
        self.assertEqual(rows[0]["unit"], self.unit.name, "The unit of the role, where the step names none.")
        self.assertEqual(rows[1]["ways"], [("Yes", 3), ("No", 1)])

    def test_who_performs_signs_without_another_letter(self):
        draft = self.process.with_user(self.users["coordinator"])._new_version()
        draft.step_ids.filtered(lambda step: step.key == "s040").role_id = self.performer
        draft.action_submit()
        draft.with_user(self.users["commissioner"]).action_approve()
        letters = [row["letter"] for row in self._service(process_id=self.process.id)._technology_rows()]
        self.assertEqual(letters, ["В", "П", "В", "З"])

    def test_letter_of_the_process_goes_before(self):
        letter = self.env.ref("qms_core.letter_card_takes_part")
        self.env["qms.responsibility"].create(
            {"process_id": self.process.id, "role_id": self.lawyer.id, "letter_id": letter.id}
        )
        letters = [row["letter"] for row in self._service(process_id=self.process.id)._technology_rows()]
        self.assertEqual(letters, ["В", "У", "П", "З"])

    def test_day_is_that_of_the_authority(self):
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.filtered(lambda line: line.day_period == "afternoon").unlink()
        self.assertEqual(calendar.hours_per_day, 4)
        days = [row["days"] for row in self._service(process_id=self.process.id)._technology_rows()]
        self.assertEqual(days, [1, 4, 1, 10])

    def test_printed_card(self):
        service = self._service(process_id=self.process.id)
        self._norm(service, self._day(-1), 10, "working")
        text = self._text(service)
        for expected in (
            "TECHNOLOGICAL CARD",
            "Process P-7, version 1 in force since",
            "1Take in the papersAdministratorService CentreВ1",
            "Yes → 3",
            "3Sign the extract",
            "Working days: 10",
            "В – Performs",
            "З – Approves",
        ):
            self.assertIn(expected.replace(" ", ""), text)
        self.assertNotIn("Askedfor", text, "Events happen, nobody does them.")

    def test_service_has_both_cards(self):
        """The law wants an information card for the applicant and a technological card for the authority."""
        service = self._service(process_id=self.process.id, refusal_grounds="Incomplete papers", result="An extract")
        self._norm(service, self._day(-1), 10, "working")
        information = self._text(service, "qms_core.report_service_card")
        technological = self._text(service)
        for text in (information, technological):
            self.assertIn("Workingdays:10", text)
        self.assertIn("Incompletepapers", information)
        self.assertNotIn("Lawyer", information)
        self.assertIn("Arethepaperscomplete?Yes→3No→1Lawyer—П2", technological)
        reports = self.env["ir.actions.report"].search([("binding_model_id.model", "=", "qms.service")])
        self.assertLessEqual(
            {"qms_core.report_service_card", "qms_core.report_service_technology"}, set(reports.mapped("report_name"))
        )

    def test_draft_is_not_printed(self):
        draft = self.process.with_user(self.users["coordinator"])._new_version()
        draft.step_ids[1].name = "Take in half of the papers"
        self.assertNotIn("half", self._text(self._service(process_id=self.process.id)))

    def test_service_without_a_described_process(self):
        self.assertIn("hasnostepsinforceyet", self._text(self._service()))
