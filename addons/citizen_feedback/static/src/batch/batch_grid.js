import { Component, onMounted, onPatched, onWillStart, reactive, toRaw, useRef, useState } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { FormQueue, markOfKey, totals } from "./batch_forms";
import { BatchRow } from "./batch_row";

const MODEL = "feedback.batch";
const AHEAD = 10;

/** The forms of a pack of paper questionnaires, keyed in by digits: each moves on, Enter begins the next form. */
export class BatchGrid extends Component {
    static template = "citizen_feedback.BatchGrid";
    static components = { BatchRow, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.root = useRef("root");
        const { params = {}, context = {} } = this.props.action;
        this.batch = params.batch_id || context.active_id;
        this.state = useState({ data: null, forms: [], problem: "", count: 0, average: "" });
        this.progress = useState({ saving: false, unsaved: false, edited: false });
        this.queue = new FormQueue({
            progress: this.progress,
            write: (rows) => this.orm.call(MODEL, "save_rows", [[this.batch], rows]),
            told: (forms, wrong) => forms.forEach((form) => this.told(form, wrong[form.position] || "")),
            isRefusal: (error) => error instanceof RPCError,
            refused: (error, forms) => this.refuse(error, forms),
        });
        useSetupAction({
            beforeLeave: () => this.saveAll(),
            beforeUnload: (ev) => this.beforeUnload(ev),
        });
        onWillStart(() => this.load());
        onMounted(() => this.focusWanted());
        onPatched(() => this.focusWanted());
    }

    // What is shown

    get data() {
        return this.state.data;
    }

    get day() {
        return formatDate(deserializeDate(this.data.day));
    }

    get countText() {
        return _t("%(keyed)s of %(written)s forms keyed in", { keyed: this.state.count, written: this.data.written });
    }

    get countClass() {
        return this.state.count === this.data.written ? "text-success" : "text-warning-emphasis";
    }

    // Loading

    async load() {
        try {
            const data = await this.orm.call(MODEL, "get_grid", [[this.batch]]);
            // Reactive one by one, so that a key draws its own row only.
            const forms = data.rows.map((row) => reactive({ ...row, wrong: "", dirty: false, stored: true }));
            Object.assign(this.state, { data, forms, problem: "" });
            this.env.config?.setDisplayName?.(_t("Forms of %s", data.number));
            if (data.may_edit) {
                const next = (forms.at(-1)?.position || 0) + 1;
                this.extend(next);
                this.wanted = { position: next, column: 0 };
            }
            this.count();
        } catch (error) {
            this.state.problem = error.data?.message || _t("The batch can't be shown. Open it from the list again.");
        }
    }

    /** Draw empty forms ahead: whoever types fast must find the next one there. */
    extend(position) {
        const { forms } = this.state;
        let last = forms.at(-1)?.position || 0;
        while (last < Math.min(position + AHEAD, this.data.most)) {
            last += 1;
            const empty = { marks: {}, comment: "", contact: "", wrong: "", dirty: false, stored: false };
            forms.push(reactive({ position: last, ...empty }));
        }
    }

    count() {
        // Raw: what a key changes is drawn by its own row.
        Object.assign(this.state, totals(this.state.forms.map(toRaw)));
    }

    tell(error) {
        this.notification.add(error.data?.message || error.message, { type: "danger", sticky: true });
    }

    told(form, wrong) {
        form.wrong = wrong;
        form.stored = form.stored || !wrong;
    }

    /** Forms that were not stored say so: nobody may believe that they are. */
    refuse(error, forms) {
        this.tell(error);
        for (const form of forms) {
            form.wrong = error.data?.message || error.message;
            form.dirty = true;
        }
    }

    // Moving

    focusWanted() {
        const { position, column } = this.wanted || {};
        const line = position && this.root.el.querySelector(`tr[data-position="${position}"]`);
        const field = line && line.querySelectorAll("input")[column];
        if (field) {
            this.wanted = null;
            field.focus();
            field.select();
        }
    }

