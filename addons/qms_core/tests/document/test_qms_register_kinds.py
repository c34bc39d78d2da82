from .register_common import RegisterCase


class TestQmsRegisterKinds(RegisterCase):
    """What the shipped registers have fields for."""

    def _shipped(self, kind, **properties):
        """Return an entry of a shipped register with values in its fields, as its row on paper."""
        registers = self.env["qms.register"].with_user(self.coordinator)
        register = registers.create(registers._shipped_vals(kind))
        self._entry(register_id=register.id, user=self.coordinator, properties=properties)
        table = register._print_table(filled_only=True)
        return dict(zip(table["columns"], table["rows"][0], strict=True))

    def test_communication_by_eight_ways(self):
        registers = self.env["qms.register"]
        [ways] = [
            row
            for row in registers._shipped_vals("communication")["entry_properties_definition"]
            if row["name"] == "ways"
        ]
        self.assertEqual(len({tag[0] for tag in ways["tags"]}), 8)
        row = self._shipped("communication", ways=["stand", "seminar"], about="New policy")
        self.assertEqual(row["Ways of informing"], "Information stand, Seminar")

    def test_purchases_tell_demands_invitation_choice_and_check(self):
        row = self._shipped(
            "provider",
            demands="Paper without acid",
            invitation="Portal, No. 7, 1 March",
            criteria="Quality 60, price 40",
            acceptance="Each lot is opened",
        )
        self.assertEqual(row["What is demanded of the delivery"], "Paper without acid")
        self.assertEqual(row["Open invitation: where, number, day"], "Portal, No. 7, 1 March")
        self.assertEqual(row["Criteria of the choice"], "Quality 60, price 40")
        self.assertEqual(row["How the delivery is checked"], "Each lot is opened")

    def test_buildings_are_safe_and_accessible(self):
        row = self._shipped("infrastructure", object_kind="premises", accessible=True, safety="Exits, air, light")
        self.assertEqual((row["Accessible without barriers"], row["Kind of object"]), ("yes", "Premises"))
        self.assertEqual(row["Safety and hygiene: what was checked"], "Exits, air, light")

    def test_letterheads_seals_and_stamps_have_a_register(self):
        row = self._shipped(
            "seal", item_kind="seal", imprint="Coat of arms", order="No. 12", used_for="Decisions of the committee"
        )
        self.assertEqual(
            (row["Kind of item"], row["What it shows"], row["Order that permits it"]),
            ("Seal", "Coat of arms", "No. 12"),
        )
