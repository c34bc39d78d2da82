from collections import Counter

from odoo.tests import TransactionCase, tagged

from odoo.addons.qms_core.models.document.qms_demo_docgen import NEW_DUTY
from odoo.addons.qms_core.models.indicator.qms_demo_benchmark import CODE
from odoo.addons.qms_core.models.indicator.qms_demo_story import STORIES

# What the check finds in the demo city, by check: what the city shows on purpose, and nothing else.
FOUND = {
    "acknowledgement_late": 3,  # units whose people have put off what they have to read
    "document_basis_lapsed": 1,  # the programme that a document rests on ended last month
    "document_outdated": 1,  # the provision on the service centre lacks a new duty of its head
    "register_empty": 3,  # taken over and not yet filled: measuring equipment, citizens' property, communication
    "goal_unmeasured": 1,  # a goal that came from last year's needs is not measured yet
    "exclusion_contradicted": 1,  # design is left out, yet P-2.08 describes it
    "position_vacant": 7,  # lines of the staffing table without a person
    "role_held_alone": 2,  # visas of the legal adviser and of the landscaping specialist
}


@tagged("post_install", "-at_install")
class TestQmsCheckCity(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create({"name": "City"})
        company.partner_id.lang = "uk_UA"
        cls.env.user.write({"company_ids": [(4, company.id)], "company_id": company.id})
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        cls.company = company
        cls.env["qms.demo"].load_city()
        cls.run_of_city = cls.env["qms.check.run"].search([("company_id", "=", company.id)])
        cls.found = cls.env["qms.check.issue"].search([("company_id", "=", company.id)])

    def test_the_seeded_defects_are_found_and_no_others(self):
        self.assertEqual(dict(Counter(self.found.mapped("check_name"))), FOUND)

    def test_the_contradiction_of_the_manual_is_found(self):
        """The published manual leaves design out and describes it in its own chapter on design."""
        issue = self.found.filtered(lambda issue: issue.check_name == "exclusion_contradicted")
        self.assertIn("8.3", issue.name)
        self.assertIn("P-2.08", issue.sentence)

    def test_who_sees_an_issue_may_read_its_record(self):
        clerk = self.env["res.users"].search([("login", "=", "clerk")])
        for issue in self.found:
            with self.subTest(issue.display_name):
                self.assertTrue(self.env[issue.origin_model].with_user(clerk).browse(issue.origin_id).display_name)

    def test_every_check_was_carried_out(self):
        self.assertEqual((len(self.run_of_city), self.run_of_city.failed_count), (1, 0))
        self.assertEqual(
            {line.check_name for line in self.run_of_city.line_ids}, set(self.env["qms.check"]._get_checks())
        )

    # === WHAT ELSE THE CITY SHOWS === #

    def test_only_documents_with_a_change_to_show_are_out_of_date(self):
        """Also the nightly comparison of all documents with the model finds no others."""
        documents = self._own("qms.document", ("template_id", "!=", False))
        documents.sudo()._check_outdated()
        outdated = documents.filtered("is_outdated")
        self.assertEqual(
            {(document.template_id.code, document.state) for document in outdated},
            {("unit_provision", "effective"), ("job_description", "draft")},
            [(document.name, document.outdated_difference) for document in outdated],
        )
        self.assertEqual(len(outdated), 2, outdated.mapped("display_name"))
        self.assertTrue(all(NEW_DUTY["text"] in document.outdated_difference for document in outdated))

    def _own(self, model, *domain):
        return self.env[model].search([("company_id", "=", self.company.id), *domain])

    def test_no_requirement_is_left_open_without_a_reason(self):
        standards = self._own("qms.standard")
        self.assertLessEqual({"ISO9001-2008", "ISO9001-2015"}, set(standards.mapped("code")))
        self.assertFalse(self._own("qms.requirement", ("coverage", "in", ["open", "partly"])))
        self.assertEqual(set(standards.mapped("coverage_percent")), {100})
        excluded = self._own("qms.requirement", ("applicable", "=", False))
        self.assertEqual(set(excluded.mapped("clause")), {"7.3", "7.5.2", "8.3", "8.5.1f"})
        self.assertTrue(all(excluded.mapped("reason")))

    def test_thirty_indicators_over_two_years(self):
        periods = {"month": 24, "quarter": 8, "year": 2}
        indicators = self._own("qms.indicator", ("code", "in", list(STORIES)))
        self.assertEqual(len(indicators), 30)
        short = {
            indicator.code: len(indicator.measurement_ids)
            for indicator in indicators
            if len(indicator.measurement_ids) < periods[indicator.period]
        }
        self.assertEqual(short, {})
        self.assertEqual(set(indicators.mapped("status")), {"met", "near", "missed"}, "All lights are shown.")

    def test_one_benchmark_over_four_bodies(self):
        region = self.env["res.users"].search([("login", "=", "region")])
        page = self.env["qms.benchmark"].with_user(region).get_page(CODE)
        self.assertEqual((page["scope"], page["total"], len(page["rows"])), ("all", 4, 4))
        mayor = self.env["res.users"].search([("login", "=", "mayor")])
        own = self.env["qms.benchmark"].with_user(mayor).get_page(CODE)
        self.assertEqual((own["scope"], own["total"], len(own["rows"])), ("others", 4, 1))

    def test_goal_tree_below_the_region_s(self):
        goals = self._own("qms.goal")
        above = goals.parent_id - goals
        self.assertEqual(set(above.mapped("code")), {"ОБЛ-1.1", "ОБЛ-1.2"})
        self.assertEqual(set(goals.mapped("state")), {"approved"})
        self.assertEqual(len(goals.filtered(lambda goal: not goal.indicator_ids and not goal.child_ids)), 1)
