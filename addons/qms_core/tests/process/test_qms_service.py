from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .service_common import ServiceCase


class TestQmsService(ServiceCase):
    # === IDENTITY === #

    def test_deadline_norm(self):
        service = self._service(deadline_days=10, deadline_kind="working")
        self.assertEqual((service.deadline_days, service.deadline_kind), (10, "working"))
        for days in (-1, 4000):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                service.deadline_days = days
                self.env.flush_all()

    def test_code_is_unique_in_an_authority(self):
        self._service()
        self._service(company_id=self.other_company.id, department_id=False)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._service()

    def test_name_and_result_are_translated(self):
        for code in ("en_US", "uk_UA"):
            self.env["res.lang"]._activate_lang(code)
        service = self._service(result="A paper").with_context(lang="en_US")
        service.with_context(lang="uk_UA").write({"name": "Довідка", "result": "Папір"})
        self.assertEqual((service.name, service.result), ("Certificate", "A paper"))
        self.assertEqual(service.with_context(lang="uk_UA").name, "Довідка")

    def test_fee_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            self._service(fee=-5)

    # === THE SIMPLE DEADLINE === #

    def test_a_deadline_becomes_a_norm_from_today(self):
        service = self._service(deadline_days=10, deadline_kind="working")
        norm = service.norm_ids
        self.assertEqual((norm.deadline_days, norm.deadline_kind, norm.valid_from), (10, "working", self.today))
        self.assertFalse(self._service("S-2").norm_ids, "no deadline, no norm")

    def test_another_deadline_replaces_the_norm(self):
        service = self._service()
        old = self._norm(service, self._day(-100), 10, waiting_minutes=15)
        service.deadline_days = 7
        new = service.norm_ids - old
        self.assertEqual((old.deadline_days, old.valid_to, old.state), (10, self._day(-1), "replaced"))
        self.assertEqual((new.deadline_days, new.valid_from, new.waiting_minutes), (7, self.today, 15))
        service.deadline_kind = "working"
        self.assertEqual((len(service.norm_ids), new.deadline_kind), (2, "working"), "today's norm is corrected")

    def test_writing_the_same_deadline_changes_nothing(self):
        service = self._service()
        norm = self._norm(service, self._day(-100), 10)
        service.write({"deadline_days": 10, "deadline_kind": "calendar"})
        self.assertEqual(service.norm_ids, norm)

    def test_services_are_found_by_the_norm_in_force(self):
        with_norm, without, coming = self._service("S-1"), self._service("S-2"), self._service("S-3")
        self._norm(with_norm, self._day(-10), 5)
        self._norm(coming, self._day(10), 5)
        services = with_norm | without | coming

        def found(*leaf):
            return services.search([("deadline_days", *leaf), ("id", "in", services.ids)])

        self.assertEqual(found("=", 0), without | coming)
        self.assertEqual(found("!=", 0), with_norm)
        self.assertEqual(found(">", 3), with_norm)
        self.assertEqual(found("<", 3), without | coming)
        self.assertEqual(found("in", [0, 5]), services)

    # === THE CARD === #

    def test_readability_is_told(self):
        service = self._service(plain_text="Bring your passport. You pay nothing.")
        self.assertIn("3 words per sentence", service.plain_hint)
        self.assertIn("easy", service.plain_hint)
        service.plain_text = "word " * 40
        self.assertIn("hard", service.plain_hint)
        service.plain_text = False
        self.assertFalse(service.plain_hint)

    def test_lines_get_free_keys(self):
        service = self._service(
            document_ids=[(0, 0, {"name": "Application"}), (0, 0, {"name": "Passport", "key": "d07"})]
        )
        self.assertEqual(sorted(service.document_ids.mapped("key")), ["d01", "d07"])
        third = service.document_ids.create({"service_id": service.id, "name": "Receipt"})
        self.assertEqual(third.key, "d02")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            third.create({"service_id": service.id, "name": "Again", "key": "d02"})

    def test_a_copy_of_the_lines_goes_with_a_copy_of_the_service(self):
        service = self._service(document_ids=[(0, 0, {"name": "Application"})], promise_ids=[(0, 0, {"name": "Quick"})])
        copy = service.copy({"code": "S-9"})
        self.assertEqual((copy.document_ids.name, copy.promise_ids.name), ("Application", "Quick"))
        self.assertNotEqual(copy.document_ids, service.document_ids)

    def test_refusal_lines(self):
        service = self._service(refusal_grounds="Incomplete;False data\n\n Not entitled ")
        self.assertEqual(service._refusal_lines(), ["Incomplete", "False data", "Not entitled"])
        self.assertEqual(self._service("S-2")._refusal_lines(), [])

    # === DICTIONARIES === #

    def test_dictionaries_come_with_the_product(self):
        for model in ("qms.applicant.category", "qms.life.event", "qms.service.channel"):
            entries = self.env[model].with_user(self.clerk_user)._by_code(self.company)
            self.assertGreaterEqual(len(entries), 7, model)
        self.assertTrue(self.env["qms.service.channel"]._by_code(self.company)["portal"].remote)

    def test_statuses_of_clients(self):
        categories = self.env["qms.applicant.category"].with_user(self.clerk_user)._by_code(self.company)
        citizens = {"citizen", "foreigner", "stateless"}
        businesses = {"company", "nonprofit", "entrepreneur", "self-employed"}
        internal = {"servant"}
        self.assertLessEqual(citizens | businesses | internal, set(categories))
        service = self._service(applicant_category_ids=[(6, 0, (categories["servant"] | categories["company"]).ids)])
        other = self._service("S-2", applicant_category_ids=[(6, 0, categories["citizen"].ids)])
        found = service.search([("applicant_category_ids.code", "in", list(internal)), ("code", "like", "S-")])
        self.assertEqual(found & (service | other), service)

    def test_common_entries_are_not_changed_by_one_authority(self):
        channel = self.env["qms.service.channel"].with_user(self.users["coordinator"])
        with self.assertRaises(AccessError):
            channel._by_code(self.company)["portal"].name = "Ours"
        own = channel.create({"name": "Our portal", "code": "portal"})
        self.assertEqual(own.company_id, self.company)
        self.assertEqual(channel._by_code(self.company)["portal"], own, "its own entry stands before the common one")
        abroad = self._abroad("qms.service.channel")
        self.assertNotIn(own, abroad.search([]))
        self.assertEqual(abroad._by_code(self.other_company)["portal"].name, "Portal of electronic services")

    def test_an_entry_of_another_authority_is_refused(self):
        foreign = self.env["qms.life.event"].create(
            {"name": "Theirs", "code": "x", "company_id": self.other_company.id}
        )
        with self.assertRaises(UserError):
            self._service(life_event_ids=[(6, 0, foreign.ids)])

    def test_services_of_a_life_event_and_its_parts(self):
        events = self.env["qms.life.event"]._by_code(self.company)
        service = self._service(life_event_ids=[(6, 0, events["school"].ids)])
        domain = events["child"].action_view_services()["domain"]
        self.assertEqual(service.search(domain), service)
        self.assertEqual((events["school"].service_count, events["child"].service_count), (1, 0))

    def test_life_event_joins_services_functions_and_digital_services(self):
        event = self.env["qms.life.event"]._by_code(self.company)["moving"]
        channels = self.env["qms.service.channel"]._by_code(self.company)
        function = self._process("P-7", nature="function")
        at_hand = self._service("S-1", life_event_ids=[(6, 0, event.ids)], process_id=function.id)
        digital = self._service("S-2", life_event_ids=[(6, 0, event.ids)], channel_ids=[(6, 0, channels["portal"].ids)])
        self._service("S-3")
        complex_ = self.env["qms.service"].search(event.action_view_services()["domain"])
        self.assertEqual(complex_, at_hand | digital)
        self.assertEqual(complex_.filtered("channel_ids.remote"), digital)
        self.assertEqual(complex_.process_id, function, "Which function stands behind it is told by the service.")

    # === RIGHTS === #

    def test_who_edits(self):
        elsewhere = self.env["hr.department"].create({"name": "Elsewhere", "company_id": self.company.id})
        own, foreign = self._service("S-1"), self._service("S-2", department_id=elsewhere.id)
        officer = self.users["quality_officer"]
        line = {"name": "Application", "service_id": own.id}
        for user in (officer, self.users["coordinator"], self.users["commissioner"]):
            own.with_user(user).plain_text = "Come"
            own.document_ids.with_user(user).create(dict(line)).unlink()
            own.promise_ids.with_user(user).create(dict(line)).unlink()
        for user in (self.clerk_user, self.head_user, self.users["auditor"]):
            self.assertEqual(own.with_user(user).name, "Certificate")
            with self.assertRaises(AccessError):
                own.with_user(user).plain_text = "Go"
            with self.assertRaises(AccessError):
                own.document_ids.with_user(user).create(dict(line))
        with self.assertRaises(AccessError):
            own.document_ids.with_user(officer).create({**line, "service_id": foreign.id})
        with self.assertRaises(AccessError):
            self._norm(foreign.with_user(officer), self.today, 3)

    def test_nothing_leaks_to_another_authority(self):
        service = self._service(document_ids=[(0, 0, {"name": "A"})], promise_ids=[(0, 0, {"name": "P"})])
        self._norm(service, self.today, 3)
        for model in ("qms.service", "qms.service.document", "qms.service.promise", "qms.service.norm"):
            self.assertFalse(self._abroad(model).search([]), model)
        with self.assertRaises(AccessError):
            self._abroad("qms.service").browse(service.id).read(["name"])
