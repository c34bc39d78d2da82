import { Component } from "@odoo/owl";
import { dueText, fullDate, VERB_ICONS } from "./day_text";

/** One line of somebody's day: what waits, until when, and what one click does to it. */
export class DayLine extends Component {
    static template = "qms_core.DayLine";
    static props = {
        line: Object,
        verbs: Object,
        named: Boolean, // whether it says whose duty it is
        reached: Boolean,
        busy: Boolean,
        done: Boolean,
        onOpen: Function,
        onPress: Function,
    };

    get due() {
        return dueText(this.props.line);
    }

    get dueTitle() {
        return fullDate(this.props.line.deadline);
    }

    get icon() {
        return VERB_ICONS[this.props.line.verb];
    }

    get tabindex() {
        return this.props.reached ? "0" : "-1";
    }
}
