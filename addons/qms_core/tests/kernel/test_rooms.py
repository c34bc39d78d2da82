import ast
from pathlib import Path

from odoo.tests import BaseCase

ROOT = Path(__file__).parents[2]
# What a room may import from, besides itself: kernel <- process <- {standard, indicator} <- goal <- improvement <-
# check, and kernel <- control <- check; document, the last, may import all of them.
ALLOWED = {
    "kernel": set(),
    "process": {"kernel"},
    "standard": {"kernel", "process"},
    "indicator": {"kernel", "process"},
    "goal": {"kernel", "process", "standard", "indicator"},
    "improvement": {"kernel", "process", "standard", "indicator", "goal"},
    "control": {"kernel"},
    "check": {"kernel", "process", "standard", "indicator", "goal", "improvement", "control"},
    "document": {"kernel", "process", "standard", "indicator", "goal", "improvement", "control", "check"},
}
# Models that a room may name, by the room that defines them.
NAMED_BY_DATA = {"kernel": {"qms.party"}}


class TestRooms(BaseCase):
    def _defined(self):
        """Return the models each room defines (``_name``), found by reading the sources."""
        rooms = {}
        for room in ALLOWED:
            for path in (ROOT / "models" / room).glob("*.py"):
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, ast.ClassDef) and (name := self._made_here(node)):
                        rooms[name] = room
        return rooms

    def _made_here(self, definition):
        """Return the model that a class makes; none if it only gives a mixin to a model that is there already."""
        given = {
            getattr(line.targets[0], "id", ""): line.value for line in definition.body if isinstance(line, ast.Assign)
        }
        name, parents = given.get("_name"), given.get("_inherit")
        if not isinstance(name, ast.Constant):
            return ""
        inherited = {parent.value for parent in ast.walk(parents or ast.Tuple()) if isinstance(parent, ast.Constant)}
        return "" if name.value in inherited else name.value

    def test_each_room_is_listed(self):
        rooms = {path.name for path in (ROOT / "models").iterdir() if path.is_dir() and path.name != "__pycache__"}
        self.assertEqual(rooms, set(ALLOWED))

    def test_models_point_in_one_direction(self):
        """No field of a room may point to a model of a room above it."""
        defined, wrong = self._defined(), []
        self.assertGreater(len(defined), 15)
        for room, below in ALLOWED.items():
            for path in (ROOT / "models" / room).glob("*.py"):
                for node in ast.walk(ast.parse(path.read_text())):
                    if not (
                        isinstance(node, ast.Call)
                        and getattr(node.func, "attr", "") in ("Many2one", "One2many", "Many2many")
                    ):
                        continue
                    target = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
                    home = defined.get(target)
                    if home and home != room and home not in below and target not in NAMED_BY_DATA.get(room, ()):
                        wrong.append(f"{path.name}: {target} is of room {home}")
        self.assertEqual(wrong, [])

    def test_lib_knows_no_odoo(self):
        wrong = [
            str(path.relative_to(ROOT))
            for path in (ROOT / "lib").rglob("*.py")
            for node in ast.walk(ast.parse(path.read_text()))
            if (isinstance(node, ast.Import) and any(name.name.split(".")[0] == "odoo" for name in node.names))
            or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "odoo")
        ]
        self.assertEqual(wrong, [])
