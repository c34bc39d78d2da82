from markupsafe import Markup

from odoo.tools import html_sanitize

from odoo.addons.qms_core.lib import docgen
from odoo.addons.qms_core.models.document.qms_document_provider import QmsDocumentProvider

from .generate_common import GenerateCase

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"/>'
# What each kind of document is about.
KINDS = {
    "process_passport": "process",
    "service_card": "service",
    "service_regulation": "service",
    "technological_card": "service",
    "job_description": "performer",
    "unit_provision": "unit",
    "quality_manual": "company",
}


class TestMadeHtml(GenerateCase):
    """Texts made from the model are taken as they are; all others are cleaned."""

    def _tags(self, body):
        return html_sanitize(body, sanitize_attributes=True, sanitize_style=True, sanitize_form=True).count("<")

    def test_cleaning_would_take_nothing_from_what_was_made(self):
        for record in (self.process, self.service, self.performer, self.unit):
            record.name = f"{record.name} {HOSTILE}"
        for code, subject in KINDS.items():
            with self.subTest(code):
                body = self._first(self._generated(code, getattr(self, subject))).body
                self.assertEqual(self._tags(body), body.count("<"))
                self.assertEqual(docgen.units(html_sanitize(body)), docgen.units(body))
                self.assertNotIn("<script", body)
                # The map of the process is a picture of our own.
                self.assertEqual(body.count("<img"), body.count('<img class="drawn" '))

    def test_what_people_write_is_cleaned_in_a_made_version_as_well(self):
        version = self._first(self._generated("process_passport", self.process))
        for body in (f"<p>Own</p>{HOSTILE}", Markup(f"<p>Own</p>{HOSTILE}")):
            version.body = body
            version.flush_recordset()
            version.invalidate_recordset()
            self.assertIn("Own", version.body)
            self.assertNotIn("script", version.body)
            self.assertNotIn("onerror", version.body)

    def test_texts_of_templates_are_as_clean_as_a_body(self):
        template = self._template("process_passport")
        own = template.browse(template.action_adapt()["res_id"])
        dirty = f'<p style="position:fixed;background:url(javascript:1)">Head</p>{HOSTILE}'
        own.write({"header": dirty, "section_ids": [(0, 0, {"title": "Own", "text": dirty})]})
        body = self._first(self._generated("process_passport", self.process)).body
        self.assertIn("Head", body)
        for word in ("script", "onerror", "position:fixed"):
            self.assertNotIn(word, body)


class TestSharedMaterial(GenerateCase):
    def test_templates_of_a_provider_share_what_is_collected(self):
        documents = self._generated("service_card", self.service) | self._generated("service_regulation", self.service)
        self.service.name = "Residence, anew"
        collected, collect = [], QmsDocumentProvider._collect

        def counted(provider, name, subjects, lang):
            collected.extend((name, subject.id) for subject in subjects)
            return collect(provider, name, subjects, lang)

        self.patch(type(self.env["qms.document.provider"]), "_collect", counted)
        drafts = documents._generate()
        self.assertEqual(collected, [("service", self.service.id)])
        self.assertTrue(drafts)  # the card has the name in its title only
        self.assertTrue(all("Residence, anew" in draft.body for draft in drafts))

    def test_drafting_takes_the_same_queries_for_more_documents(self):
        units = self.env["hr.department"].create(
            [{"name": f"Unit {number}", "company_id": self.company.id} for number in range(24)]
        )
        counts = []
        for batch in (units[:4], units[4:]):
            documents = self._generated("unit_provision", batch)
            versions = documents.version_ids
            versions._transition({"state": "superseded"})
            for unit in batch:
                unit.name = f"{unit.name}, anew"
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(len(documents._generate()), len(batch))
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        # The name of each document follows its text, one by one.
        self.assertLessEqual(counts[1] - counts[0], 20)
