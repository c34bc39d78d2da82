import logging
from collections import defaultdict
from time import perf_counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.translate import LazyGettext, LazyTranslate, get_translation

from ...lib.check import SERIOUS, Check, Hit, Outcome

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)
BROKEN = "check_failed"


class QmsCheck(models.AbstractModel):
    """The model check: small methods that each find one kind of hole or contradiction in the model.

    An addon adds a check by extending ``_get_checks``. Its method runs as system in one authority (``env.company``),
    asks the database in sets, and returns hits (``lib.check.Hit``). A check that fails is itself a hit; the rest goes
    on.
    """

    _name = "qms.check"
    _description = "Model Check"

    # === BUSINESS METHODS === #

    @api.model
    def _get_checks(self):
        """Hook: return the checks of this database, titles and remedies in the language of the user.

        :return: ``{technical name: lib.check.Check}``
        :rtype: dict
        """
        return {
            BROKEN: Check(
                self.env._("Check that failed"),
                SERIOUS,
                None,
                self.env._("Tell the administrator: the server log says why. All other checks were carried out."),
            )
        }

    @api.model
    def _own(self, *conditions):
        """Return the domain of what belongs to the authority that is checked and meets the conditions."""
        domains = [row if isinstance(row, Domain) else Domain(*row) for row in conditions]
        return Domain("company_id", "=", self.env.company.id) & Domain.AND(domains)

    @api.model
    def _carry_out(self, company):
        """Carry out all checks on the model of an authority.

        :param company: ``res.company``
        :return: one ``lib.check.Outcome`` a check, in the order of the checks
        :rtype: list
        """
        language = company.partner_id.lang or self.env.lang or "en_US"
        # sudo: what is missing in the model must not depend on who asks; the hits are guarded where they are kept.
        checker = self.sudo().with_context(allowed_company_ids=company.ids, lang=language, active_test=True)
        outcomes = [
            checker._carry_out_one(name, check) for name, check in checker._get_checks().items() if check.method
        ]
        failed = [outcome for outcome in outcomes if outcome.error]
        rows = checker._rows(BROKEN, checker._get_checks()[BROKEN], checker._failures(failed))
        return [Outcome(BROKEN, rows, "", 0.0, 0), *outcomes]

    def _carry_out_one(self, name, check):
        cr = self.env.cr
        self.env.flush_all()
        queries, started, error = cr.sql_log_count, perf_counter(), ""
        try:
            with cr.savepoint():
                rows = self._rows(name, check, check.method())
        except Exception as problem:  # a check of any addon may fail in any way, and the others go on
            _logger.exception("Model check %s failed", name)
            rows, error = [], type(problem).__name__
        return Outcome(name, rows, error, perf_counter() - started, cr.sql_log_count - queries)

    def _failures(self, outcomes):
        """Return the hits of the checks that failed. What the error said may name what not everybody may read."""
        checks = self._get_checks()
        return [
            Hit(
                self.env.company,
                _lt(
                    "The check “%(check)s” could not be carried out (%(error)s). Its earlier hits stay as they were.",
                    check=checks[outcome.name].title,
                    error=outcome.error,
                ),
                key=outcome.name,
            )
            for outcome in outcomes
        ]

    def _rows(self, name, check, hits):
        """Return the hits of a check as values of issues.

        :raises Exception: for hits that could not be shown, so that the check counts as failed
        """
        hits = list(hits)
        labels = self._labels(hits)
        return [
            {
                "company_id": self.env.company.id,
                "check_name": name,
                "severity": check.severity,
                "origin_model": hit.record._name,
                "origin_id": hit.record.id,
                "origin_label": labels[hit.record._name, hit.record.id],
                "key": hit.key or "",
                "department_id": self._unit(hit).id,
                "sentence_parts": self._sentence_parts(hit.sentence),
                "place": hit.place or False,
            }
            for hit in hits
        ]

    def _labels(self, hits):
        """Return the names of the records of hits, read in sets: ``{(model, id): name}``."""
        ids = defaultdict(list)
        for hit in hits:
            ids[hit.record.ensure_one()._name].append(hit.record.id)
        return {
            (model, record.id): record.display_name
            for model, found in ids.items()
            for record in self.env[model].browse(found)
        }

    def _unit(self, hit):
        if hit.unit is not None or "department_id" not in hit.record._fields:
            return hit.unit if hit.unit is not None else self.env["hr.department"]
        return hit.record.department_id

    def _sentence_parts(self, sentence):
        """Return a sentence as it is stored: untranslated, and what stands in it."""
        if not isinstance(sentence, LazyGettext):
            return {"source": str(sentence)}
        values = sentence._args or {}
        if isinstance(values, dict):
            values = {name: self._plain(value) for name, value in values.items()}
        else:
            values = [self._plain(value) for value in values]
        parts = {"source": sentence._source, "module": sentence._module, "values": values}
        self._sentence(parts)  # what can't be put together has to fail here, not on the page
        return parts

    def _plain(self, value):
        return value if isinstance(value, int | float) else str(value)

    @api.model
    def _sentence(self, parts):
        """Return a stored sentence in the language of the user."""
        if "module" not in parts:
            return parts["source"]
        values = parts["values"]
        language = self.env.lang or "en_US"
        return get_translation(
            parts["module"], language, parts["source"], values if isinstance(values, dict) else tuple(values)
        )
