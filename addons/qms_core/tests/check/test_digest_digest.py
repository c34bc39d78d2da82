from ast import literal_eval
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from lxml import html

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import SQL

from ..common import QmsCase


class DigestCase(QmsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].search([("company_id", "=", cls.company.id), ("qms_weekly", "=", True)])
        cls.manager = cls.users["top_management"]
        cls.manager.lang = "en_US"

    @classmethod
    def _indicator(cls, code, value=None, company=None, **vals):
        indicator = cls.env["qms.indicator"].create(
            {
                "name": f"Indicator {code}",
                "code": code,
                "company_id": (company or cls.company).id,
                "target": 90,
                "period": "month",
                **vals,
            }
        )
        if value is not None:
            day = cls.company._qms_today().replace(day=1) - timedelta(days=1)
            cls.env["qms.measurement"].create({"indicator_id": indicator.id, "date": day, "value": value})
        return indicator

    def _mails(self):
        """Send the digest; return its mails by address of the reader."""
        before = self.env["mail.mail"].search([])
        self.digest.action_send()
        return {mail.email_to: mail for mail in self.env["mail.mail"].search([]) - before}

    def _mail(self, user):
        return self._mails()[user.email_formatted]

    def _page(self, mail):
        return html.fromstring(mail.body_html)

    def _rows(self, mail):
        """Return the table of indicators as rows of texts."""
        [head] = self._page(mail).xpath("//tr[th='Indicator']")
        rows = head.getparent().xpath("./tr[td]")
        return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td")] for row in rows]

    def _figure(self, mail, name, column=1):
        """Return a figure of the mail: of the day, the week (1) or the month."""
        cells = self._page(mail).xpath(f"//table[@data-field='{name}']//span[contains(@class, 'kpi_value ')]")
        return int(cells[column].text)


