from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...lib.check import MODERATE, SERIOUS, Check, Hit
from ...models.check.qms_check import BROKEN
from ..helper import load_models
from .check_common import CheckCase

LOGGER = "odoo.addons.qms_core.models.check.qms_check"


@tagged("post_install", "-at_install")
class TestQmsCheckOfAnAddon(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from . import fake_check  # noqa: PLC0415 no other test may see it

        cls.source = Path(fake_check.__file__)
        load_models(cls, fake_check.QmsCheck)
        cls.registry.clear_cache()

    def test_an_addon_adds_a_check_in_a_few_lines(self):
        self.party.needs = False
        issue = self._issue("party_without_needs")
        self.assertEqual(issue.name, "Citizens")
        self.assertEqual(issue.sentence, "Nobody knows what the party expects.")
        self.assertEqual(issue.remedy, "Ask the party what it expects.")
        self.assertEqual(issue.display_name, "Party without needs: Citizens")
        self.assertLess(len(self.source.read_text().splitlines()), 30)

    def test_the_checks_of_the_core_stay(self):
        self._process("P-1")
        self.assertIn("process_not_in_force", self._check().mapped("check_name"))


class TestQmsCheck(CheckCase):
    def _with_checks(self, **methods):
        """Replace all checks by these methods, besides that of what failed."""
        broken = self.env["qms.check"]._get_checks()[BROKEN]

        def checks(model):
            return {BROKEN: broken} | {
                name: Check(f"Title of {name}", MODERATE, lambda method=method: method(model), "Mend it")
                for name, method in methods.items()
            }

        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)
        return patch.object(type(self.env["qms.check"]), "_get_checks", checks)

    def _outcomes(self):
        return {outcome.name: outcome for outcome in self.env["qms.check"]._carry_out(self.company)}

    def test_a_check_that_raises_is_a_hit_and_the_rest_goes_on(self):
        def raising(_model):
            raise ValueError("the secret of the archive")

        def refused(model):
            model.env["qms.role"].create([{"name": "x", "code": "SAME"}] * 2)
            model.env.flush_all()

        def fine(model):
            return [Hit(model.env.company, "Look here")]

        with self._with_checks(raising=raising, refused=refused, fine=fine), mute_logger(LOGGER, "odoo.sql_db"):
            outcomes = self._outcomes()
        self.assertEqual([row["sentence_parts"] for row in outcomes["fine"].rows], [{"source": "Look here"}])
        self.assertEqual(outcomes["raising"].error, "ValueError")
        failures = {row["key"]: row for row in outcomes[BROKEN].rows}
        self.assertEqual(set(failures), {"raising", "refused"})
        sentence = self.env["qms.check"]._sentence(failures["raising"]["sentence_parts"])
        self.assertIn("Title of raising", sentence)
        self.assertNotIn("secret", sentence)
        self.assertEqual(failures["raising"]["severity"], SERIOUS)

    def test_hits_that_cannot_be_shown_fail_their_check_only(self):
        bad = {
            "several": lambda model: [Hit(model.env.company + self.other_company, "Two at once")],
            "no_list": lambda model: None,
            "no_hit": lambda model: [model.env.company],
        }
        with self._with_checks(**bad, fine=lambda model: []), mute_logger(LOGGER):
            outcomes = self._outcomes()
        self.assertEqual({name for name, outcome in outcomes.items() if outcome.error}, set(bad))

    def test_what_a_check_writes_before_it_fails_is_taken_back(self):
        def half(model):
            model.env.company.name = "Half done"
            raise ValueError

        with self._with_checks(half=half), mute_logger(LOGGER):
            self._outcomes()
        self.assertEqual(self.company.name, "City A")

    def test_sentences_are_read_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("uk_UA")
        checks = self.env["qms.check"]
        parts = {"source": "Step “%s” has no role.", "module": "qms_core", "values": ["Visa"]}
        self.assertEqual(checks._sentence(parts), "Step “Visa” has no role.")
        ukrainian = checks.with_context(lang="uk_UA")._sentence(parts)
        self.assertIn("Visa", ukrainian)
        self.assertNotIn("has no role", ukrainian)

    def test_every_check_says_what_to_do(self):
        checks = self.env["qms.check"]._get_checks()
        self.assertGreaterEqual(len(checks), 18)
        for name, check in checks.items():
            with self.subTest(name):
                self.assertTrue(check.title and check.remedy.endswith("."))
        self.assertEqual(len({check.title for check in checks.values()}), len(checks))
