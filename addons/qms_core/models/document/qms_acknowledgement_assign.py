import logging
from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ...lib import acknowledging
from .qms_acknowledgement import COUNTING

_logger = logging.getLogger(__name__)

# Where the cron goes on that had no time to finish: "phase,company,row".
PLACE = "qms_core.acknowledgement_place"
# Rows per step; each step takes the same number of queries and is kept once it is done.
BATCH = 1000


class QmsAcknowledgement(models.Model):
    """Asking exactly the people bound, for ever: newcomers, who changes his job, who leaves, who is away."""

    _inherit = "qms.acknowledgement"

    # === BUSINESS METHODS === #

    @api.model
    def _bring_up_to_date(self, documents, keep=lambda done: True):
        """Ask who is bound and was not asked yet, and let off who is bound no more.

        :param documents: ``qms.document`` of one authority
        :param keep: function that is told after each step how many rows it made or ended; False stops the work, which
            goes on from there the next time
        :return: whether all is done
        :rtype: bool
        """
        for method, batch in self._steps(documents):
            method(batch)
            if not keep(len(batch)):
                return False
        return True

    @api.model
    def _steps(self, documents):
        """Return what brings documents of one authority up to date: ``[(method, pairs)]``."""
        # sudo: whom a document binds is no matter of rights, and rows are the system's.
        rows = self.sudo().with_context(tracking_disable=True, mail_create_nolog=True)
        found = rows._changes(documents.sudo())
        return [
            (method, batch)
            for method, pairs in ((rows._let_off, found.needless), (rows._ask, found.missing))
            for batch in acknowledging.batches(pairs, BATCH)
        ]

    @api.model
    def _changes(self, documents):
        """Return who is to be asked and who to be let off (``lib.acknowledging.Changes``)."""
        binding = documents._to_acknowledge()
        people = binding._bound_people()
        bound = {document.version_id.id: people[document.id] for document in binding}
        own = Domain("document_id", "in", documents.ids)
        return acknowledging.changes(
            bound,
            self._people_of(own & Domain("version_id", "in", list(bound)) & Domain("state", "in", COUNTING)),
            self._people_of(own & Domain("state", "=", "open")),
        )

    @api.model
    def _people_of(self, domain):
        groups = self._read_group(domain, ["version_id"], ["employee_id:array_agg"])
        return {version.id: set(people) for version, people in groups}

    @api.model
    def _ask(self, pairs):
        """Ask people to acknowledge versions.

        :param list pairs: ids ``(version, employee)``
        """
        versions = self.env["qms.document.version"].browse({version for version, _person in pairs})
        people = self.env["hr.employee"].browse(list(dict.fromkeys(person for _version, person in pairs)))
        terms = {version.id: version._acknowledge_until() for version in versions}
        absences = people._absences()
        today = versions[:1].company_id._qms_today()
        wanted = [
            (version, person, acknowledging.deadline_at_work(terms[version], absences[person], today))
            for version, person in pairs
        ]
        readings = self.env["qms.reading"]._for(people, {(person, deadline) for _version, person, deadline in wanted})
        units = {person.id: person.department_id.id for person in people}
        self.create(
            [
                {
                    "version_id": version,
                    "employee_id": person,
                    "department_id": units[person],
                    "date_deadline": deadline,
                    "reading_id": readings[person, deadline].id,
                }
                for version, person, deadline in wanted
            ]
        )
        readings_made = self.env["qms.reading"].union(*readings.values())
        readings_made._name_after_rows()
        readings_made._call_if_uncalled()

    @api.model
    def _let_off(self, pairs):
        """End open rows; their reasons are found here.

        :param list pairs: ids ``(version, employee)``
        """
        wanted = set(pairs)
        rows = self.search(
            Domain("state", "=", "open")
            & Domain("version_id", "in", [version for version, _person in pairs])
            & Domain("employee_id", "in", [person for _version, person in pairs])
        ).filtered(lambda row: (row.version_id.id, row.employee_id.id) in wanted)
        reasons = defaultdict(self.browse)
        for row in rows:
            reasons[row._why_let_off()] |= row
        for reason, ended in reasons.items():
            ended._transition({"state": "void", "void_reason": reason})
        rows._settle_readings()

    def _why_let_off(self):
        self.ensure_one()
        if self.version_id.state != "effective":
            return "superseded"
        return "unbound" if self.employee_id._works_on(self.company_id._qms_today()) else "left"

    def _follow_people(self):
        """Move open rows to where their people are now: another unit, a login given or taken, away on the deadline."""
        today = self.company_id[:1]._qms_today()
        absences = self.employee_id._absences()
        now = {
            row: acknowledging.deadline_at_work(row.date_deadline, absences[row.employee_id.id], today) for row in self
        }
        keys = self.env["qms.reading"]._keys(self.employee_id)
        moved = self.filtered(
            lambda row: (
                now[row] != row.date_deadline
                or row.department_id != row.employee_id.department_id
                or row.reading_id._key() != (*keys[row.employee_id.id], row.date_deadline)
                or row.reading_id.state != "open"
            )
        )
        if not moved:
            return
        former = moved.reading_id
        readings = self.env["qms.reading"]._for(
            moved.employee_id, {(row.employee_id.id, now[row]) for row in moved}, keys
        )
        for place, rows in moved.grouped(
            lambda row: (now[row], row.employee_id.department_id.id, readings[row.employee_id.id, now[row]].id)
        ).items():
            deadline, unit, reading = place
            rows._transition({"date_deadline": deadline, "department_id": unit, "reading_id": reading})
        readings_now = self.env["qms.reading"].union(*readings.values())
        (former - readings_now)._settle()
        (former | readings_now)._name_after_rows()
        readings_now._call_if_uncalled()

    # === CRONS === #

    @api.model
    def _cron_follow(self):
        """Bring all authorities up to date: newcomers, job changers, leavers, leave, versions of last night.

        Who has to be asked comes before who has moved. A run that has no time left notes where the next one goes on:
        else what takes longer than one run would keep everything behind it waiting for ever.
        """
        commit = self.env["ir.cron"]._commit_progress
        settings = self.env["ir.config_parameter"].sudo()  # sudo: the cron's own note
        start = tuple(int(part) for part in settings.get_param(PLACE, "0,0,0").split(","))
        companies = self.env["res.company"].sudo().search([], order="id")  # sudo: the cron speaks for all authorities
        for place, done in self._follow(companies, start):
            if not commit(done, remaining=1):
                settings.set_param(PLACE, ",".join(map(str, place)))
                commit(remaining=1)
                return
        settings.set_param(PLACE, False)
        commit(remaining=0)

    @api.model
    def _follow(self, companies, start=(0, 0, 0)):
        """Do the cron's work for authorities, step by step.

        :param companies: ``res.company``, in the order of their ids
        :param tuple start: the place to begin at, as it was yielded
        :return: a generator that yields after each step the place from which to go on, and the rows it handled
        """
        for phase, work in enumerate((self._ask_company, self._follow_company)):
            for company in companies:
                if (phase, company.id) < start[:2]:
                    continue
                after = start[2] if (phase, company.id) == start[:2] else 0
                # sudo: as in _steps
                rows = self.sudo().with_company(company).with_context(tracking_disable=True)
                for last, done in work(rows, company, after):
                    yield (phase, company.id, last), done
                yield (phase, company.id + 1, 0), 0

    @api.model
    def _ask_company(self, rows, company, _last):
        open_rows = Domain("company_id", "=", company.id) & Domain("state", "=", "open")
        in_force = Domain("company_id", "=", company.id) & Domain("version_id", "!=", False)

        def steps():
            asked = [document.id for (document,) in rows._read_group(open_rows, ["document_id"])]
            documents = rows.env["qms.document"].with_context(active_test=False)
            found = documents.search(in_force | Domain("id", "in", asked))
            # Archived processes and roles bind nobody, here as at the approval.
            return rows._steps(found.with_context(active_test=True))

        for method, batch in rows._alone(company, steps) or ():
            rows._alone(company, lambda method=method, batch=batch: method(batch))
            yield 0, len(batch)

    @api.model
    def _follow_company(self, rows, company, last):
        open_rows = Domain("company_id", "=", company.id) & Domain("state", "=", "open")
        while batch := rows.search(open_rows & Domain("id", ">", last), limit=BATCH, order="id"):
            last = batch[-1].id
            rows._alone(company, batch._follow_people)
            yield last, len(batch)

    @api.model
    def _alone(self, company, work):
        """Do a step so that its failure keeps neither the other steps nor the other authorities waiting."""
        try:
            with self.env.cr.savepoint():
                return work()
        except Exception:
            _logger.exception("Acknowledgements of the authority %s could not be brought up to date", company.id)
            return None

    @api.model
    def _call_for_new(self):
        """Let the cron run soon, as somebody came, moved or left; asked for once a transaction."""
        data = self.env.cr.precommit.data
        if not data.get("qms_acknowledgement_called"):
            data["qms_acknowledgement_called"] = True
            # sudo: whoever hires somebody need not be able to see scheduled work. While the addon is installed there
            # is no such cron yet.
            cron = self.env.ref("qms_core.ir_cron_acknowledgements", raise_if_not_found=False)
            if cron:
                cron.sudo()._trigger()

    @api.model
    def _ask_soon(self, documents):
        """Ask the people of documents that have just come into force: the first ones now, many by the cron.

        An act that binds fifty thousand must not keep the person waiting who approves it.
        """
        if self.env.context.get("qms_ask_together"):
            self._call_for_new()
            return
        for of_company in documents.grouped("company_id").values():
            handled = []
            if not self._bring_up_to_date(
                of_company, lambda done, rows=handled: rows.append(done) or sum(rows) < BATCH
            ):
                self._call_for_new()
