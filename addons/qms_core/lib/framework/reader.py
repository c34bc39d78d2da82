import json
import re
from datetime import date

from .circle import find_circle
from .model import SOURCE, STRENGTHS, Clause, Framework, Link, Mapping
from .problem import Problem

SCHEMA = 1
LARGEST = 2 * 1024**2
CODE = re.compile(r"[^\s,;]{1,64}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
# Keys by kind of object: the required ones, then the optional ones.
KEYS = {
    "framework": (
        ("schema", "kind", "code", "revision", "languages", "title", "edition", "source", "licence", "clauses"),
        ("valid_from", "valid_to", "supersedes"),
    ),
    "mapping": (("schema", "kind", "from", "to", "revision", "languages", "links"), ("complete", "both_ways")),
    "clause": (("code", "title"), ("parent", "paraphrase")),
    "link": (("from", "to", "strength"), ("note",)),
}
KINDS = ("framework", "mapping")


class _RefusedError(Exception):
    """The file is wrong in a way that makes reading on pointless."""

    def __init__(self, code, place="", **params):
        super().__init__(code)
        self.problem = Problem(code, place, params)


def read(content):
    """Read and check a framework file.

    :param bytes content: the file, JSON in UTF-8
    :return: what it says, or None if anything is wrong, and the problems in the order of the file
    :rtype: tuple(Framework | Mapping | None, list[Problem])
    """
    reader = _Reader()
    try:
        found = reader.read(content)
    except _RefusedError as refused:
        return None, [*reader.problems, refused.problem]
    return (None if reader.problems else found), reader.problems


class _Reader:
    def __init__(self):
        self.problems = []
        self.languages = ()

    def problem(self, code, place, **params):
        self.problems.append(Problem(code, place, params))

    def read(self, content):
        data = self._parse(content)
        if not isinstance(data, dict):
            raise _RefusedError("not_object")
        if data.get("schema") != SCHEMA or isinstance(data.get("schema"), bool):
            raise _RefusedError("unknown_schema", "schema", schema=str(data.get("schema"))[:40], known=SCHEMA)
        kind = data.get("kind")
        if kind not in KINDS:
            raise _RefusedError("unknown_kind", "kind", kind=str(kind)[:40], known=", ".join(KINDS))
        self._check_keys(kind, data, "")
        if self.problems:
            return None
        self.languages = self._languages(data["languages"])
        return self._framework(data) if kind == "framework" else self._mapping(data)

    def _parse(self, content):
        if len(content) > LARGEST:
            raise _RefusedError("too_large", limit=LARGEST // 1024**2)
        try:
            return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_no_doubles)
        except UnicodeDecodeError as error:
            raise _RefusedError("not_utf8") from error
        except json.JSONDecodeError as error:
            raise _RefusedError("not_json", line=error.lineno, column=error.colno) from error
        except RecursionError as error:
            raise _RefusedError("not_object") from error

    # === THE TWO KINDS === #

    def _framework(self, data):
        clauses = [self._clause(item, f"clauses[{index}]") for index, item in enumerate(self._list(data, "clauses"))]
        clauses = [clause for clause in clauses if clause]
        self._check_tree(clauses)
        framework = Framework(
            code=self._code(data["code"], "code"),
            revision=self._revision(data),
            title=self._texts(data["title"], "title"),
            edition=self._text(data, "edition"),
            source=self._texts(data["source"], "source"),
            licence=self._texts(data["licence"], "licence"),
            clauses=tuple(clauses),
            valid_from=self._day(data, "valid_from"),
            valid_to=self._day(data, "valid_to"),
            supersedes=self._code(data.get("supersedes") or "", "supersedes", required=False),
        )
        if framework.valid_from and framework.valid_to and framework.valid_to < framework.valid_from:
            self.problem("wrong_way_round", "valid_to", start=framework.valid_from, end=framework.valid_to)
        if framework.code and framework.supersedes == framework.code:
            self.problem("supersedes_itself", "supersedes")
        return framework

    def _clause(self, item, place):
        if not self._is_object("clause", item, place):
            return None
        code = self._code(item["code"], place)
        place = code or place
        return Clause(
            code=code,
            parent=self._code(item.get("parent") or "", f"{place}, parent", required=False),
            title=self._texts(item["title"], f"{place}, title"),
            paraphrase=self._texts(item["paraphrase"], f"{place}, paraphrase") if item.get("paraphrase") else {},
        )

    def _check_tree(self, clauses):
        seen = set()
        for clause in clauses:
            if clause.code in seen:
                self.problem("double_clause", clause.code)
            seen.add(clause.code)
        for clause in clauses:
            if clause.parent and clause.parent not in seen:
                self.problem("missing_parent", clause.code, parent=clause.parent)
        circle = find_circle([(clause.code, clause.parent) for clause in clauses if clause.parent])
        if circle:
            self.problem("parent_circle", circle[0], path=" → ".join(circle))

    def _mapping(self, data):
        links = [self._link(item, f"links[{index}]") for index, item in enumerate(self._list(data, "links"))]
        mapping = Mapping(
            source=self._code(data["from"], "from"),
            target=self._code(data["to"], "to"),
            revision=self._revision(data),
            complete=self._flag(data, "complete"),
            both_ways=self._flag(data, "both_ways"),
            links=tuple(link for link in links if link),
        )
        self._check_links(mapping)
        return mapping

    def _link(self, item, place):
        if not self._is_object("link", item, place):
            return None
        source, target = self._code(item["from"], place), self._code(item["to"], place)
        place = f"{source} → {target}" if source and target else place
        if item["strength"] not in STRENGTHS:
            self.problem("bad_strength", place, value=str(item["strength"])[:40], known=", ".join(STRENGTHS))
        note = self._texts(item["note"], f"{place}, note") if item.get("note") else {}
        return Link(source, target, item["strength"], note)

    def _check_links(self, mapping):
        seen = set()
        for link in mapping.links:
            if (link.source, link.target) in seen:
                self.problem("double_link", f"{link.source} → {link.target}")
            seen.add((link.source, link.target))
        if mapping.source == mapping.target:
            circle = find_circle((link.source, link.target) for link in mapping.links)
            self.problem("mapped_to_itself", mapping.code, path=" → ".join(circle) or mapping.source)

    # === VALUES === #

    def _is_object(self, kind, item, place):
        if not isinstance(item, dict):
            self.problem("no_object", place)
            return False
        before = len(self.problems)
        self._check_keys(kind, item, item["code"] if isinstance(item.get("code"), str) else place)
        return len(self.problems) == before

    def _check_keys(self, kind, item, place):
        required, optional = KEYS[kind]
        for key in required:
            if key not in item:
                self.problem("missing_key", place, key=key)
        for key in item:
            if key not in required and key not in optional:
                self.problem("unknown_key", place, key=key[:40])

    def _list(self, data, key):
        value = data[key]
        if not isinstance(value, list) or not value:
            raise _RefusedError("no_list", key)
        return value

    def _languages(self, value):
        right = isinstance(value, list) and all(isinstance(item, str) and LANGUAGE.fullmatch(item) for item in value)
        if not right or SOURCE not in value or len(set(value)) != len(value):
            raise _RefusedError("bad_languages", "languages")
        return tuple(value)

    def _texts(self, value, place):
        """Return a text in all languages of the file."""
        if not isinstance(value, dict):
            self.problem("no_texts", place, languages=", ".join(self.languages))
            return {}
        for language in self.languages:
            text = value.get(language)
            if not isinstance(text, str) or not text.strip():
                self.problem("missing_translation", place, language=language)
        for language in value:
            if language not in self.languages:
                self.problem("unknown_language", place, language=language[:40])
        return value

    def _code(self, value, place, required=True):
        if not required and value == "":
            return ""
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self.problem("bad_code", place, value=str(value)[:80])
            return ""
        return value

    def _text(self, data, key):
        value = data[key]
        if not isinstance(value, str) or not value.strip():
            self.problem("no_text", key)
            return ""
        return value

    def _revision(self, data):
        value = data["revision"]
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 10**6:
            self.problem("bad_revision", "revision", value=str(value)[:40])
            return 0
        return value

    def _flag(self, data, key):
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.problem("bad_flag", key, value=str(value)[:40])
        return value is True

    def _day(self, data, key):
        value = data.get(key) or ""
        if value:
            try:
                return date.fromisoformat(value).isoformat()
            except (TypeError, ValueError):
                self.problem("bad_day", key, value=str(value)[:40])
        return ""


def _no_doubles(pairs):
    keys = [key for key, _value in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise _RefusedError("double_key", key[:40])
    return dict(pairs)
