import io

from pypdf import PdfReader

from odoo.exceptions import AccessError

from ..process.service_common import ServiceCase


class TestQmsIndicatorTemplate(ServiceCase):
    def _templates(self, *codes):
        catalogue = self.env["qms.indicator.template"]._by_code(self.company)
        return self.env["qms.indicator.template"].union(*(catalogue[code] for code in codes))

    def _wizard(self, services, templates, user=None):
        wizard = self.env["qms.indicator.catalogue.wizard"].with_user(user or self.users["coordinator"])
        wizard = wizard.with_context(active_model="qms.service", active_ids=services.ids)
        return wizard.create({"template_ids": [(6, 0, templates.ids)]})

    def test_the_catalogue_comes_with_the_product(self):
        catalogue = self.env["qms.indicator.template"].with_user(self.clerk_user).search([])
        self.assertGreaterEqual(len(catalogue), 12)
        self.assertTrue(all(entry.method and entry.unit_of_measure for entry in catalogue))

    def test_services_get_indicators(self):
        services = self._service("S-1", process_id=self._process().id) | self._service("S-2")
        self._wizard(services, self._templates("WAIT", "IN-TERM")).action_add()
        self.assertEqual(
            sorted(services.indicator_ids.mapped("code")), ["S-1-IN-TERM", "S-1-WAIT", "S-2-IN-TERM", "S-2-WAIT"]
        )
        wait = services[0].indicator_ids.filtered(lambda indicator: indicator.code == "S-1-WAIT")
        self.assertEqual((wait.direction, wait.target, wait.unit_of_measure), ("lower", 15, "min"))
        self.assertEqual((wait.process_id, wait.owner_role_id.code), (services[0].process_id, "R-OWN"))
        self.assertEqual(services[0].indicator_count, 2)

    def test_satisfaction_and_professionalism_of_a_service(self):
        service = self._service()
        self._wizard(service, self._templates("SATISFACTION", "POLITE")).action_add()
        by_code = {indicator.code: indicator for indicator in service.indicator_ids}
        mark, polite = by_code["S-1-SATISFACTION"], by_code["S-1-POLITE"]
        self.assertIn("Mean mark of applicants", mark.name)
        self.assertIn("courtesy and competence", polite.name)
        mark.measurement_ids.create({"indicator_id": mark.id, "date": self.today, "value": 4.7})
        polite.measurement_ids.create({"indicator_id": polite.id, "date": self.today, "value": 80})
        self.assertEqual((mark.status, polite.status), ("met", "missed"), "Judged by the targets of the catalogue.")

    def test_remote_channels_of_a_service_are_measured(self):
        channels = self.env["qms.service.channel"]._by_code(self.company)
        remote = self._service("S-1", channel_ids=[(6, 0, (channels["portal"] | channels["centre"]).ids)])
        at_hand = self._service("S-2", channel_ids=[(6, 0, channels["centre"].ids)])
        found = self.env["qms.service"].search(
            [("channel_ids.remote", "=", True), ("id", "in", (remote | at_hand).ids)]
        )
        self.assertEqual(found, remote)
        self._wizard(remote, self._templates("REMOTE")).action_add()
        share = remote.indicator_ids
        self.assertEqual((share.code, share.direction, share.target), ("S-1-REMOTE", "higher", 40))
        share.measurement_ids.create({"indicator_id": share.id, "date": self._day(-100), "value": 22})
        self.assertEqual(share.status, "missed")
        share.measurement_ids.create({"indicator_id": share.id, "date": self.today, "value": 41})
        self.assertEqual(share.status, "met", "The share has grown past its target.")

    def test_twice_makes_no_second_indicator(self):
        service = self._service()
        self._wizard(service, self._templates("WAIT")).action_add()
        service.indicator_ids.active = False
        self._wizard(service, self._templates("WAIT", "DAYS")).action_add()
        codes = self.env["qms.indicator"].with_context(active_test=False).search([("service_id", "=", service.id)])
        self.assertEqual(sorted(codes.mapped("code")), ["S-1-DAYS", "S-1-WAIT"])

    def test_names_in_every_language(self):
        for code in ("en_US", "uk_UA"):
            self.env["res.lang"]._activate_lang(code)
        service = self._service().with_context(lang="en_US")
        service.with_context(lang="uk_UA").name = "Довідка"
        template = self._templates("WAIT")
        template.with_context(lang="uk_UA").name = "Очікування"
        self._wizard(service, template).action_add()
        indicator = service.indicator_ids
        self.assertEqual(indicator.with_context(lang="uk_UA").name, "Очікування (Довідка)")
        self.assertEqual(indicator.with_context(lang="en_US").name, "Mean wait in the queue (Certificate)")

    def test_a_promise_shows_whether_it_is_kept(self):
        service = self._service(promise_ids=[(0, 0, {"name": "No queue"})])
        self._wizard(service, self._templates("WAIT")).action_add()
        service.promise_ids.indicator_id = service.indicator_ids
        self.assertEqual(service.promise_ids.indicator_status, "none")
        service.indicator_ids.measurement_ids.create(
            {"indicator_id": service.indicator_ids.id, "date": self.today, "value": 40}
        )
        self.assertEqual(service.promise_ids.indicator_status, "missed")

    def test_the_charter_has_its_properties_and_its_printed_page(self):
        service = self._service(
            name="Certificate of residence",
            promise_ids=[(0, 0, {"name": "You wait at most 15 minutes", "target": "95 % of visitors"})],
            document_ids=[(0, 0, {"name": "Passport"})],
        )
        self._norm(service, self._day(-10), 7, waiting_minutes=15)
        self._wizard(service, self._templates("WAIT")).action_add()
        service.promise_ids.indicator_id = service.indicator_ids
        service.indicator_ids.measurement_ids.create(
            {"indicator_id": service.indicator_ids.id, "date": self.today, "value": 12}
        )
        self.assertEqual(service.promise_ids.indicator_status, "met")
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True).with_user(self.clerk_user)
        content, _kind = reports._render_qweb_pdf("qms_core.report_service_standard", service.ids)
        [page] = PdfReader(io.BytesIO(content)).pages
        text = "".join(page.extract_text().split())
        for expected in (
            "Certificate of residence",
            "You wait at most 15 minutes",
            "95 % of visitors",
            "7 calendar days at most",
            "15 minutes of waiting at most",
            "Passport",
        ):
            self.assertIn(expected.replace(" ", ""), text)

    def test_an_officer_only_for_his_unit(self):
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere", "company_id": self.company.id})
        own = self._service("S-1", process_id=self._process().id)
        foreign = self._service("S-2", department_id=elsewhere.id)
        officer = self.users["quality_officer"]
        self._wizard(own, self._templates("WAIT"), officer).action_add()
        self.assertEqual(own.indicator_count, 1)
        with self.assertRaises(AccessError):
            self._wizard(foreign, self._templates("WAIT"), officer).action_add()
        with self.assertRaises(AccessError):
            self._wizard(own, self._templates("DAYS"), self.clerk_user)
