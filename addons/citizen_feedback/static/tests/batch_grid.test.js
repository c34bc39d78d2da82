import { expect, test } from "@odoo/hoot";
import { press, queryAll, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { FormQueue, isEmpty, markOfKey, totals } from "@citizen_feedback/batch/batch_forms";

defineMailModels();

function grid(changes = {}) {
    return {
        number: "PB-2026-0001",
        service: "Passport",
        point: "Centre",
        day: "2026-11-20",
        written: 3,
        most: 1000,
        is_open: true,
        may_edit: true,
        questions: [
            { name: "score", label: "Mark" },
            { name: "waiting", label: "Waiting Time" },
        ],
        rows: [{ position: 1, marks: { score: "4", waiting: "0" }, comment: "", contact: "" }],
        ...changes,
    };
}

const tell = (rows) => expect.step(JSON.stringify(rows));

async function open(data = grid(), wrong = {}, saved = tell) {
    onRpc("feedback.batch", "get_grid", () => data);
    onRpc("feedback.batch", "save_rows", ({ args }) => {
        saved(args[1]);
        return wrong;
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "feedback_batch_grid",
        name: "Batch",
        params: { batch_id: 7 },
    });
}

function field(position, column) {
    return queryAll(`tr[data-position='${position}'] input`)[column];
}

async function keys(...names) {
    for (const name of names) {
        await press(name);
        await animationFrame();
    }
}

test("batch: a key means a mark, no answer, or nothing", () => {
    expect(markOfKey("5", "score")).toBe("5");
    expect(markOfKey("0", "score")).toBe(undefined);
    expect(markOfKey("0", "waiting")).toBe("0");
    expect(markOfKey("-", "waiting")).toBe("0");
    expect(markOfKey("6", "waiting")).toBe(undefined);
    expect(markOfKey(" ", "score")).toBe("");
});

test("batch: forms without any mark don't count", () => {
    const forms = [
        { marks: { score: "4" }, comment: "", contact: "" },
        { marks: { score: "1" }, comment: "Late", contact: "" },
        { marks: { score: "" }, comment: " ", contact: "" },
    ];
    expect(totals(forms)).toEqual({ count: 2, average: "2.50" });
    expect(isEmpty(forms[2])).toBe(true);
});

function queue(write) {
    const progress = {};
    const refused = (_error, forms) => expect.step(`refused ${forms.length}`);
    return new FormQueue({ progress, write, refused, told: () => {}, isRefusal: (error) => error.message === "no" });
}

const form = (position) => ({ position, marks: { score: "4" }, comment: "", contact: "" });

test("batch: what waited for a connection goes in parts", async () => {
    let online = false;
    const waiting = queue((rows) => {
        if (!online) {
            throw new Error("offline");
        }
        expect.step(rows.length);
        return {};
    });
    for (let position = 1; position <= 250; position++) {
        await waiting.add(form(position));
    }
    expect([waiting.progress.unsaved, waiting.unfinished]).toEqual([true, true]);
    online = true;
    await waiting.save();
    expect.verifySteps([100, 100, 50]);
    expect([waiting.progress.unsaved, waiting.unfinished]).toEqual([false, false]);
});

test("batch: forms that are refused are named, the others are still sent", async () => {
    const mixed = queue((rows) => {
        if (rows.some((row) => row.position === 1)) {
            throw new Error("no");
        }
        expect.step(`stored ${rows.length}`);
        return {};
    });
    for (let position = 1; position <= 120; position++) {
        mixed.pending.set(position, form(position));
    }
    await mixed.save();
    expect.verifySteps(["refused 100", "stored 20"]);
    expect(mixed.unfinished).toBe(false);
});

test("batch: digits move on, Enter begins the next form and saves the one before", async () => {
    await open();
    expect(field(2, 0)).toBeFocused();
    await keys("5", "0");
    expect(field(2, 2)).toBeFocused();
    expect.verifySteps([]);
    await keys("Enter");
    expect(field(3, 0)).toBeFocused();
    expect.verifySteps([
        '[{"position":2,"marks":{"score":"5","waiting":"0"},"comment":"","contact":"","is_new":true}]',
    ]);
    expect(".o_feedback_batch_count").toHaveText("2 of 3 forms keyed in");
    expect(".o_feedback_batch_saved").toHaveCount(1);
});

test("batch: the next form is there for who types without a pause", async () => {
    const stored = {};
    // How many go at once is the queue's business.
    await open(grid(), {}, (rows) => rows.forEach((row) => (stored[row.position] = row.marks.score)));
    for (const key of ["5", "Enter", "4", "Enter", "3", "Enter"]) {
        await press(key); // no frame in between: nothing is drawn anew meanwhile
    }
    await animationFrame();
    await animationFrame();
    expect([2, 3, 4].map((position) => field(position, 0).value)).toEqual(["5", "4", "3"]);
    expect(stored).toEqual({ 2: "5", 3: "4", 4: "3" });
});

test("batch: other digits and letters are not taken", async () => {
    await open();
    await keys("6", "x", "0");
    expect(field(2, 0)).toBeFocused();
    expect(field(2, 0).value).toBe("");
});

test("batch: what is wrong with a form is said beside it", async () => {
    await open(grid(), { 2: "The overall mark is missing." });
    await keys("ArrowRight", "3", "Enter");
    expect.verifySteps(['[{"position":2,"marks":{"waiting":"3"},"comment":"","contact":"","is_new":true}]']);
    await animationFrame();
    expect("tr[data-position='2'].table-danger").toHaveCount(1);
    expect("tr[data-position='2'] [role=alert]").toHaveText("The overall mark is missing.");
});

test("batch: a comment is typed as usual", async () => {
    await open();
    await contains("tr[data-position='2'] .o_feedback_batch_comment").edit("5 stars", { confirm: false });
    await keys("Enter");
    expect.verifySteps(['[{"position":2,"marks":{},"comment":"5 stars","contact":"","is_new":true}]']);
});

test("batch: a closed one is shown and not changed", async () => {
    await open(grid({ is_open: false, may_edit: false }));
    expect("tbody tr").toHaveCount(1);
    expect(queryFirst("tbody input").readOnly).toBe(true);
    expect(".o_feedback_batch_close").toHaveCount(0);
});
