from datetime import timedelta
from random import Random

from odoo import api, models

from .qms_demo_appeals_texts import ANSWERS, APPEALS, AUTHORS, TERRITORIES, TOPICS

SEED = 2027
COUNT, OLDEST = 60, 120
# How far an appeal has got by its age in days: the youngest wait, the oldest are answered.
REGISTERED_AFTER, ANSWERED_AFTER = 2, 12
YOUNG, FORGOTTEN = 45, 9


class QmsDemo(models.AbstractModel):
    _inherit = "qms.demo"

    @api.model
    def _play_scenario(self):
        super()._play_scenario()
        self._play_appeals()

    @api.model
    def _play_appeals(self):
        """Appeals of four months: thanks and complaints, answered and waiting, some of them late."""
        chance = Random(SEED)
        units = {unit.qms_code: unit.id for unit in self.env["hr.department"].search([("qms_code", "!=", False)])}
        topics = self._make_tree(
            "feedback.topic", [(*row, {"department_id": units.get(unit, False)}) for *row, unit in TOPICS]
        )
        places = self._make_tree("feedback.territory", [(*row, {"population": people}) for *row, people in TERRITORIES])
        kinds = {kind.nature: kind.id for kind in self.env.company._feedback_profile().kind_ids}
        ages = sorted((chance.randrange(OLDEST) for _index in range(COUNT)), reverse=True)
        for index, age in enumerate(ages):
            nature, topic, text = APPEALS[index % len(APPEALS)]
            place = places[chance.choice(TERRITORIES)[0]]
            # Heads without a login answer nothing here: of their work only the latest is shown.
            days = age % YOUNG if topics[topic].department_id.qms_code == "U-LAND" else age
            appeal = self._receive(
                days,
                kind_id=kinds[nature],
                text=text.format(place=place.name),
                topic_id=topics[topic].id,
                territory_id=place.id,
                author_name=chance.choice(AUTHORS),
                channel=chance.choice(("web", "letter", "visit", "phone")),
                identity="verified",
            )
            self._handle(appeal, days, index)

    @api.model
    def _make_tree(self, model, rows):
        """Make the nodes of a tree from rows of code, code of the whole, name and other values.

        :return: the nodes by code
        """
        nodes = {}
        for code, whole, name, values in rows:
            nodes[code] = (
                self._as("feedback_manager")
                .env[model]
                .create(
                    {
                        "code": code,
                        "name": name,
                        "parent_id": whole and nodes[whole].id,
                        "company_id": self.env.company.id,
                        **values,
                    }
                )
            )
        return nodes

    @api.model
    def _receive(self, days, **vals):
        """Let the operator enter an appeal that came some days ago."""
        received = self.env.company._qms_today() - timedelta(days=days)
        appeals = self._as("feedback_operator").env["feedback.appeal"]
        return appeals.create({**vals, "date_received": f"{received} 08:00:00", "document_date": received})

    @api.model
    def _handle(self, appeal, days, index):
        """Register, assign and answer an appeal as far as its age lets expect; some are forgotten."""
        if days < REGISTERED_AFTER:
            return
        appeal.action_register()
        managed = self._as("feedback_manager").env["feedback.appeal"].browse(appeal.id)
        if not managed.department_id._head():
            return
        managed.action_assign()
        head = managed.responsible_user_id
        if days < ANSWERED_AFTER or not head or not index % FORGOTTEN:
            return
        answered = managed.with_user(head)
        answered.answer = ANSWERS[index % len(ANSWERS)]
        answered.action_submit_answer()
        # Nobody approves his own answer.
        approver = self._user("mayor") if head == self._user("feedback_manager") else self._user("feedback_manager")
        answered.with_user(approver).action_approve()
        if index % 3:
            # sudo: as the page of the receipt does
            answered.sudo()._rate_answer(2 + index % 4, "solved" if index % 2 else "unsolved")
