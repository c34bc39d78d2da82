import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { share } from "./day_text";

/** Who of a head's people has how much to do; a click shows one person's duties. */
export class DayPeople extends Component {
    static template = "qms_core.DayPeople";
    static props = {
        people: Array,
        selected: [Number, Boolean],
        onSelect: Function,
    };

    get called() {
        return this.props.people.filter((person) => person.id);
    }

    get uncalled() {
        return this.props.people.filter((person) => !person.id);
    }

    get longest() {
        return Math.max(0, ...this.props.people.map((person) => person.open));
    }

    get parts() {
        return [
            { key: "late", label: _t("late") },
            { key: "today", label: _t("today") },
            { key: "week", label: _t("this week") },
            { key: "later", label: _t("later") },
        ];
    }

    width(count) {
        return share(count, this.longest);
    }

    names(people) {
        return people.map((person) => person.name).join(", ");
    }
}
