from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

# What everybody in the authority has to know.
FOR_ALL_KINDS = ("policy", "manual")


class QmsDocument(models.Model):
    """Whom a document binds: by distribution, by its processes and steps, by what it describes, or everybody."""

    _inherit = "qms.document"

    is_for_all = fields.Boolean(
        "Binds Everybody",
        compute="_compute_is_for_all",
        store=True,
        readonly=False,
        help="Everybody who works for the authority acknowledges it, whatever its distribution.",
    )
    test_survey_id = fields.Many2one(
        "survey.survey",
        "Test before the Confirmation",
        ondelete="restrict",
        domain="[('scoring_type', '!=', 'no_scoring')]",
        help="A short test that has to be passed before the document can be confirmed. Empty: there is none.",
    )

    acknowledgement_ids = fields.One2many("qms.acknowledgement", "document_id", "Acknowledgements", readonly=True)

    # === COMPUTES === #

    @api.depends("kind")
    def _compute_is_for_all(self):
        for document in self:
            document.is_for_all = document.kind in FOR_ALL_KINDS

    @api.model
    def _visible_domain(self):
        # Who has to acknowledge a restricted document is told of it. What he confirmed he may read again while it is
        # in force; a later version is for those whom it binds.
        mine = Domain("state", "=", "open") | Domain("state", "=", "done") & Domain(
            "version_id.state", "=", "effective"
        )
        mine &= Domain("employee_id.user_id", "=", self.env.uid)
        return super()._visible_domain() | Domain("acknowledgement_ids", "any!", mine)

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if "confidentiality" in vals:
            # sudo: people who have to read a document are called by its name, or no longer by it.
            waiting = self.sudo().acknowledgement_ids.filtered(lambda row: row.state == "open")
            waiting.reading_id._name_after_rows()
        return result

    # === BUSINESS METHODS === #

    def _put_in_force(self, version):
        result = super()._put_in_force(version)
        if not version:  # withdrawn: nobody reads it any more
            self.env["qms.acknowledgement"]._ask_soon(self)
        return result

    def _to_acknowledge(self):
        """Return those of the documents whose version in force is to be acknowledged."""
        return self.filtered(
            lambda document: (
                document.active and document.type_id.acknowledge and document.version_id.state == "effective"
            )
        )

    def _bound_employees(self, date=None):
        """Return the people whom the documents bind on a day (``hr.employee``).

        :param datetime.date date: today of the authority by default
        """
        return self.env["hr.employee"].browse(set().union(*self._bound_people(date).values()))

    def _bound_people(self, date=None):
        """Return whom each of the documents binds; the queries don't depend on how many documents there are.

        Who holds a role for good is bound also while somebody acts for him: he reads it when he is back.

        :return: ``{document id: set of employee ids}``
        :rtype: dict
        """
        bound = {}
        # sudo: whom a document binds must not depend on who asks.
        for company, documents in self.sudo().grouped("company_id").items():
            bound |= documents._bound_of(date or company._qms_today())
        return bound

    def _bound_of(self, day):
        binding = {document.id: _Binding() for document in self}
        self._bind_by_distribution(binding)
        self._bind_by_process(binding)
        self._bind_by_step(binding)
        self._bind_by_subject(binding)
        for document in self.filtered("is_for_all"):
            binding[document.id].everybody = True
        return self._people_of_bindings(binding, day)

    def _bind_by_distribution(self, binding):
        for row in self.distribution_ids:
            found = binding[row.document_id.id]
            if row.target == "unit":
                found.units.add(row.department_id.id)
            elif row.target == "role":
                found.roles.add(row.role_id.id)
            elif row.target == "employee":
                found.people.add(row.employee_id.id)

    def _bind_by_process(self, binding):
        roles = self.process_ids._bound_roles()
        for document in self:
            for process in document.process_ids:
                binding[document.id].roles |= roles[process.id]

    def _bind_by_step(self, binding):
        for link in self.step_link_ids:
            binding[link.document_id.id].roles.update(link.step_id.role_id.ids)

    def _bind_by_subject(self, binding):
        """Bind whom a generated document describes: a unit, a position, a process, a service, a person."""
        for model, documents in self.grouped("subject_model").items():
            bind = getattr(documents, f"_bind_{(model or '').replace('.', '_')}", None)
            if not bind:
                continue
            subjects = self.env[model].browse(documents.mapped("subject_id")).exists()
            of_id = {subject.id: subject for subject in subjects}
            for document in documents.filtered(lambda document, known=of_id: document.subject_id in known):
                bind(of_id[document.subject_id], binding[document.id])

    def _bind_hr_department(self, unit, found):
        found.units.add(unit.id)

    def _bind_qms_role(self, role, found):
        found.roles.add(role.id)

    def _bind_hr_job(self, job, found):
        found.roles.update(job.qms_role_ids.ids)
        found.jobs.add(job.id)

    def _bind_hr_employee(self, person, found):
        found.people.add(person.id)

    def _bind_qms_process(self, process, found):
        found.roles |= process._bound_roles()[process.id]

    def _bind_qms_service(self, service, found):
        found.roles.update(service.responsible_role_id.ids)
        if service.process_id:
            self._bind_qms_process(service.process_id, found)

    def _bind_res_company(self, _company, found):
        found.everybody = True

    def _people_of_bindings(self, binding, day):
        """Return ``{document id: set of employee ids}`` of who works for the authority on a day."""
        staff = self._staff_on(day)
        holders = self.env["qms.role"].browse(set().union(*(found.roles for found in binding.values())))
        of_role = holders._bound_holders(day)
        of_unit = self._people_below(staff, set().union(*(found.units for found in binding.values())))
        of_job = defaultdict(set)
        if any(found.jobs for found in binding.values()):
            for person in staff:
                of_job[person.job_id.id].add(person.id)
        working = set(staff.ids)
        return {
            document: working & working if found.everybody else working & found.collect(of_role, of_unit, of_job)
            for document, found in binding.items()
        }

    def _staff_on(self, day):
        # Archived people, too: whether somebody works there still is told by his last day.
        people = (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search_fetch([("company_id", "=", self.company_id.id)], ["active", "current_version_id"])
        )
        # Else each thousand of them would be read by itself, with all that their versions hold.
        people.current_version_id.fetch(["department_id", "job_id", "departure_date"])
        return people.filtered(lambda person: person._works_on(day)) - self._staff_to_come(day)

    def _staff_to_come(self, day):
        """Return who was entered already, but whose contract begins after a day."""
        later = [("company_id", "=", self.company_id.id), ("contract_date_start", ">", day)]
        people = self.env["hr.version"].search(later).employee_id
        return people.filtered(
            lambda person: all(
                version.contract_date_start and version.contract_date_start > day
                for version in person.version_ids
                if version.date_version <= day
            )
        )

    @api.model
    def _people_below(self, staff, units):
        """Return who works in each of the units or in one below it: ``{unit id: set of employee ids}``."""
        below = {unit: set() for unit in units}
        if not units:
            return below
        for person in staff:
            path = (person.department_id.parent_path or "").split("/")
            for unit in path:
                if unit and int(unit) in below:
                    below[int(unit)].add(person.id)
        return below


class _Binding:
    """By what a document binds people."""

    def __init__(self):
        self.everybody = False
        self.roles, self.units, self.jobs, self.people = set(), set(), set(), set()

    def collect(self, of_role, of_unit, of_job):
        groups = [of_role[role] for role in self.roles if role in of_role]
        groups += [of_unit[unit] for unit in self.units] + [of_job[job] for job in self.jobs]
        return self.people.union(*groups)
