import base64
import io

from docx import Document
from lxml import html
from PIL import Image

from .generate_common import GenerateCase


class TestDocumentMap(GenerateCase):
    def _drawn(self, version):
        root = html.fragment_fromstring(str(version.body), create_parent="div")
        return root.findall(".//img[@class='drawn']")

    def test_passport_and_regulation_show_the_map(self):
        for code, subject in (("process_passport", self.process), ("service_regulation", self.service)):
            version = self._first(self._generated(code, subject))
            [picture] = self._drawn(version)
            content = base64.b64decode(picture.get("src").removeprefix("data:image/png;base64,"))
            self.assertGreater(Image.open(io.BytesIO(content)).width, 1000)
            self.assertTrue(picture.get("alt").startswith("Process map "))
            self.assertEqual(len(Document(io.BytesIO(version._docx())).inline_shapes), 1)

    def test_no_map_without_steps(self):
        provider = self.env["qms.document.provider"]
        nothing = provider._map_data(self.env["qms.process.version"])
        self.assertEqual((nothing, provider._map_pictures(nothing)), ({}, []))

    def test_another_way_between_the_steps_is_news(self):
        """The table of steps says nothing of it: the map does."""
        document = self._generated("process_passport", self.process)
        self._in_force(document)
        before = self._first(document).body
        draft = self.process.with_user(self.coordinator)._new_version()
        draft.transition_ids[:1].label = "Complete"
        draft.reason = "Branch named"
        draft.action_submit()
        draft.with_user(self.commissioner).action_approve()
        self.env.cr.precommit.run()
        self.assertTrue(document.is_outdated)
        [version] = document.with_user(self.coordinator)._generate()
        self.assertNotEqual(self._drawn(version)[0].get("alt"), html.fromstring(str(before)).xpath("//img/@alt")[0])
