from odoo.exceptions import AccessError, UserError, ValidationError

from .generate_common import GenerateCase


class TestTemplates(GenerateCase):
    def _own(self, code="process_passport"):
        shipped = self._template(code)
        action = shipped.action_adapt()
        return self.env["qms.document.template"].with_user(self.coordinator).browse(action["res_id"])

    def test_each_shipped_template_makes_a_document(self):
        """All kinds in all languages: every placeholder, condition and computed table is answered by the data."""
        provider = self.env["qms.document.provider"]
        templates = self.env["qms.document.template"].search([("company_id", "=", False)])
        self.assertGreaterEqual(len(templates), 51)
        for template in templates:
            subjects = provider._subjects(template.provider, self.company)
            self.assertTrue(subjects, template.provider)
            materials = provider._collect(template.provider, subjects, "en_US")
            for material in materials.values():
                # Everything that a section could be subject to is shown once.
                shown = material._replace(conditions=dict.fromkeys(provider._conditions(template.provider), True))
                title, body = template._render({1: shown})[1]
                self.assertTrue(title)
                self.assertNotIn("{{", title + body)

    def test_data_has_the_names_that_are_offered(self):
        """What the list of placeholders offers is what the data has: nothing more, nothing less."""
        provider = self.env["qms.document.provider"]

        def compare(names, data, path):
            if isinstance(names, dict):
                # What begins with an underscore is for blocks: no placeholder can name it.
                self.assertEqual(set(names), {key for key in data if not key.startswith("_")}, path)
                for name, inner in names.items():
                    compare(inner, data[name], f"{path}.{name}")
            elif isinstance(names, list):
                self.assertIsInstance(data, list, path)
                for row in data:
                    compare(names[0], row, f"{path}[]")
            else:
                self.assertIsInstance(data, (str, int), path)

        for name in provider._providers():
            for material in provider._collect(name, provider._subjects(name, self.company), "en_US").values():
                compare(provider._names(name), material.data, name)
                self.assertEqual(set(material.conditions), set(provider._conditions(name)))

    def test_computed_tables_exist(self):
        provider = self.env["qms.document.provider"]
        for name in provider._providers():
            for _label, template in provider._blocks(name).values():
                self.assertTrue(self.env.ref(template), template)

    def test_own_copy_goes_first_and_leaves_the_shipped_one(self):
        own = self._own()
        shipped = own._shipped()
        section = own.section_ids.filtered(lambda row: row.key == "purpose")
        section.write({"title": "Why we do it", "text": "<p>Because {{process.name}} is needed.</p>"})
        own.section_ids[-1:].sequence = 1
        [document] = self._generated("process_passport", self.process)
        body = self._first(document).body
        self.assertIn("Why we do it", body)
        self.assertIn("Because Registration is needed.", body)
        self.assertNotIn("Why we do it", shipped.section_ids.mapped("title"))
        self.assertEqual(own, self._template("process_passport"))

    def test_reset_brings_the_shipped_texts_back(self):
        own = self._own()
        before = [(row.key, row.title, str(row.text)) for row in own._shipped().section_ids]
        own.section_ids[:1].title = "Changed"
        own.section_ids[-1:].unlink()
        own.numbering = "roman"
        own.action_reset()
        self.assertEqual([(row.key, row.title, str(row.text)) for row in own.section_ids], before)
        self.assertEqual(own.numbering, "decimal")

    def test_shipped_texts_are_changed_by_nobody(self):
        shipped = self._template("process_passport", self.commissioner)
        for write in (
            lambda: shipped.write({"title": "Mine"}),
            lambda: shipped.section_ids[:1].write({"title": "Mine"}),
            lambda: shipped.section_ids[:1].unlink(),
            shipped.action_reset,
        ):
            with self.assertRaises(AccessError):
                write()

    def test_who_only_reads_adapts_nothing(self):
        shipped = self._template("process_passport", self.clerk_user)
        with self.assertRaises(AccessError):
            shipped.action_adapt()

    def test_other_authorities_keep_their_texts(self):
        own = self._own()
        self.assertFalse(self._abroad("qms.document.template").search([("id", "=", own.id)]))
        with self.assertRaises(AccessError):
            own.with_user(self.foreigner).read(["title"])

    def test_mistakes_name_section_and_placeholder(self):
        own = self._own()
        section = own.section_ids[:1]
        title = section.title
        for text, told in [
            ("<p>{{process.nmae}}</p>", "process.nmae”: there is no “nmae” here. Did you mean “name”?"),
            ("<p>{{process.name.upper()}}</p>", "a placeholder only names a value"),
            ("<p>{{process.__class__}}</p>", "names that begin with an underscore"),
            ("<p>{{process._name}}</p>", "names that begin with an underscore"),
            ("<p>{{env.cr}}</p>", "there is no “env” here"),
            ("<p>{{process.id}}</p>", "there is no “id” here"),
            ("<p>{{process.name</p>", "braces are opened or closed alone"),
            ("<p>{{each process.steps}}{{item.name}}</p>", "has no {{end}}"),
            ("<p>{{process.steps}}</p>", "this is a list"),
        ]:
            with self.subTest(text=text), self.assertRaises(ValidationError) as caught:
                section.text = text
            self.assertIn(f"Section “{title}”", str(caught.exception))
            self.assertIn(told, str(caught.exception))

    def test_title_and_header_are_checked_too(self):
        own = self._own()
        for field in ("title", "header"):
            with self.subTest(field=field), self.assertRaises(ValidationError):
                own[field] = "{{process.env}}"

    def test_conditions_and_tables_of_another_kind_are_refused(self):
        section = self._own().section_ids[:1]
        for field, value, told in [
            ("condition", "has_plain", "no such condition"),
            ("block", "matrix", "no such computed table"),
        ]:
            with self.subTest(field=field), self.assertRaises(ValidationError) as caught:
                section[field] = value
            self.assertIn(told, str(caught.exception))

    def test_qweb_in_a_text_stays_text(self):
        own = self._own()
        own.section_ids[:1].text = '<p><t t-out="process.sudo()"/>${process} &lt;t t-esc="1"/&gt; x</p>'
        [document] = self._generated("process_passport", self.process)
        self.assertIn("${process}", self._first(document).body)
        self.assertNotIn("qms.process(", self._first(document).body)

    def test_template_in_use_is_kept(self):
        own = self._own()
        self._generated("process_passport", self.process)
        with self.assertRaisesRegex(UserError, "Documents are made by this template"):
            own.unlink()

    def test_update_keeps_own_copies(self):
        own = self._own()
        own.section_ids[:1].title = "Ours"
        self.env["qms.document.template"]._load_shipped()
        self.assertEqual(own.section_ids[:1].title, "Ours")
        self.assertNotEqual(own._shipped().section_ids[:1].title, "Ours")

    def test_no_template_in_a_language_is_told(self):
        with self.assertRaisesRegex(UserError, "no template"):
            self.env["qms.document.template"]._for("process_passport", "de_DE", self.company)

    def test_forms_open_for_who_keeps_templates(self):
        """All choices of the fields can be listed, and everything that a form shows can be read."""
        for model in ("qms.document.template", "qms.document.template.section", "qms.document.make", "qms.term"):
            for name, field in self.env[model].with_user(self.coordinator).fields_get().items():
                if field["type"] == "selection":
                    self.assertTrue(field["selection"], f"{model}.{name}")
        shipped = self._template("job_description")
        self.assertTrue(shipped.read()[0]["section_ids"])
        self.assertTrue(shipped.section_ids.read())

    def test_placeholders_are_listed(self):
        html = self._template("process_passport").names_html
        self.assertIn("{{process.name}}", html.replace("<t>", ""))
        self.assertIn("each process.steps", html)
