from .document_common import DocumentCase


class GenerateCase(DocumentCase):
    """A process in force with two steps, the service it delivers, and the position that performs it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.process = cls._process("P-1", name="Registration")
        cls.process_version = cls._approved(cls.process)
        cls.performer = cls.process.owner_role_id
        cls.service = cls.env["qms.service"].create(
            {
                "name": "Residence <entry>",
                "code": "S-1",
                "company_id": cls.company.id,
                "process_id": cls.process.id,
                "department_id": cls.unit.id,
                "deadline_days": 5,
                "legal_basis": "Law 1\nLaw 2",
            }
        )
        cls.documents = cls.env["qms.document"].with_user(cls.coordinator)

    def _template(self, code, user=None):
        templates = self.env["qms.document.template"].with_user(user or self.coordinator)
        return templates._for(code, "en_US", self.company)

    def _generated(self, code, subject):
        return self.documents._make(self._template(code), subject)

    def _first(self, document):
        return document.version_ids.sorted("number")[:1]

    def _in_force(self, document):
        """Have the newest draft approved: by its route and by an act where the type asks for one."""
        version = document.version_ids.filtered(lambda row: row.state == "draft").with_user(self.coordinator)
        version.approval_ids.unlink()
        version.approval_ids = [(0, 0, {"sequence": 10, "role_id": self.head_role.id})]
        version.action_submit()
        version.with_user(self.head_user)._approve()
        if version.by_act:
            self._by_act(version)
        self.assertEqual(version.state, "effective")
        return version

    def _renamed_step(self, old="Take in", new="Welcome the applicant"):
        """Put a version of the process in force in which a step is called otherwise."""
        draft = self.process.with_user(self.coordinator)._new_version()
        draft.step_ids.filtered(lambda step: step.name == old).name = new
        draft.reason = "Renamed"
        draft.action_submit()
        draft.with_user(self.commissioner).action_approve()
        self.env.cr.precommit.run()
        return draft
