import inspect

from ..common import QmsCase


class TestLanguageOfCalls(QmsCase):
    """Who is called reads it in his own language, whoever calls him: a colleague or a night job."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("uk_UA")
        cls.commissioner = cls.users["commissioner"]
        cls.commissioner.lang = "uk_UA"

    def _calls(self, record):
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return {activity.user_id: activity for activity in self.env["mail.activity"].search(domain)}

    def test_what_is_asked(self):
        calls = self._calls(self._nonconformity(kind="corruption"))
        self.assertEqual(calls[self.users["coordinator"]].summary, "Say who answers for it")
        self.assertEqual(calls[self.commissioner].summary, "Зазначте, хто за це відповідає")

    def test_nobody_is_called_twice(self):
        record = self._nonconformity(kind="corruption")
        before = self.env["mail.activity"].search_count([("res_model", "=", record._name), ("res_id", "=", record.id)])
        self.commissioner.lang = "en_US"
        record.with_context(lang="uk_UA")._ask_who_answers()
        after = self.env["mail.activity"].search_count([("res_model", "=", record._name), ("res_id", "=", record.id)])
        self.assertEqual((before, after), (2, 2))

    def test_all_are_released(self):
        record = self._nonconformity(kind="corruption")
        record._call_to_act(self.head_user, record.date_deadline, "Read the letter")
        record._acted(lambda records: records._nobody_summary())
        self.assertEqual(list(self._calls(record)), [self.head_user])

    def test_how_the_record_is_called(self):
        second = self._user("second", "qms_core.group_commissioner")
        version = self._draft(self._process())
        version.with_user(self.users["coordinator"]).action_submit()
        calls = self._calls(version)
        self.assertIn("версія", calls[self.commissioner].res_name)
        self.assertIn(", version", calls[second].res_name)
        calls[self.commissioner].user_id = self.users["coordinator"]
        self.assertIn(", version", calls[self.commissioner].res_name)

    def test_names_made_of_sentences_know_their_language(self):
        """A name that is composed by a translated sentence is remembered for each language."""
        made = [
            model
            for model in self.env.values()
            if not model._abstract and "activity_ids" in model._fields and self._is_made_of_sentences(model)
        ]
        self.assertIn("qms.process.version", [model._name for model in made])
        for model in made:
            field = model._fields["display_name"]
            self.assertIn("lang", self.env.registry.field_depends_context[field], model._name)

    def _is_made_of_sentences(self, model):
        methods = (vars(cls).get("_compute_display_name") for cls in type(model).mro())
        ours = (method for method in methods if method and "addons.web" not in method.__module__)
        return any("env._(" in inspect.getsource(method) for method in ours if ".qms_" in method.__module__)
