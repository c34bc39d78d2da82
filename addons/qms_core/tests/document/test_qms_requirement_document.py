from .document_common import DocumentCase


class TestQmsRequirementDocument(DocumentCase):
    """Documents in force answer the requirements that they name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env["qms.standard"].create({"name": "Quality", "code": "Q-1"})
        cls.requirement = cls.env["qms.requirement"].create(
            {"standard_id": cls.standard.id, "clause": "7.5", "name": "Documented information"}
        )

    def _naming(self, **vals):
        return self._document(requirement_ids=[(6, 0, self.requirement.ids)], **vals)

    def _coverage(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.requirement.with_user(user or self.coordinator).coverage

    def test_only_what_is_in_force_answers(self):
        document = self._naming(code="D-1")
        version = self._version(document)
        self.assertEqual(self._coverage(), "open")
        self._effective(version)
        self.assertEqual(self._coverage(), "answered")
        self.assertEqual(self.requirement.answered_by, document.display_name)
        version.with_user(self.commissioner).action_withdraw("Over")
        self.assertEqual(self._coverage(), "open")

    def test_act_of_others_answers_nothing(self):
        self._naming(kind=self.external, valid_from="2020-01-01", name="Law")
        self.assertEqual(self._coverage(), "open")

    def test_answers_whoever_asks_and_tells_no_title_of_restricted_ones(self):
        self._effective(self._version(self._naming(name="Hidden", confidentiality="restricted")))
        for user in (self.coordinator, self.users["auditor"]):
            self.assertEqual(self._coverage(user), "answered")
            self.assertEqual(self.requirement.with_user(user).answered_by, self.form.name)

    def test_printed_matrix_names_it(self):
        document = self._naming(code="D-1")
        self._effective(self._version(document))
        [row] = self.standard._coverage_rows()
        self.assertEqual((row["others"], row["status"]), ([document.display_name], "answered"))

    def test_coverage_costs_the_same_however_many_documents(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            self.requirement._judge(self.company)  # warm
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.requirement._judge(self.company)
            return self.cr.sql_log_count - before

        self._effective(self._version(self._naming()))
        few = queries()
        for number in range(4):
            self._effective(self._version(self._naming(name=f"Form {number}")))
        self.assertEqual(queries(), few)
