from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import plaintext2html


class QmsActivityMixin(models.AbstractModel):
    """The only way this product makes activities.

    Odoo's own way costs 12 queries, a mail and a follower for each activity of another person; people with
    hundreds of duties get one digest a day instead (see ``qms.deadline.mixin``).
    """

    _name = "qms.activity.mixin"
    _description = "Record that calls people to act"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    # Whether even the name of a record is only for those who may read it. Of other records, who hands over a
    # person's duties sees the name and the deadline.
    _confidential = False

    def _call_to_act(self, users, deadline, summary, note=False, verb=False):
        """Give each user one activity on each record, unless he already has one of this summary.

        :param users: ``res.users``
        :param datetime.date deadline:
        :param summary: what to do, in a few words: a function that gets these records and says it in the language of
            their environment, so that each user reads it in his own; or a text that somebody wrote
        :param str note: more about it
        :param str verb: what is asked, as in ``mail.activity.qms_verb``; by default the record says it
        :return: the new activities
        """
        # sudo: the language of a login, whoever calls
        said = {user.id: self._said(summary, user.lang or self.env.lang) for user in users.sudo()}
        calls = [(record.id, user.id, deadline, said[user.id], verb) for record in self for user in users]
        same = [summary] if isinstance(summary, str) else self._in_all_languages(summary)
        return self._call_each(calls, note, known=lambda _summary: same)

    def _said(self, summary, lang):
        return summary if isinstance(summary, str) else summary(self.with_context(lang=lang))

    def _call_each(self, calls, note=False, known=None, follow=True):
        """Give users their activities on these records, all at once; nobody gets the same one twice.

        :param list calls: tuples ``(record id, user id, deadline, summary, verb or False)``
        :param str note: more about it, the same for all
        :param known: function of a summary that returns what the same is called in other languages
        :param bool follow: whether who is called also follows the record
        :return: the new activities
        """
        return self.env["qms.caller"]._call(self, calls, note, known, follow)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if self.env.context.get("qms_calling"):
            return True  # the caller has done it
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _acted(self, summary=None):
        """Take the records' open duties off their people's lists.

        :param summary: only the duty of this summary: a function as in ``_call_to_act``, a text, or a list of texts;
            without it, all duties
        """
        self.env["qms.caller"]._end(self, self._in_all_languages(summary) if callable(summary) else summary)

    def _in_all_languages(self, text):
        """Return what a duty's text is called in each language, to find what others read in theirs.

        :param text: a function as in ``_call_to_act``
        :rtype: list[str]
        """
        # Without a language the source's is spoken, which need not be installed.
        codes = [None, *(code for code, _name in self.env["res.lang"].get_installed())]
        return list({text(self.with_context(lang=code)) for code in codes})

    @api.model
    def _confidential_domain(self):
        """Hook: return the domain of the records of which even the name is only for those who may read them."""
        return Domain(bool(self._confidential))

    def _hidden_names(self):
        """Return those of the records of which the user may not even know the name."""
        confidential = self._confidential_domain()
        if not self or confidential.is_false():
            return self.browse()
        # sudo: which records are confidential must not depend on who asks; no more than that is looked up.
        secret = self.sudo().with_context(active_test=False).search(Domain("id", "in", self.ids) & confidential)
        hidden = set(secret.ids) - set(secret.sudo(False)._filtered_access("read").ids)
        return self.filtered(lambda record: record.id in hidden)

    def _may_be_handed_over(self):
        """Hook: tell whether what the record asks of somebody may pass to another person by a hand-over."""
        return True

    def _day_verb(self, user):
        """Hook: what this record asks of a user whom it calls, for "My day".

        :param user: ``res.users``
        :return: a key of ``mail.activity.qms_verb``
        """
        return "do"

    @api.model
    def _day_buttons(self, verb):
        """Hook: what ends a duty from "My day" by one click, where nothing has to be looked at or written first.

        It depends on nothing but the verb, as a page shows hundreds of duties without reading their records. The
        click calls the method as the user; its gates decide. It may return the action of a dialog.

        :param str verb: what the duty asks
        :return: list of ``(method, label)``; the method "" ticks off the call itself
        """
        return [("", self.env._("Noted"))] if verb == "read" else []

    @api.model
    def _users_of(self, group, company):
        """Return the active users of a group who work in an authority.

        :param str group: full XML id of the group
        :param company: the authority (``res.company``)
        """
        # sudo: people may not read which companies others work in; whom to call must not depend on who asks.
        users = self.env.ref(group).sudo().all_user_ids
        return users.filtered(lambda user: user.active and company in user.company_ids).with_env(self.env)

    @api.model
    def _notify_users(self, users, subject, body):
        """Put a message into the users' inbox; no mail leaves.

        :param users: ``res.users``
        :param str subject:
        :param str body: plain text, of which each line stays a line, or Markup
        """
        # sudo: the message is the system's, not that of the user whose action caused it.
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=users.partner_id.ids,
            subject=subject,
            body=body if isinstance(body, Markup) else plaintext2html(body),
            email_layout_xmlid=False,
        )
