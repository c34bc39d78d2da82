from .record_common import RecordCase


class RegisterCase(RecordCase):
    """A register with fields of its own, answering a requirement, and an entry that its unit keeps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standard = cls.env["qms.standard"].create({"name": "S", "code": "S-1", "company_id": cls.company.id})
        cls.requirement = cls.env["qms.requirement"].create(
            {"standard_id": cls.standard.id, "clause": "8.4", "name": "Outside providers"}
        )
        cls.register = cls._register()

    @classmethod
    def _register(cls, **vals):
        return (
            cls.env["qms.register"]
            .with_user(cls.coordinator)
            .create(
                {
                    "name": "Providers",
                    "company_id": cls.company.id,
                    "review_months": 6,
                    "requirement_ids": [(6, 0, cls.requirement.ids)],
                    "entry_properties_definition": [
                        {"name": "contract", "string": "Contract", "type": "char"},
                        {
                            "name": "risk",
                            "string": "Risk",
                            "type": "selection",
                            "selection": [["low", "Low"], ["high", "High"]],
                        },
                    ],
                    **vals,
                }
            )
            .with_env(cls.env)
        )

    @classmethod
    def _entry(cls, user=None, **vals):
        return (
            cls.env["qms.register.entry"]
            .with_user(user or cls.officer_user)
            .create(
                {
                    "name": "Clean Ltd",
                    "register_id": cls.register.id,
                    "department_id": cls.unit.id,
                    "responsible_id": cls.clerk.id,
                    "evidence": "Contract 12",
                    "properties": {"contract": "12", "risk": "low"},
                    **vals,
                }
            )
        )

    @classmethod
    def _in_use(cls, **vals):
        entry = cls._entry(**vals)
        entry.action_use()
        return entry.with_env(cls.env)

    @classmethod
    def _proven(cls, **vals):
        """An entry in use that its keeper has reviewed and found fit."""
        entry = cls._in_use(**vals)
        entry.with_user(cls.clerk_user)._review("fit", "All well")
        return entry
