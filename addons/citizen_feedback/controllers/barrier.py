from odoo.http import request
from odoo.tools import hmac

from ..lib.barrier import PROOF_FIELD, TICKET_FIELD, TRAP, is_trapped, new_ticket, read_answer

SCRIPT = "/citizen_feedback/static/src/public/barrier.js"
WORKER = "/citizen_feedback/static/lib/altcha/pbkdf2.js"


class Barrier:
    """The barrier against programs on the forms of public pages; part of ``PublicPages``.

    A page that shows a form adds ``self._barrier_values(purpose)`` to the values of its template, which calls
    ``citizen_feedback.barrier`` inside the form. What takes the form asks ``self._is_trapped()`` and, after its own
    check of the fields, ``self._pass_barrier(purpose)``.
    """

    def _barrier_values(self, purpose):
        """Return what the template ``citizen_feedback.barrier`` shows.

        :param str purpose: what the form is for; what it sends passes for nothing else
        """
        return {
            "barrier": {
                "ticket": new_ticket(self._barrier_key(), self._barrier_scope(purpose)),
                "ticket_field": TICKET_FIELD,
                "proof_field": PROOF_FIELD,
                "trap": TRAP,
                "script": self._static(SCRIPT),
                "worker": self._static(WORKER),
            }
        }

    def _is_trapped(self):
        """Tell whether the field that people don't see was filled in: thank, and store nothing."""
        return is_trapped(request.httprequest.form)

    def _pass_barrier(self, purpose):
        """Let the posted form pass or not; what let it pass is used up.

        :param str purpose: as in ``_barrier_values``
        :return: what to tell the visitor; "" when it has passed
        :rtype: str
        """
        answer = read_answer(self._barrier_key(), self._barrier_scope(purpose), request.httprequest.form)
        if answer.error:
            return self._barrier_texts()[answer.error]
        if not answer.is_proof and (wait := self._hit("plain")):
            return request.env._(
                "Too many forms came without JavaScript just now. Allow JavaScript for this page, or keep it and send "
                "it again in %s min.",
                -(-wait // 60),
            )
        # sudo: what was used is nobody's business but the system's.
        if not request.env["feedback.proof"].sudo()._use(answer.nonce, answer.expires):
            return self._barrier_texts()["used"]
        return ""

    def _hit(self, purpose):
        """Count a form and return for how many seconds its sender has to wait; 0 when it is let through."""
        # sudo: the limiter is nobody's business but the system's.
        limits = request.env["feedback.limit"].sudo()
        return limits._hit(self._company(), request.httprequest.remote_addr, purpose)

    def _barrier_key(self):
        # sudo: the database's secret never leaves the server, nor does what is derived from it.
        return hmac(request.env(su=True), "citizen_feedback.barrier", "key")

    def _barrier_scope(self, purpose):
        return f"{self._company().id}|{purpose}"

    def _barrier_texts(self):
        _ = request.env._
        return {
            "invalid": _(
                "The check against automatic messages was not passed. Nothing is lost: wait a moment and send the "
                "form again."
            ),
            "expired": _("The form was open for more than two hours. Nothing is lost: send it again."),
            "early": _("The form came back faster than a person writes. Wait a few seconds and send it again."),
            "used": _("This form was already sent. If you want to send one more, send it again."),
        }
