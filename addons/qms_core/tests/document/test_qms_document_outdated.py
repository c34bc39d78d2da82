from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron

from ...models.document import qms_document_outdated
from .generate_common import GenerateCase


class TestOutdated(GenerateCase):
    def setUp(self):
        super().setUp()
        # What earlier tests of the class touched is no change of this one.
        self.env.cr.precommit.clear()

    def _three(self):
        """The passport, the regulation of the service and the job description of who performs, all in force."""
        documents = (
            self._generated("process_passport", self.process)
            | self._generated("service_regulation", self.service)
            | self._generated("job_description", self.performer)
        )
        for document in documents:
            self._in_force(document)
        return documents

    def test_changed_process_flags_its_documents_with_the_difference(self):
        documents = self._three()
        glossary = self._generated("glossary", self.company)
        self._in_force(glossary)
        self._renamed_step()
        self.assertEqual(documents.mapped("is_outdated"), [True] * 3)
        for document in documents:
            self.assertIn("Welcome", document.outdated_difference)
            self.assertIn("<del>", document.outdated_difference)
            self.assertEqual(document.outdated_since, self.company._qms_today())
        (documents | glossary)._check_outdated()
        self.assertFalse(glossary.is_outdated)

    def test_changed_role_of_a_step_reaches_who_had_it_and_who_gets_it(self):
        other = self._role("R-2", kind="position", department_id=self.unit.id, name="Archivist")
        documents = self._generated("job_description", self.performer | other)
        for document in documents:
            self._in_force(document)
        draft = self.process.with_user(self.coordinator)._new_version()
        draft.step_ids.filtered(lambda step: step.name == "Take in").role_id = other
        draft.reason = "Handed over"
        draft.action_submit()
        draft.with_user(self.commissioner).action_approve()
        self.env.cr.precommit.run()
        self.assertEqual(documents.mapped("is_outdated"), [True, True])
        drafts = documents.with_user(self.coordinator)._generate()
        texts = {version.document_id.subject_id: version.body for version in drafts}
        self.assertIn("Take in", texts[other.id])
        self.assertNotIn("Take in", texts[self.performer.id])

    def test_change_that_no_text_shows_flags_nothing(self):
        documents = self._three()
        self.process.write({"demand": 100} if "demand" in self.process._fields else {"active": True})
        self.service.message_post(body="A remark")
        self.env.cr.precommit.run()
        documents._check_outdated()
        self.assertFalse(any(documents.mapped("is_outdated")))

    def test_next_version_in_force_clears_the_flag(self):
        document = self._generated("process_passport", self.process)
        self._in_force(document)
        self._renamed_step()
        self.assertTrue(document.is_outdated)
        document._generate()
        document._check_outdated()
        self.assertTrue(document.is_outdated, "the version in force is still the old one")
        self._in_force(document)
        self.env.cr.precommit.run()
        self.assertFalse(document.is_outdated or document.outdated_difference or document.outdated_since)

    def test_change_taken_back_clears_the_flag(self):
        document = self._generated("service_regulation", self.service)
        self._in_force(document)
        name = self.service.name
        self.service.name = "Other"
        self.env.cr.precommit.run()
        self.assertTrue(document.is_outdated)
        self.service.name = name
        self.env.cr.precommit.run()
        self.assertFalse(document.is_outdated)

    def test_duties_skills_and_norms_reach_their_documents(self):
        documents = self._three()
        passport, regulation, job = documents
        self.env["qms.duty"].create({"role_id": self.performer.id, "text": "Keeps the register"})
        self.env.cr.precommit.run()
        self.assertEqual(documents.mapped("is_outdated"), [False, False, True])
        self.service.deadline_days = 3
        self.env.cr.precommit.run()
        self.assertTrue(regulation.is_outdated)
        self.assertFalse(passport.is_outdated)
        self.assertIn("Keeps the register", job.outdated_difference)

    def test_gone_subject_is_told(self):
        service = self.service.copy({"code": "S-2"})
        document = self._generated("service_card", service)
        self._in_force(document)
        service.unlink()
        self.env.cr.precommit.run()
        document._check_outdated()
        self.assertTrue(document.is_outdated)
        self.assertIn("no longer exists", document.outdated_difference)

    def test_archived_subject_is_told(self):
        document = self._generated("service_card", self.service)
        self._in_force(document)
        self.service.active = False
        self.env.cr.precommit.run()
        self.assertIn("was archived", document.outdated_difference)
        self.assertFalse(document._generate(), "nothing is drafted about what is not in use")
        self.service.active = True
        self.env.cr.precommit.run()
        self.assertFalse(document.is_outdated)

    def test_gone_subject_is_told_in_the_language_of_the_document(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        service = self.service.copy({"code": "S-2"})
        template = self.documents.env["qms.document.template"]._for("service_card", "uk_UA", self.company)
        document = self.documents._make(template, service)
        service.unlink()
        document._check_outdated()
        self.assertIn("більше немає", document.outdated_difference)

    def test_subject_of_another_authority_by_now_keeps_no_others_from_being_compared(self):
        other = self.service.copy({"code": "S-2"})
        moved = self._generated("service_card", other)
        stays = self._generated("service_regulation", self.service)
        self._in_force(moved)
        self._in_force(stays)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE qms_service SET company_id = %s, process_id = NULL WHERE id = %s", [self.other_company.id, other.id]
        )
        self.env.cr.execute(
            "UPDATE qms_service SET name = %s WHERE id = %s", ['{"en_US": "Otherwise"}', self.service.id]
        )
        self.env.invalidate_all()
        (moved | stays)._check_outdated()
        self.assertEqual((moved.is_outdated, stays.is_outdated), (True, True))
        self.assertIn("another authority", moved.outdated_difference)

    def test_withdrawn_document_is_out_of_date_no_more_and_not_revived(self):
        [document] = self._generated("process_passport", self.process)
        version = self._in_force(document)
        self._renamed_step()
        self.assertTrue(document.is_outdated)
        version.with_user(self.commissioner).action_withdraw("Not needed")
        self.assertFalse(document.is_outdated or document.outdated_difference or document.outdated_since)
        document._check_outdated()
        self.assertFalse(document.is_outdated)
        self.assertEqual(self.documents.action_draft_next()["tag"], "display_notification")
        self.assertFalse(document._generate())
        self.assertEqual(document.version_ids, version)

    def test_version_begun_by_hand_continues_what_was_made(self):
        [document] = self._generated("process_passport", self.process)
        first = self._in_force(document)
        document.with_user(self.coordinator).action_new_version()
        second = document.version_ids - first
        self.assertFalse(second.with_user(self.coordinator)._is_as_made(), "it is its author's")
        second.with_user(self.coordinator).write({"body": second.body + "<p>Added by hand</p>", "reason": "More"})
        self._in_force(document)
        document._check_outdated()
        self.assertFalse(document.is_outdated, "the model says what it said")
        self.assertFalse(document._generate())
        self._renamed_step()
        self.assertTrue(document.is_outdated)
        self.assertIn("Welcome", document.outdated_difference)

    def test_draft_begun_by_hand_is_left_to_its_author(self):
        [document] = self._generated("process_passport", self.process)
        first = self._in_force(document)
        document.with_user(self.coordinator).action_new_version()
        self._renamed_step()
        self.assertFalse(document._generate())
        self.assertNotIn("Welcome", (document.version_ids - first).body)

    def test_manual_and_list_stay_as_they_are_by_coming_into_force(self):
        manual, listed = self._generated("quality_manual", self.company), self._generated("document_list", self.company)
        policy = self._document(name="Plain text", code="D-7")
        self._effective(self._version(policy))
        for document in manual | listed:
            document._generate()
            self._in_force(document)
        (manual | listed)._check_outdated()
        self.assertFalse((manual | listed).filtered("is_outdated"))
        policy.name = "Plainer text"
        (manual | listed)._check_outdated()
        self.assertEqual((manual | listed).mapped("is_outdated"), [True, True])

    def test_manual_that_answers_a_clause_stays_as_it_is_by_coming_into_force(self):
        standard = self.env["qms.standard"].create({"name": "Quality", "code": "ISO9001-2015"})
        clause = self.env["qms.requirement"].create({"standard_id": standard.id, "clause": "4.3", "name": "Scope"})
        manual = self._generated("quality_manual", self.company)
        manual.requirement_ids = clause
        manual._generate()
        self.assertEqual(clause.coverage, "open")
        self.assertIn(manual.display_name, self._first(manual).body)
        self._in_force(manual)
        manual._check_outdated()
        self.assertFalse(manual.is_outdated)
        self.env.invalidate_all()
        self.assertEqual(clause.coverage, "answered")

    def test_adapted_template_flags_what_it_changes(self):
        document = self._generated("process_passport", self.process)
        self._in_force(document)
        own = self.env["qms.document.template"].browse(self._template("process_passport").action_adapt()["res_id"])
        document._check_outdated()
        self.assertFalse(document.is_outdated, "the same texts under another template are the same")
        own.section_ids.filtered(lambda row: row.key == "purpose").title = "What for"
        document._check_outdated()
        self.assertTrue(document.is_outdated)

    def test_cron_finds_what_no_hook_saw(self):
        document = self._generated("process_passport", self.process)
        self._in_force(document)
        self.process_version.flush_recordset()
        self.env.cr.execute("UPDATE qms_process SET code = 'P-9' WHERE id = %s", [self.process.id])
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env["qms.document"]._cron_outdated()
        self.assertTrue(document.is_outdated)

    def test_cron_goes_on_where_its_time_was_over(self):
        documents = self._generated("service_card", self.service) | self._generated("process_passport", self.process)
        made = self.env["qms.document"].search([("template_id", "!=", False), ("state", "!=", "withdrawn")])
        self.assertLessEqual(documents, made)
        seen = []
        self.patch(IrCron, "_commit_progress", lambda *args, **kwargs: 0)
        with (
            patch.object(qms_document_outdated, "BATCH", 1),
            patch.object(type(documents), "_check_outdated", lambda records: seen.extend(records.ids)),
        ):
            for _night in made:
                self.env["qms.document"]._cron_outdated()
            self.assertEqual(seen, sorted(made.ids))
            self.env["qms.document"]._cron_outdated()
        self.assertEqual(seen[len(made) :], seen[:1], "after the last one it begins anew")

    def test_one_that_fails_keeps_no_others_waiting(self):
        passport, card = (
            self._generated("process_passport", self.process),
            self._generated("service_regulation", self.service),
        )
        for document in passport | card:
            self._in_force(document)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE qms_service SET name = %s WHERE id = %s", ['{"en_US": "Otherwise"}', self.service.id]
        )
        self.env.invalidate_all()
        with (
            patch.object(type(self.env["qms.document.provider"]), "_collect_process", side_effect=ValueError("broken")),
            self.assertLogs("odoo.addons.qms_core.models.document.qms_document_outdated", "ERROR"),
        ):
            self.env["qms.document"]._cron_outdated()
        self.assertEqual((passport.is_outdated, card.is_outdated), (False, True))

    def test_all_outdated_are_drafted_at_once_unchanged_ones_left_alone(self):
        documents = self._three()
        glossary = self._generated("glossary", self.company)
        self._in_force(glossary)
        self._renamed_step()
        action = self.documents.action_draft_next()
        drafts = self.env["qms.document.version"].search(action["domain"])
        self.assertEqual(drafts.document_id, documents)
        self.assertEqual(self.documents.action_draft_next()["tag"], "display_notification")

    def test_mistake_in_a_template_does_not_undo_the_change_of_the_model(self):
        document = self._generated("process_passport", self.process)
        self._in_force(document)
        with (
            patch.object(type(self.env["qms.document"]), "_check_outdated", side_effect=ValueError("broken")),
            self.assertLogs("odoo.addons.qms_core.models.document.qms_document_outdated", "ERROR"),
        ):
            self.process.name = "Renamed"
            self.env.cr.precommit.run()
        self.assertEqual(self.process.name, "Renamed")

    def test_model_check_lists_what_is_in_force_and_older(self):
        document = self._generated("process_passport", self.process)
        check = self.env["qms.check"]._check_document_outdated
        self._in_force(document)
        self.assertFalse(check())
        self._renamed_step()
        self.assertEqual([hit.record for hit in check()], [document])

    def test_no_documents_no_work(self):
        """While nothing is made from the model, changes of it cost nothing."""
        documents = type(self.env["qms.document"])
        with (
            patch.object(documents, "_any_made", return_value=False),
            patch.object(documents, "_touch", side_effect=AssertionError),
        ):
            self.process.name = "Renamed"
        self.assertEqual(self.process.name, "Renamed")
