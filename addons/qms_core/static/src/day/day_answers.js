import { Component, onMounted, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { sentence } from "./day_text";

/** What the user answers for and may report; asked for when the page stands, on a phone when it is unfolded. */
export class DayAnswers extends Component {
    static template = "qms_core.DayAnswers";
    static props = {
        onReported: Function, // what was reported may call the user himself
    };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.ui = useService("ui");
        this.state = useState({ open: !this.ui.isSmall, data: null, problem: "" });
        onMounted(() => this.state.open && this.load());
    }

    get hasNothing() {
        return !this.state.data.groups.length;
    }

    groupTitle(group) {
        return `${group.label}: ${group.count}`;
    }

    onToggle(open) {
        this.state.open = open;
        if (open && !this.state.data) {
            return this.load();
        }
    }

    async load() {
        try {
            Object.assign(this.state, { data: await this.orm.call("qms.day", "get_answers", []), problem: "" });
        } catch (error) {
            this.state.problem = sentence(error);
        }
    }

    openGroup(group) {
        return this.follow("open_answers", group.key);
    }

    report(kind) {
        return this.follow("open_report", kind.key, { onClose: () => this.reported() });
    }

    openSheet() {
        return this.action.doAction("qms_core.action_my_responsibilities");
    }

    reported() {
        this.load();
        this.props.onReported();
    }

    async follow(method, key, options = {}) {
        try {
            await this.action.doAction(await this.orm.call("qms.day", method, [key]), options);
        } catch (error) {
            this.notification.add(sentence(error), { type: "danger", sticky: true });
        }
    }
}
