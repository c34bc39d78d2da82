import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DayAnswers } from "./day_answers";
import { DayLine } from "./day_line";
import { DayPeople } from "./day_people";
import { fullDate, sectionName, sentence } from "./day_text";

const FADE_MS = 350;
const TYPING_MS = 300;

/** What calls the user, or for a head his people, to act: late, today, this week, later. */
export class QmsDay extends Component {
    static template = "qms_core.Day";
    static components = { DayAnswers, DayLine, DayPeople, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.ui = useService("ui");
        // Of several requests the page waits for the last; none is left without an end, as it would be by a KeepLast.
        this.request = 0;
        this.root = useRef("root");
        this.sectionName = sectionName;
        this.state = useState({
            whose: "mine",
            person: false,
            // Whose lines are shown: a moment after a person was chosen these are still those before.
            shownPerson: false,
            verb: false,
            text: "",
            ...this.props.state?.day,
            data: null,
            problem: "",
            loading: false,
            busy: false,
            done: false,
            reached: false,
            said: "",
            peopleOpen: !this.ui.isSmall,
        });
        this.search = useDebounced(() => this.load(), TYPING_MS);
        useSetupAction({
            getLocalState: () => {
                const { whose, person, verb, text } = this.state;
                return { day: { whose, person, verb, text } };
            },
        });
        onWillStart(() => this.load());
        // For the keyboard, which a phone has none of.
        onMounted(() => this.ui.isSmall || this.stops[0]?.focus({ preventScroll: true }));
    }

    // What is shown

    get title() {
        return fullDate(this.state.data.today);
    }

    get total() {
        return this.state.data.verbs.reduce((sum, [, , count]) => sum + count, 0);
    }

    get verbNames() {
        return Object.fromEntries(this.state.data.verbs);
    }

    moreText(section) {
        return _t("Show more (%s)", section.count - section.lines.length);
    }

    get isNarrowed() {
        return Boolean(this.state.verb || this.state.text.trim() || this.state.person);
    }

    get person() {
        return this.state.data.people.find((person) => person.id && person.id === this.state.shownPerson);
    }

    get reached() {
        const lines = this.state.data.sections.flatMap((section) => section.lines);
        return lines.some((line) => line.id === this.state.reached) ? this.state.reached : lines[0]?.id;
    }

    // Loading

    get query() {
        const { whose, person, verb, text } = this.state;
        return { whose, person_id: person, verb, text };
    }

    /** Ask for the page again; sections keep as many lines as they show. */
    async load() {
        const shown = Object.fromEntries(
            (this.state.data?.sections || []).map((section) => [section.key, section.lines.length])
        );
        const request = ++this.request;
        this.state.loading = true;
        let changes;
        try {
            const data = await this.orm.call("qms.day", "get_day", [], { ...this.query, shown });
            // Who no longer leads anybody is shown his own day.
            const person = data.whose === "team" && this.state.person;
            changes = { data, whose: data.whose, person, shownPerson: person, problem: "", done: false };
        } catch (error) {
            changes = { problem: sentence(error) };
        }
        if (request === this.request) {
            Object.assign(this.state, { ...changes, loading: false });
        }
    }

    async showMore(section) {
        const shown = section.lines.length;
        try {
            const more = await this.orm.call("qms.day", "get_lines", [section.key, shown], this.query);
            // Unless the page was renewed meanwhile, or the same lines have come already.
            if (this.state.data.sections.includes(section) && section.lines.length === shown) {
                section.lines.push(...more);
            }
        } catch (error) {
            this.state.problem = sentence(error);
        }
    }

    // Choosing

    choose(changes) {
        Object.assign(this.state, changes);
        return this.load();
    }

    chooseVerb(verb) {
        return this.choose({ verb: verb === this.state.verb ? false : verb });
    }

    choosePerson(person) {
        const chosen = person === this.state.person ? false : person;
        if (this.ui.isSmall) {
            // What the click asked for lies below the list of people.
            this.state.peopleOpen = !chosen;
        }
        return this.choose({ person: chosen });
    }

    showAll() {
        return this.choose({ verb: false, text: "", person: false });
    }

    onSearch(ev) {
        this.state.text = ev.target.value;
        this.search();
    }

    // One line

    async open(line) {
        try {
            const action = await this.orm.call("qms.day", "open_line", [line.id, this.state.whose]);
            await this.action.doAction(action);
        } catch (error) {
            this.refuse(error);
        }
    }

    /** Do what a button of a line says; nothing is lost when the record refuses. */
    async press(line, method) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = line.id;
        try {
            const dialog = await this.orm.call("qms.day", "complete", [line.id, method]);
            if (dialog) {
                await this.action.doAction(dialog, { onClose: () => this.load() });
            } else {
                await this.fade(line);
            }
        } catch (error) {
            this.refuse(error);
        } finally {
            this.state.busy = false;
        }
    }

    refuse(error) {
        this.notification.add(sentence(error), { type: "danger", sticky: true });
        return this.load();
    }

    /** Let a line that is done fade while the new state of the page is fetched; the focus goes to the next one. */
    async fade(line) {
        const next = this.neighbour(line.id);
        this.state.done = line.id;
        this.state.said = _t("Done: %s", line.name);
        await new Promise((resolve) => browser.setTimeout(resolve, FADE_MS));
        this.state.reached = next;
        await this.load();
        await Promise.resolve();
        browser.requestAnimationFrame(() => this.focusLine(next));
    }

    // Keyboard

    get stops() {
        return [...(this.root.el?.querySelectorAll("[data-line] > .o_qms_day_open:not(:disabled)") || [])];
    }

    neighbour(id) {
        const ids = this.stops.map((stop) => Number(stop.parentElement.dataset.line));
        const index = ids.indexOf(id);
        return ids[index + 1] || ids[index - 1] || false;
    }

    focusLine(id) {
        const line = this.root.el?.querySelector(`[data-line='${id}'] > .o_qms_day_open`);
        (line || this.root.el?.querySelector(".o_qms_day_title"))?.focus();
    }

    onFocusin(ev) {
        const line = ev.target.closest("[data-line]");
        if (line) {
            this.state.reached = Number(line.dataset.line);
        }
    }

    onKeydown(ev) {
        const line = ev.target.closest("[data-line]");
        if (!line || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        const controls = [...line.querySelectorAll("button:not(:disabled)")];
        const at = controls.indexOf(ev.target);
        const stops = this.stops;
        const row = stops.indexOf(line.querySelector(".o_qms_day_open"));
        const target = {
            ArrowDown: stops[row + 1],
            ArrowUp: stops[row - 1],
            ArrowRight: controls[at + 1],
            ArrowLeft: controls[at - 1],
            Home: stops[0],
            End: stops.at(-1),
        }[ev.key];
        if (target) {
            ev.preventDefault();
            target.focus();
        }
    }
}

registry.category("actions").add("qms_day", QmsDay);
