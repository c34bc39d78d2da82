from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

DIGEST_DAYS = 7
DIGEST_ROWS = 50


class ResUsers(models.Model):
    """The mail that tells people once a day what is late and what ends soon; made for many people at once."""

    _inherit = "res.users"

    @api.model
    def _awaiting_digest(self, company, today):
        """Return the domain of the users of an authority whose digest of the day was not looked after yet."""
        return (
            Domain("share", "=", False) & Domain("company_id", "=", company.id) & Domain("qms_digest_date", "!=", today)
        )

    def _send_duty_digests(self, staff, today):
        """Queue the day's digests; nothing is sent to who has nothing to do.

        :param staff: all people (``lib.addressees.Staff``)
        :param datetime.date today:
        """
        # Past `write`: the day of the last digest is no change of a login, and clears no caches.
        models.Model.write(self, {"qms_digest_date": today})
        readers = self.filtered(lambda user: user.qms_duty_digest and user.email)
        due = readers._due_duties(staff, today + timedelta(days=DIGEST_DAYS))
        self.env["mail.mail"].create([user._digest_mail(duties, today) for user, duties in due.items() if duties])

    def _due_duties(self, staff, until):
        """Return what waits for these users: their own duties, and those of people they stand in or answer for.

        :param staff: all people (``lib.addressees.Staff``)
        :param datetime.date until: the last deadline that counts
        :return: ``{user: [{record, how}, …]}`` by deadline, at most 50 each
        """
        addressed, orphaned = staff.addressed(), self._orphans_of(staff)
        readers = {}
        for user in self:
            for person, how in addressed.get(user.id, ()):
                readers.setdefault(person, []).append((user, how))
        due = {user: [] for user in self}
        for model in self.env["qms.deadline.mixin"]._duty_models():
            for record in model.sudo().search_fetch(  # sudo: whose duties are told to whom is decided here
                Domain("date_deadline", "<=", until)
                & model._duty_open_domain()
                & (
                    Domain("responsible_id", "in", list(readers))
                    | (Domain("responsible_id", "=", False) & Domain("company_id", "in", list(orphaned)))
                ),
                None,
                order="date_deadline, id",
            ):
                person = record.responsible_id.id
                told = readers[person] if person else [(user, "chief") for user in orphaned[record.company_id.id]]
                for user, how in told:
                    if record._is_for(how):
                        due[user].append({"record": record, "how": how})
        return {
            user: sorted(duties, key=lambda duty: duty["record"].date_deadline)[:DIGEST_ROWS]
            for user, duties in due.items()
        }

    def _orphans_of(self, staff):
        """Return who of these users hears of duties that nobody answers for: ``{company id: [user, …]}``."""
        companies = self.env["res.company"].sudo().search([])  # sudo: the digest covers all authorities
        found = {company.id: [login.id for login in staff.last_resort(company.id)] for company in companies}
        return {company: [user for user in self if user.id in logins] for company, logins in found.items() if logins}

    def _digest_mail(self, duties, today):
        """Return the values of a user's digest.

        :param list duties: as ``_due_duties`` gives them
        """
        self.ensure_one()
        user = self.with_context(lang=self.lang)
        lines = [
            {
                "model": duty["record"]._name,
                "id": duty["record"].id,
                "name": duty["record"].with_context(lang=self.lang).display_name,
                "kind": duty["record"]._call_summary(self.lang, duty["how"]),
                "deadline": duty["record"].date_deadline,
                "late": duty["record"].date_deadline < today,
            }
            for duty in duties
        ]
        body = user.env["ir.qweb"]._render(
            "qms_core.duty_digest",
            {"user": user, "duties": lines, "base_url": user.get_base_url(), "today": today},
            lang=self.lang,
        )
        return {
            "subject": user.env._("Your duties: %s waiting", len(lines)),
            "body_html": body,
            "email_to": self.email_formatted,
            "auto_delete": True,
        }
