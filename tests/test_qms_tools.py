"""The small Python tools behind ./qms."""

import json
import subprocess
import sys

import pytest
from conftest import ROOT

TOOLS = ROOT / "scripts" / "tools"
sys.path[:0] = [str(TOOLS), str(ROOT / "scripts" / "pytest")]

import closing_line  # noqa: E402
import libraries  # noqa: E402
import repository  # noqa: E402
import source_state  # noqa: E402
import translations  # noqa: E402


@pytest.fixture
def addons(tmp_path):
    """A folder with one small addon."""
    addon = tmp_path / "addons" / "some_addon"
    for folder in ("models", "tests", "static/src", "i18n"):
        (addon / folder).mkdir(parents=True)
    (addon / "__manifest__.py").write_text('{"name": "Some", "version": "19.0.1.2.0"}')
    (addon / "models" / "thing.py").write_text("one = 1\n")
    return addon.parent


def test_source_sum_ignores_what_needs_no_update(addons):
    addon = addons / "some_addon"
    before = source_state.source_sum(addon)
    (addon / "tests" / "test_thing.py").write_text("assert True\n")
    (addon / "static" / "src" / "thing.js").write_text("let one;\n")
    assert source_state.source_sum(addon) == before
    (addon / "models" / "thing.py").write_text("one = 2\n")
    assert source_state.source_sum(addon) != before


@pytest.mark.parametrize(
    ("version", "newer"), [("19.0.1.2.0", False), ("19.0.1.1.9", False), ("19.0.1.10.0", True), ("20.0.1.0.0", True)]
)
def test_newer_addons(addons, version, newer):
    assert bool(list(source_state.newer_addons(addons, [f"some_addon|{version}\n", "web|99.0\n"]))) is newer


def test_libraries_are_copied_with_their_licence(addons, tmp_path):
    package = tmp_path / "node_modules" / "some-library"
    (package / "dist").mkdir(parents=True)
    (package / "dist" / "some.min.js").write_text("some")
    (package / "LICENSE").write_text("free")
    row = {
        "addon": "some_addon",
        "package": "some-library",
        "files": {"dist/some.min.js": "some.js"},
        "licence": "LICENSE",
    }
    table = tmp_path / "libraries.json"
    table.write_text(json.dumps([row]))
    present = [sys.executable, TOOLS / "libraries.py", "present", table, addons]
    assert subprocess.run(present).returncode == 1
    libraries.main("copy", table, addons, tmp_path / "node_modules")
    folder = addons / "some_addon" / "static" / "lib" / "some-library"
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"some.js": "some", "LICENSE": "free"}
    assert subprocess.run(present).returncode == 0


def test_missing_library_file_is_named(addons, tmp_path):
    row = {"addon": "some_addon", "package": "gone", "files": {"a.js": "a.js"}, "licence": "LICENSE"}
    with pytest.raises(SystemExit, match="gone has no file a.js"):
        libraries.copy([row], addons, tmp_path)


def test_the_shipped_library_table_fits_package_json():
    table = json.loads((ROOT / "scripts" / "libraries.json").read_text())
    dependencies = json.loads((ROOT / "package.json").read_text()).get("dependencies", {})
    assert {row["package"] for row in table} == set(dependencies)


POT = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Close %(name)s"
msgstr ""

msgid "Open"
msgstr ""
"""


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ('msgid "Close %(name)s"\nmsgstr "Закрыть %(name)s"\n\nmsgid "Open"\nmsgstr "Открыть"\n', None),
        ('msgid "Close %(name)s"\nmsgstr "Закрыть %(имя)s"\n\nmsgid "Open"\nmsgstr "Открыть"\n', "placeholders"),
        ('msgid "Close %(name)s"\nmsgstr "Закрыть %(name)s"\n\nmsgid "Open"\nmsgstr ""\n', "not translated"),
        ('msgid "Close %(name)s"\nmsgstr "Закрыть %(name)s"\n', "not translated"),
        ('msgid "Close %(name)s"\nmsgstr "Закрыть %(name)s"\n\n#, fuzzy\nmsgid "Open"\nmsgstr "Открыть"\n', "fuzzy"),
    ],
)
def test_translations_are_checked(addons, translation, problem):
    folder = addons / "some_addon" / "i18n"
    header = POT.split("\n\n")[0] + "\n\n"
    (folder / "some_addon.pot").write_text(POT)
    for language in translations.LANGUAGES:
        (folder / f"{language}.po").write_text(header + translation)
    found = list(translations.problems(addons / "some_addon"))
    if problem:
        assert len(found) == len(translations.LANGUAGES)
        assert all(problem in line for line in found)
    else:
        assert not found


def test_update_keeps_translations_and_drops_what_is_gone(addons):
    folder = addons / "some_addon" / "i18n"
    header = POT.split("\n\n")[0] + "\n\n"
    (folder / "some_addon.pot").write_text(POT)
    (folder / "ru.po").write_text(header + 'msgid "Open"\nmsgstr "Открыть"\n\nmsgid "Gone"\nmsgstr "Нет"\n')
    translations.update(addons / "some_addon")
    text = (folder / "ru.po").read_text()
    assert "Открыть" in text
    assert "Gone" not in text
    assert "Close %(name)s" in (folder / "uk.po").read_text()


def test_repository_findings():
    path = ROOT / "some.py"
    host = repository.HOSTS[0]
    assert list(repository.findings(path, f"fetch('{host}')\n"))
    assert list(repository.findings(path, "x = 1\n" * (repository.MAX_LINES + 1)))
    assert list(repository.findings(path, "# TO" + "DO later\n"))
    assert not list(repository.findings(path, "x = 1\n"))


@pytest.mark.parametrize(
    ("status", "texts", "line", "expected"),
    [
        (
            0,
            ['{"passed": 3, "failed": 0, "skipped": 1}', '{"passed": 2, "failed": 0, "skipped": 0}'],
            "5 passed, 0 failed, 1 skipped",
            0,
        ),
        (1, ['{"passed": 3, "failed": 1, "skipped": 0}'], "3 passed, 1 failed, 0 skipped", 1),
        (139, ['{"passed": 3, "failed": 0, "skipped": 0}', ""], "3 passed, 1 failed, 0 skipped", 139),
        (0, ['{"passed": 0, "failed": 0, "skipped": 0}'], "0 passed, 0 failed, 0 skipped", 5),
    ],
)
def test_closing_line(status, texts, line, expected):
    assert closing_line.closing(status, texts) == (line, expected)
