from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .document_common import DocumentCase


@tagged("post_install", "-at_install")
class TestProposal(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._document()
        cls.version = cls._version(cls.document)

    def setUp(self):
        super().setUp()
        self._effective(self.version)

    def _proposal(self, **vals):
        proposals = self.env["qms.document.proposal"].with_user(self.clerk_user)
        return proposals.create(
            {"document_id": self.document.id, "paragraph": "1", "proposal": "Name the room", **vals}
        )

    def _agreed(self):
        proposal = self._proposal()
        proposal.action_propose()
        proposal.with_user(self.users["quality_officer"]).action_collect()
        proposal.with_user(self.head_user).action_agree()
        return proposal

    def test_from_the_clerk_into_force(self):
        proposal = self._proposal()
        self.assertEqual((proposal.author_id, proposal.department_id), (self.clerk_user, self.unit))
        proposal.action_propose()
        self.assertEqual(len(self._calls(self.users["quality_officer"], proposal)), 1)
        proposal.with_user(self.users["quality_officer"]).action_collect()
        self.assertFalse(self._calls(self.users["quality_officer"], proposal))
        self.assertEqual(len(self._calls(self.head_user, proposal)), 1)
        proposal.with_user(self.head_user).action_agree()
        self.assertEqual(len(self._calls(self.commissioner, proposal)), 1)
        proposal.with_user(self.commissioner).action_join()
        draft = proposal.joined_version_id
        self.assertEqual((proposal.state, draft.state, draft.number), ("joined", "draft", 2))
        self.assertIn("Name the room", draft.reason)
        self.assertEqual(self._told(self.clerk_user, "Your proposal goes into the next version"), 1)
        with self.assertRaises(UserError):
            draft.with_user(self.commissioner).unlink()
        # The draft is the commissioner's who joined it, so another one has to approve it.
        draft.with_user(self.commissioner).approval_ids[1].role_id = self._held("R-3", self.officer)
        draft.with_user(self.commissioner).action_submit()
        draft.with_user(self.head_user)._approve()
        draft.with_user(self.users["quality_officer"])._approve()
        self.assertEqual(proposal.state, "done")
        self.assertEqual(self._told(self.clerk_user, "Your proposal is in force now"), 1)

    def test_joined_to_the_draft_that_is_open(self):
        draft = self.document._new_version({"reason": "Other things"})
        proposal = self._agreed()
        proposal.with_user(self.commissioner).action_accept()
        self.assertEqual(proposal.state, "accepted")
        proposal.with_user(self.commissioner).action_join()
        self.assertEqual(proposal.joined_version_id, draft)

    def test_what_was_accepted_is_told_to_who_writes_the_next_version(self):
        proposal = self._agreed()
        draft = self.document._new_version({"reason": "Other things"})
        self.assertEqual(draft.waiting_proposal_count, 0)
        proposal.with_user(self.commissioner).action_accept()
        draft.invalidate_recordset(["waiting_proposal_count"])
        self.assertEqual((draft.waiting_proposal_count, self.version.waiting_proposal_count), (1, 0))
        action = draft.with_user(self.coordinator).action_waiting_proposals()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), proposal)
        proposal.with_user(self.commissioner).action_join()
        draft.invalidate_recordset(["waiting_proposal_count"])
        self.assertEqual(draft.waiting_proposal_count, 0)

    def test_nothing_joins_what_is_being_decided(self):
        draft = self.document._new_version({"reason": "Other things"})
        self._submitted(draft)
        with self._refused("being decided"):
            self._agreed().with_user(self.commissioner).action_join()

    def test_rejection_says_why(self):
        proposal = self._proposal()
        proposal.action_propose()
        proposal.with_user(self.users["quality_officer"]).action_collect()
        proposal.with_user(self.head_user).action_reject("The room changes daily")
        self.assertEqual((proposal.state, proposal.answer), ("rejected", "The room changes daily"))
        self.assertEqual(self._told(self.clerk_user, "Your proposal was rejected"), 1)

    def test_each_step_by_its_person(self):
        proposal = self._proposal()
        with self.assertRaises(AccessError):
            proposal.with_user(self.head_user).action_propose()
        proposal.action_propose()
        for user, step in (
            (self.clerk_user, "action_collect"),
            (self.head_user, "action_collect"),
            (self.users["auditor"], "action_collect"),
        ):
            with self.assertRaises(AccessError):
                getattr(proposal.with_user(user), step)()
        with self.assertRaises(AccessError):
            proposal.with_user(self.clerk_user).action_reject("x")
        with self.assertRaises(UserError):
            proposal.with_user(self.commissioner).action_join()
        self.assertEqual(proposal.state, "proposed")

    def test_what_was_proposed_stays(self):
        proposal = self._proposal()
        proposal.proposal = "Name the room and the hours"
        proposal.action_propose()
        for change in (
            lambda: proposal.write({"proposal": "x"}),
            lambda: proposal.write({"state": "joined"}),
            lambda: proposal.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        other = self._proposal(author_id=self.head_user.id, answer="Yes")
        self.assertEqual((other.author_id, other.answer), (self.clerk_user, False))

    def test_drafts_are_one_s_own(self):
        proposal = self._proposal()
        for user in (self.head_user, self.users["quality_officer"]):
            self.assertFalse(proposal.with_user(user).search([("id", "=", proposal.id)]))
        proposal.action_propose()
        self.assertTrue(proposal.with_user(self.head_user).search([("id", "=", proposal.id)]))
        self.assertFalse(proposal.with_user(self.stranger).search([("id", "=", proposal.id)]))
