from collections import Counter

from odoo.tests import TransactionCase, tagged

# What the check finds in the demo city, by check: what the city shows on purpose, and nothing else.
FOUND = {
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