class TestDigest(DigestCase):
    # === WHO GETS IT === #

    def test_each_authority_has_one(self):
        companies = self.company | self.other_company
        digests = self.env["digest.digest"].search([("qms_weekly", "=", True), ("company_id", "in", companies.ids)])
        self.assertEqual(len(digests), 2)
        self.assertEqual(set(digests.mapped("periodicity")), {"weekly"})
        self.assertFalse(self.env["digest.digest"]._make_weekly(), "nobody gets a second one")

    def test_named_in_each_language_also_where_english_is_inactive(self):
        for code in ("uk_UA", "ru_RU"):
            self.env["res.lang"]._activate_lang(code)
        people = self.env["res.partner"].with_context(active_test=False).search([("lang", "=", "en_US")])
        people.lang = "uk_UA"
        # Not by the ORM: a website of this database, of which the core knows nothing, keeps its language.
        self.env.cr.execute(SQL("UPDATE res_lang SET active = FALSE WHERE code = 'en_US'"))
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        company = self.env["res.company"].create({"name": "City C"})
        digest = self.env["digest.digest"].search([("qms_weekly", "=", True), ("company_id", "=", company.id)])
        names = [digest.with_context(lang=code).name for code in ("uk_UA", "ru_RU")]
        self.assertEqual(names, ["Показники тижня", "Показатели недели"])
        digest.with_context(lang="uk_UA").name = "Наші показники"
        digest._translate_name()
        self.assertEqual(digest.with_context(lang="uk_UA").name, "Наші показники")

    def test_readers_by_role(self):
        self._indicator("A", 95)
        readers = {"quality_officer", "coordinator", "commissioner", "top_management"}
        self.assertEqual(set(self._mails()), {self.users[name].email_formatted for name in readers})
        self.manager.group_ids -= self.env.ref("qms_core.group_top_management")
        self.assertNotIn(self.manager.email_formatted, self._mails(), "who lost the role gets it no longer")

    def test_nothing_is_sent_where_nothing_is_measured(self):
        self.assertEqual(self._mails(), {})

    def test_deactivated(self):
        self._indicator("A", 95)
        self.digest.next_run_date = fields.Date.today()
        self.digest.action_deactivate()
        self.env["digest.digest"]._cron_send_digest_email()
        # He may get another digest of Odoo as well.
        own = [("email_to", "=", self.manager.email_formatted), ("subject", "like", self.digest.name)]
        self.assertEqual(self.env["mail.mail"].search_count(own), 0)
        self.digest.action_activate()
        self.env["digest.digest"]._cron_send_digest_email()
        self.assertEqual(self.env["mail.mail"].search_count(own), 1)

    def test_it_comes_on_mondays(self):
        self.assertEqual(self.digest.next_run_date.weekday(), 0)
        with freeze_time("2026-11-24 06:00:00"):  # a Tuesday: the server stood still on Monday
            self.digest.action_send()
        self.assertEqual(fields.Date.to_string(self.digest.next_run_date), "2026-11-30")
        self.assertEqual(self.digest.periodicity, "weekly", "it is not slowed down because nobody logs in")

    def test_own_preference(self):
        self._indicator("A", 95)
        self.manager.with_user(self.manager).qms_weekly_digest = False
        self.assertNotIn(self.manager.email_formatted, self._mails())

    def test_it_is_no_digest_of_duties(self):
        self._indicator("A", 95)
        duties = {user: user.qms_digest_date for user in self.users.values()}
        self._mails()
        self.assertEqual({user: user.qms_digest_date for user in self.users.values()}, duties)

    # === WHAT IT TELLS === #

    def test_indicators_with_their_lights(self):
        self._indicator("A", 95)
        self._indicator("B", 80)
        self._indicator("C")
        rows = self._rows(self._mail(self.manager))
        self.assertEqual([row[0] for row in rows], ["Indicator B", "Indicator A", "Indicator C"])
        self.assertEqual(rows[0][1:], ["80 %", "90 %", "Target missed"])
        self.assertEqual(rows[1][1:], ["95 %", "90 %", "Target met"])
        self.assertEqual(rows[2][1:], ["–", "90 %", "Not measured"])

    def test_long_list_is_cut_and_says_so(self):
        for index in range(23):
            self._indicator(f"I-{index:02}", 95)
        mail = self._mail(self.manager)
        self.assertEqual(len(self._rows(mail)), 20)
        self.assertIn("Further indicators: 3.", " ".join(self._page(mail).text_content().split()))

    def test_figures(self):
        self._indicator("A", 95)
        self._indicator("B", 80)
        self._nonconformity()
        mail = self._mail(self.manager)
        self.assertEqual(self._figure(mail, "kpi_qms_measured"), 2)
        self.assertEqual(self._figure(mail, "kpi_qms_missed"), 1)
        self.assertEqual(self._figure(mail, "kpi_qms_nonconformity"), 1)
        self.assertFalse(self._page(mail).xpath("//*[contains(@class, 'positive_kpi_margin')]"))

    def test_model_check(self):
        process = self._process()
        process.owner_role_id = False
        self._indicator("A", 95)
        self.env["qms.check.run"]._check_model(self.company)
        found = self.env["qms.check.issue"].search([("company_id", "=", self.company.id)])
        self.assertTrue(found)
        found.first_seen = fields.Datetime.now() - timedelta(hours=1)  # what is of this second is told next week
        self.assertEqual(self._figure(self._mail(self.manager), "kpi_qms_check"), len(found))

    def test_other_authority(self):
        self._indicator("A", 95)
        self._indicator("FAR", 80, company=self.other_company)
        mail = self._mail(self.manager)
        self.assertEqual([row[0] for row in self._rows(mail)], ["Indicator A"])
        self.assertEqual(self._figure(mail, "kpi_qms_missed"), 0)

    def test_nothing_confidential_is_counted(self):
        self._indicator("A", 95)
        self._nonconformity()
        self._nonconformity(kind="corruption")
        commissioner = self.users["commissioner"]
        readable = self.env["qms.nonconformity"].with_user(commissioner).search_count([])
        self.assertEqual(readable, 2, "he may read it, but a mail lies about")
        self.assertEqual(self._figure(self._mail(commissioner), "kpi_qms_nonconformity"), 1)

    def test_rights_of_the_reader(self):
        self._indicator("A", 95)
        self.env["ir.model.access"].search([("model_id.model", "=", "qms.check.issue")]).active = False
        page = self._page(self._mail(self.manager))
        self.assertFalse(page.xpath("//table[@data-field='kpi_qms_check']"))
        self.assertTrue(page.xpath("//table[@data-field='kpi_qms_measured']"))

    def test_nothing_is_fetched_from_outside(self):
        self._indicator("A", 95)
        page = self._page(self._mail(self.manager))
        self.assertEqual(page.xpath("//img/@src"), [])
        self.assertNotIn("November", page.xpath("string(//span[@class='header_date'])"), "the date is the reader's")

    def test_other_digests_stay_as_they_are(self):
        digest = self.env["digest.digest"].create(
            {"name": "Messages", "user_ids": self.manager.ids, "company_id": self.company.id}
        )
        before = self.env["mail.mail"].search([])
        digest.action_send()
        page = self._page(self.env["mail.mail"].search([]) - before)
        self.assertFalse(page.xpath("//tr[th='Indicator']"))
        self.assertTrue(page.xpath("//p[@class='run_business']"))


@tagged("post_install", "-at_install")
class TestUnsubscribe(DigestCase, HttpCase):
    def test_link_of_the_mail_unsubscribes(self):
        self._indicator("A", 95)
        mail = self._mail(self.manager)
        link = literal_eval(mail.headers)["List-Unsubscribe"].strip("<>")
        parts = urlsplit(link)
        values = {key: value[0] for key, value in parse_qs(parts.query).items()}
        self.authenticate(None, None)
        response = self.url_open(parts.path, data=values)
        self.assertEqual(response.status_code, 200)
        self.assertFalse(self.manager.qms_weekly_digest)
        self.assertNotIn(self.manager.email_formatted, self._mails(), "the role doesn't bring it back")
        self.assertIn(self.users["coordinator"].email_formatted, self._mails())
