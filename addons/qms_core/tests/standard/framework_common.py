import base64
import json

from ..common import QmsCase

LANGUAGES = ["en", "uk"]


def texts(text):
    return {"en": text, "uk": f"{text} (укр)"}


def clause(code, parent="", title=None):
    return {"code": code, "parent": parent, "title": texts(title or f"Clause {code}"), "paraphrase": texts("Own words")}


class FrameworkCase(QmsCase):
    """Small frameworks of two editions, and the coordinator who adds them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("uk_UA")
        cls.coordinator = cls.users["coordinator"]
        cls.loader = cls.env["qms.framework"].with_user(cls.coordinator)

    def _framework(self, code="OLD", clauses=None, **more):
        """Return the content of a framework file."""
        data = {
            "schema": 1,
            "kind": "framework",
            "code": code,
            "revision": 1,
            "languages": LANGUAGES,
            "title": texts(f"Standard {code}"),
            "edition": "1",
            "source": texts("Made up"),
            "licence": texts("Free"),
            "clauses": clauses or [clause("4"), clause("4.1", "4"), clause("4.2", "4")],
            **more,
        }
        return json.dumps(data).encode()

    def _mapping(self, source, target, *links, **more):
        """Return the content of a mapping file; links are ``(from, to, strength)``."""
        rows = [dict(zip(("from", "to", "strength"), link, strict=True)) for link in links]
        data = {
            "schema": 1,
            "kind": "mapping",
            "from": source,
            "to": target,
            "revision": 1,
            "languages": LANGUAGES,
            "links": rows,
            **more,
        }
        return json.dumps(data).encode()

    def _load(self, content, keep_titles=False):
        """Load a framework; return its standard, read by the test's own user."""
        standard, _counts = self.loader._load([self.loader._read(content)], keep_titles=keep_titles)
        return standard.with_env(self.env)

    def _load_mapping(self, content):
        return self.loader._load([], [self.loader._read(content)])

    def _clause(self, standard, code):
        return standard.requirement_ids.filtered(lambda row: row.clause == code)

    def _map(self, source, target, strength="full", **more):
        return self.env["qms.requirement.mapping"].create(
            {"from_id": source.id, "to_id": target.id, "strength": strength, **more}
        )

    def _shipped(self, *codes):
        """Load frameworks that come with the program."""
        shipped = self.loader._shipped()[0]
        standards, _counts = self.loader._load([shipped[code] for code in codes])
        return standards.with_env(self.env)

    @staticmethod
    def _encoded(content):
        return base64.b64encode(content)
