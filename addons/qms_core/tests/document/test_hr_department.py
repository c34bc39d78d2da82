from .document_common import DocumentCase


class TestHrDepartment(DocumentCase):
    """Who keeps what a unit has to keep is asked in one place."""

    def test_officers_the_head_and_the_coordinator_keep_it(self):
        officer = self.users["quality_officer"]
        self.assertEqual(self.unit._keepers(), officer | self.head_user)
        kept_by = {
            user for user in (*self.users.values(), self.clerk_user, self.head_user) if self.unit._is_kept_by(user)
        }
        self.assertEqual(kept_by, {officer, self.coordinator, self.head_user})

    def test_of_no_unit_there_are_no_keepers(self):
        nothing = self.unit.browse()
        self.assertFalse(nothing._keepers())
        self.assertFalse(nothing._is_kept_by(self.head_user))

    def test_it_does_not_depend_on_who_asks(self):
        unit = self.unit.with_user(self.stranger)
        self.assertTrue(unit._is_kept_by(self.head_user))
        self.assertFalse(unit._is_kept_by(self.stranger))