    /** Go to a field of a form. */
    go(position, column) {
        const columns = this.data.questions.length + 2;
        if (column < 0 || column >= columns || position < 1) {
            return;
        }
        this.extend(position);
        this.wanted = { position, column };
        this.focusWanted();
    }

    // What the operator does

    place(target) {
        const line = target.closest("tr[data-position]");
        const position = Number(line.dataset.position);
        return {
            position,
            column: [...line.querySelectorAll("input")].indexOf(target),
            form: this.state.forms.find((form) => form.position === position),
            question: target.dataset.question,
        };
    }

    onKeydown(ev) {
        if (ev.target.tagName !== "INPUT" || ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        const { position, column, form, question } = this.place(ev.target);
        const steps = {
            Enter: () => this.go(position + 1, 0),
            ArrowDown: () => this.go(position + 1, column),
            ArrowUp: () => this.go(position - 1, column),
            ...(question && {
                ArrowLeft: () => this.go(position, column - 1),
                ArrowRight: () => this.go(position, column + 1),
            }),
        };
        if (ev.key in steps) {
            steps[ev.key]();
        } else if (question && (ev.key.length === 1 || ["Delete", "Backspace"].includes(ev.key))) {
            this.type(form, question, ev.key, () => this.go(position, column + (ev.key === "Backspace" ? -1 : 1)));
        } else {
            return;
        }
        ev.preventDefault();
    }

    /** On a phone keys have no name: what stands in the field counts. */
    onInput(ev) {
        const { position, column, form, question } = this.place(ev.target);
        if (question) {
            const key = ev.target.value.slice(-1) || "Delete";
            this.type(form, question, key, () => this.go(position, column + 1));
            ev.target.value = form.marks[question] || "";
        } else {
            form[ev.target.name] = ev.target.value;
            this.touch(form);
        }
    }

    type(form, question, key, next) {
        const mark = markOfKey(key, question);
        if (mark === undefined) {
            return;
        }
        form.marks[question] = mark;
        this.touch(form);
        next();
    }

    touch(form) {
        form.dirty = true;
        form.wrong = "";
        this.progress.edited = true;
        this.count();
    }

    onFocusin(ev) {
        if (ev.target.dataset.question) {
            ev.target.select();
        }
    }

    /** Whoever leaves a form has finished it. */
    onFocusout(ev) {
        const line = ev.target.closest("tr[data-position]");
        if (line && !line.contains(ev.relatedTarget)) {
            this.store(this.place(ev.target).form);
        }
    }

    store(form) {
        if (form.dirty) {
            form.dirty = false;
            this.queue.add(form);
        }
    }

    async saveAll() {
        this.state.forms.forEach((form) => this.store(form));
        await this.queue.save();
        return !this.queue.unfinished;
    }

    beforeUnload(ev) {
        if (this.queue.unfinished || this.state.forms.some((form) => form.dirty)) {
            ev.preventDefault();
            ev.returnValue = "";
        }
    }

    async close() {
        await this.saveAll();
        const wrong = this.state.forms.find((form) => form.wrong);
        if (wrong) {
            this.notification.add(_t("Correct form %s first.", wrong.position), { type: "warning" });
            this.go(wrong.position, 0);
            return;
        }
        if (this.queue.unfinished) {
            return;
        }
        try {
            const answer = await this.orm.call(MODEL, "action_close", [[this.batch]]);
            // A dialog asks why the numbers differ.
            if (answer instanceof Object) {
                await this.action.doAction(answer, { onClose: () => this.load() });
            } else {
                await this.load();
            }
        } catch (error) {
            this.tell(error);
        }
    }

    get canClose() {
        return this.data.may_edit && this.state.count > 0;
    }
}

registry.category("actions").add("feedback_batch_grid", BatchGrid);
