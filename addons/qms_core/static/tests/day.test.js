import { beforeEach, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    allowTranslations,
    contains,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { dueText, share } from "@qms_core/day/day_text";

defineMailModels();

function line(id, changes = {}) {
    return {
        id,
        verb: "do",
        name: `CA-${id} Put up signs`,
        what: "Carry out the action",
        deadline: "2026-11-18",
        days: 0,
        kind: false,
        company: false,
        person: false,
        buttons: [],
        ...changes,
    };
}

const CONFIRM = { verb: "answer", buttons: [["action_confirm", "Confirm"]] };

function day(changes = {}) {
    return {
        whose: "mine",
        leads: false,
        today: "2026-11-18",
        verbs: [
            ["do", "Do", 2],
            ["answer", "Answer", 1],
        ],
        sections: [
            { key: "late", count: 1, lines: [line(1, { days: -3, deadline: "2026-11-15" })] },
            { key: "today", count: 2, lines: [line(2, CONFIRM), line(3)] },
        ],
        people: [],
        ...changes,
    };
}

const TEAM = {
    whose: "team",
    leads: true,
    people: [
        { id: 7, key: 1, name: "Olena", job: "Clerk", late: 2, today: 1, week: 0, later: 1, open: 4 },
        { id: 8, key: 2, name: "Petro", job: "Clerk", late: 0, today: 0, week: 1, later: 0, open: 1 },
        { id: false, key: 3, name: "Iryna", job: "Guard", late: 0, today: 0, week: 0, later: 0, open: 0 },
    ],
};

const ANSWERS = {
    groups: [
        { key: "roles", label: "Roles", icon: "fa-id-badge", count: 1 },
        { key: "processes", label: "Processes", icon: "fa-sitemap", count: 12 },
    ],
    reports: [{ key: "risk", label: "A risk", icon: "fa-bolt" }],
};

let page, answers;

beforeEach(() => {
    mockDate("2026-11-18 10:00:00");
    page = day();
    answers = ANSWERS;
    onRpc("qms.day", "get_answers", () => answers);
});

async function open() {
    onRpc("qms.day", "get_day", ({ kwargs }) => {
        expect.step(`day ${kwargs.whose} ${kwargs.person_id} ${kwargs.verb} "${kwargs.text}"`);
        return structuredClone(page);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_day", name: "My Day" });
    await animationFrame();
}

function opener(id) {
    return queryFirst(`[data-line='${id}'] > .o_qms_day_open`);
}

test("day: deadlines are told as one says them", () => {
    allowTranslations();
    expect(dueText({ days: -3, deadline: "2026-11-15" })).toBe("3 days late");
    expect(dueText({ days: -1, deadline: "2026-11-17" })).toBe("1 day late");
    expect(dueText({ days: 0, deadline: "2026-11-18" })).toBe("today");
    expect(dueText({ days: 1, deadline: "2026-11-19" })).toBe("tomorrow");
    expect(dueText({ days: 2, deadline: "2026-11-20" })).toBe("Fri, Nov 20");
    expect(dueText({ days: 60, deadline: "2027-01-17" })).toMatch(/2027/);
    expect(share(1, 4)).toBe(25);
    expect(share(0, 0)).toBe(0);
});

test("day: sections, lines and chips", async () => {
    await open();
    expect(queryAllTexts(".o_qms_day_sections h3")).toEqual(["Late 1", "Today 2"]);
    expect(queryAllTexts(".o_qms_day_due")).toEqual(["3 days late", "today", "today"]);
    expect(queryAllTexts(".o_qms_day_chip")).toEqual(["All 3", "Do 2", "Answer 1"]);
    expect(".o_qms_day_team").toHaveCount(0);
    await contains(".o_qms_day_chip[data-verb='answer']").click();
    expect(".o_qms_day_chip[data-verb='answer']").toHaveAttribute("aria-pressed", "true");
    expect.verifySteps(['day mine false false ""', 'day mine false answer ""']);
});

test("day: arrows lead from line to line and to the buttons, one line is reached by Tab", async () => {
    await open();
    expect(opener(1)).toBeFocused();
    expect(".o_qms_day_open[tabindex='0']").toHaveCount(1);
    await press("ArrowDown");
    expect(opener(2)).toBeFocused();
    await press("ArrowRight");
    expect("[data-line='2'] .btn").toBeFocused();
    await press("ArrowLeft");
    await press("End");
    expect(opener(3)).toBeFocused();
    await press("Home");
    await animationFrame();
    expect(opener(1)).toBeFocused();
    expect(".o_qms_day_open[tabindex='0']").toHaveCount(1);
    expect.verifySteps(['day mine false false ""']);
});

test("day: one click does it, the line fades and the counts follow", async () => {
    onRpc("qms.day", "complete", ({ args }) => {
        expect.step(`complete ${args}`);
        page = day({
            verbs: [["do", "Do", 2]],
            sections: [
                { key: "late", count: 1, lines: [line(1, { days: -3 })] },
                { key: "today", count: 1, lines: [line(3)] },
            ],
        });
        return false;
    });
    await open();
    await contains("[data-line='2'] .btn").click();
    expect("[data-line='2']").toHaveClass("o_qms_day_done");
    await advanceTime(400);
    await animationFrame();
    await animationFrame();
    expect("[data-line='2']").toHaveCount(0);
    expect(queryAllTexts(".o_qms_day_sections h3")).toEqual(["Late 1", "Today 1"]);
    expect("[role='status']").toHaveText("Done: CA-2 Put up signs");
    expect(opener(3)).toBeFocused();
    expect.verifySteps(['day mine false false ""', "complete 2,action_confirm", 'day mine false false ""']);
});

test("day: a refusal is told in its sentence and the line stays", async () => {
    onRpc("qms.day", "complete", () => {
        throw makeServerError({ message: "Only the responsible person can do this." });
    });
    await open();
    await contains("[data-line='2'] .btn").click();
    await animationFrame();
    expect(".o_notification_content").toHaveText("Only the responsible person can do this.");
    expect("[data-line='2']").toHaveCount(1);
    expect("[data-line='2']").not.toHaveClass("o_qms_day_done");
    expect("[data-line='2'] .btn").toBeEnabled();
    // After a refusal the page is asked for again: somebody else may have done it.
    expect.verifySteps(['day mine false false ""', 'day mine false false ""']);
});

test("day: whoever asks for the page again while a line fades goes on working with it", async () => {
    const late = new Deferred();
    let asked = 0;
    onRpc("qms.day", "complete", ({ args }) => {
        expect.step(`complete ${args}`);
        return false;
    });
    onRpc("qms.day", "get_day", async () => {
        asked++;
        if (asked === 2) {
            await late;
        }
        return day();
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_day", name: "My Day" });
    await animationFrame();
    await contains("[data-line='2'] .btn").click();
    await advanceTime(400);
    expect(asked).toBe(2);
    await contains(".o_qms_day_refresh").click();
    late.resolve();
    await animationFrame();
    await animationFrame();
    expect("[data-line='2'] .btn").toBeEnabled();
    await contains("[data-line='2'] .btn").click();
    expect.verifySteps(["complete 2,action_confirm", "complete 2,action_confirm"]);
});

test("day: nothing waits", async () => {
    page = day({ verbs: [], sections: [] });
    await open();
    expect(".o_qms_day_empty").toHaveText(/Nothing waits for you today/);
    expect(".o_qms_day_chips").toHaveCount(0);
    await contains(".o_qms_day_find input").edit("door", { confirm: false });
    await advanceTime(400);
    await animationFrame();
    expect(".o_qms_day_empty").toHaveText(/Nothing of this kind is waiting/);
    await contains(".o_qms_day_empty .btn").click();
    expect(".o_qms_day_find input").toHaveValue("");
    expect.verifySteps(['day mine false false ""', 'day mine false false "door"', 'day mine false false ""']);
});

test("day: more lines on demand", async () => {
    const lines = Array.from({ length: 40 }, (_, index) => line(index + 1));
    page = day({ sections: [{ key: "today", count: 42, lines }] });
    onRpc("qms.day", "get_lines", ({ args }) => {
        expect.step(`lines ${args}`);
        return [line(41), line(42)];
    });
    await open();
    expect(".o_qms_day_more").toHaveText("Show more (2)");
    await contains(".o_qms_day_more").click();
    expect(".o_qms_day_line").toHaveCount(42);
    expect(".o_qms_day_more").toHaveCount(0);
    expect.verifySteps(['day mine false false ""', "lines today,40"]);
});

test("day: a head sees the load of his people and one of them", async () => {
    page = day({ leads: true });
    await open();
    page = day({
        ...TEAM,
        sections: [{ key: "late", count: 1, lines: [line(1, { person: [7, "Olena"], what: false })] }],
    });
    await contains(".o_qms_day_team").click();
    expect(queryAllTexts(".o_qms_day_open_count b")).toEqual(["4", "1"]);
    expect(".o_qms_day_uncalled").toHaveText("People without a login, whom nothing can call: 1");
    expect("[data-person='8'] .o_qms_day_bar .o_qms_day_week").toHaveStyle({ width: /px/ });
    await contains("[data-person='7']").click();
    expect(".o_qms_day_of h3").toHaveText("Olena");
    expect("[data-person='7']").toHaveAttribute("aria-pressed", "true");
    expect("[data-line='1'] .o_qms_day_what").toHaveCount(0);
    await contains(".o_qms_day_of .btn").click();
    expect(".o_qms_day_of").toHaveCount(0);
    expect("[data-line='1'] .o_qms_day_what").toHaveText("Olena");
    expect.verifySteps([
        'day mine false false ""',
        'day team false false ""',
        'day team 7 false ""',
        'day team false false ""',
    ]);
});

test("day: when the server refuses the page, it says so and can be asked again", async () => {
    let failing = true;
    onRpc("qms.day", "get_day", () => {
        if (failing) {
            throw makeServerError({ message: "The server is busy." });
        }
        return day();
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_day", name: "My Day" });
    expect(".o_qms_day_problem").toHaveText(/The server is busy/);
    failing = false;
    await contains(".o_qms_day_problem .btn").click();
    expect(".o_qms_day_problem").toHaveCount(0);
    expect(".o_qms_day_line").toHaveCount(3);
});

test("day: a line opens its record", async () => {
    onRpc("qms.day", "open_line", ({ args }) => {
        expect.step(`open ${args}`);
        return { type: "ir.actions.client", tag: "qms_day", name: "The record" };
    });
    await open();
    await contains("[data-line='3'] > .o_qms_day_open").click();
    await animationFrame();
    expect.verifySteps(['day mine false false ""', "open 3,mine", 'day mine false false ""']);
    expect(".o_breadcrumb").toHaveText(/The record/);
});

test("answers: groups with their counts lead to their records", async () => {
    onRpc("qms.day", "open_answers", ({ args }) => {
        expect.step(`open ${args}`);
        return { type: "ir.actions.client", tag: "qms_day", name: "My processes" };
    });
    await open();
    expect(queryAllTexts(".o_qms_day_group")).toEqual(["Roles\n1", "Processes\n12"]);
    await contains("[data-group='processes']").click();
    await animationFrame();
    expect(".o_breadcrumb").toHaveText(/My processes/);
    expect.verifySteps(['day mine false false ""', "open processes", 'day mine false false ""']);
});

test("answers: duties stand before the block is asked for, and without it", async () => {
    const answer = new Deferred();
    onRpc("qms.day", "get_answers", () => answer);
    await open();
    expect(".o_qms_day_line").toHaveCount(3);
    expect(".o_qms_day_group").toHaveCount(0);
    answer.reject(makeServerError({ message: "The server is busy." }));
    await animationFrame();
    expect(".o_qms_day_answers [role='alert']").toHaveText(/The server is busy/);
    expect(".o_qms_day_line").toHaveCount(3);
    onRpc("qms.day", "get_answers", () => answers);
    await contains(".o_qms_day_answers [role='alert'] .btn").click();
    await animationFrame();
    expect(".o_qms_day_answers [role='alert']").toHaveCount(0);
    expect(".o_qms_day_group").toHaveCount(2);
    expect.verifySteps(['day mine false false ""']);
});

test("answers: what was reported renews the page", async () => {
    onRpc("qms.day", "open_report", ({ args }) => {
        expect.step(`report ${args}`);
        return { type: "ir.actions.act_window_close" };
    });
    await open();
    await contains("[data-report='risk']").click();
    await animationFrame();
    expect.verifySteps(['day mine false false ""', "report risk", 'day mine false false ""']);
});

test("answers: who has no role is told whom to ask; a head's people have no such block", async () => {
    answers = { groups: [], reports: [] };
    page = day({ leads: true });
    await open();
    expect(".o_qms_day_answers p").toHaveText(/Human resources/);
    expect(".o_qms_day_reports").toHaveCount(0);
    page = day({ ...TEAM, sections: [] });
    await contains(".o_qms_day_team").click();
    expect(".o_qms_day_answers").toHaveCount(0);
    expect.verifySteps(['day mine false false ""', 'day team false false ""']);
});
