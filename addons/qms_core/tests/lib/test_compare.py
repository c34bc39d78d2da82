import random

from odoo.tests import BaseCase

from ...lib.compare import ADDED, CHANGED, REMOVED, SAME, changed_words, compare, tally


class TestCompare(BaseCase):
    def test_rows_by_key_and_fields_old_and_new(self):
        old = {"a": {"name": "Take in", "minutes": 5}, "b": {"name": "Check", "minutes": 9}, "c": {"name": "Give out"}}
        new = {"a": {"name": "Take in", "minutes": 3}, "c": {"name": "Give out"}, "d": {"name": "Archive"}}
        rows = compare(old, new)
        self.assertEqual(
            [(row.key, row.kind) for row in rows], [("a", CHANGED), ("b", REMOVED), ("c", SAME), ("d", ADDED)]
        )
        self.assertEqual(rows[0].fields, {"minutes": (5, 3)})
        self.assertEqual((rows[1].new, rows[3].old), (None, None))
        self.assertEqual(tally(rows), {ADDED: 1, REMOVED: 1, CHANGED: 1, SAME: 1})

    def test_removed_rows_stand_where_they_were(self):
        old = dict.fromkeys("xaybz", {})
        self.assertEqual([row.key for row in compare(old, dict.fromkeys("ab", {}))], list("xaybz"))
        self.assertEqual([row.key for row in compare(old, dict.fromkeys("ba", {}))], list("xbzay"))

    def test_field_that_one_side_lacks(self):
        rows = compare({"a": {"unit": "U"}}, {"a": {"system": "S"}})
        self.assertEqual(rows[0].fields, {"system": ("", "S"), "unit": ("U", "")})

    def test_comparing_back_turns_everything_round(self):
        dice = random.Random(4)
        for _round in range(50):
            old, new = (
                {key: {"v": dice.randint(0, 2)} for key in dice.sample("abcdefgh", dice.randint(0, 8))}
                for _ in range(2)
            )
            there, back = compare(old, new), compare(new, old)
            turned = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED, SAME: SAME}
            self.assertEqual({row.key: turned[row.kind] for row in there}, {row.key: row.kind for row in back})
            self.assertEqual(len(there), len(set(old) | set(new)))

    def test_changed_words(self):
        left, right = changed_words("Decide in 30 days, by order", "Decide in 10 days, by order")
        self.assertEqual([piece for piece, changed in left if changed], ["30"])
        self.assertEqual([piece for piece, changed in right if changed], ["10"])
        for old, new in (("", "x"), ("x", ""), ("", ""), ("a b", "a  b"), ("я\nти", "ви"), ("w " * 3000, "v " * 3000)):
            left, right = changed_words(old, new)
            self.assertEqual("".join(piece for piece, _ in left), old, "Nothing is lost.")
            self.assertEqual("".join(piece for piece, _ in right), new)
