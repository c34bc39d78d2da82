import { expect, test } from "@odoo/hoot";
import { queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { trendConfig } from "@qms_core/benchmark/trend_config";

defineMailModels();

function point(period, own, place = false) {
    return {
        period,
        label: period,
        own,
        own_text: String(own),
        box: own === 70 ? false : [92, 94, 96],
        box_texts: own === 70 ? false : { lower: "92", median: "94", upper: "96" },
        place,
        quarter_text: own === 70 ? "" : "In the worse half",
        total: 4,
    };
}

function makePage(changes = {}) {
    return {
        choices: {
            indicators: [
                ["I-1", "I-1 Answered in term"],
                ["I-2", "I-2 Waiting"],
            ],
            periods: [
                ["2026-09-01", "September 2026"],
                ["2026-08-01", "August 2026"],
            ],
        },
        chosen: { code: "I-1", period: "2026-09-01" },
        indicator: "Answered in term",
        unit: "%",
        direction: "Higher is better",
        period: "September 2026",
        scope: "others",
        total: 4,
        figures: [{ name: "own", label: "Own value", value: "92.5 %" }],
        box: { lower: "92", median: "94", upper: "96", step: 2 },
        strip: {
            ticks: [
                { at: 0, text: "92" },
                { at: 1000, text: "96" },
            ],
            lower: 0,
            median: 500,
            upper: 1000,
            ends: false,
            marks: [{ at: 125, name: "City A", text: "92.5", own: true }],
        },
        rows: [
            { name: "City A", value: 92.5, text: "92.5", place: false, quarter: 3, quarter_text: "Third", own: true },
        ],
        hidden: "",
        note: "Rounded.",
        left_out: [{ name: "Other authorities: 1", reason: "another period" }],
        trend: [point("2026-08-01", 70), point("2026-09-01", 92.5)],
        sections: [],
        ...changes,
    };
}

async function openPage(changes = {}) {
    onRpc("qms.benchmark", "get_page", ({ args }) => {
        expect.step(JSON.stringify(args));
        return makePage(changes);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_benchmark", name: "Benchmarks" });
    await animationFrame();
}

test("benchmark: own mark on the box, no places where they are not told", async () => {
    await openPage();
    expect.verifySteps(["[null,null]"]);
    expect(".o_qms_mark").toHaveCount(1);
    expect(queryFirst(".o_qms_mark_own")).toHaveAttribute("x", "15.5%");
    expect(queryFirst(".o_qms_box")).toHaveAttribute("width", "92%");
    expect(".o_qms_ends").toHaveCount(0);
    expect(queryFirst(".o_qms_strip svg")).toHaveAttribute(
        "aria-label",
        "Box plot: lower quartile 92, median 94, upper quartile 96, own value 92.5 %"
    );
    expect(queryAllTexts("[data-part=authorities] th")).toEqual(["Authority", "Value", "Standing"]);
    expect(queryAllTexts("[data-part=left_out] li")).toEqual(["Other authorities: 1: another period"]);
});

test("benchmark: who may read all sees the table with places", async () => {
    const rows = ["D", "A"].map((name, index) => ({
        name,
        value: 97 - index,
        text: `${97 - index}`,
        place: index + 1,
        quarter: index + 1,
        quarter_text: `${index + 1}.`,
        own: name === "A",
    }));
    await openPage({ scope: "all", rows, trend: [point("2026-08-01", 70), point("2026-09-01", 92.5, 2)] });
    expect.verifySteps(["[null,null]"]);
    expect(queryAllTexts("[data-part=authorities] tbody td")).toEqual(["1", "D", "97", "1.", "2", "A", "96", "2."]);
    expect("[data-part=authorities] tr.o_qms_own").toHaveCount(1);
    expect(queryAllTexts("[data-part=trend] tbody td:last-child")).toEqual(["–", "2 / 4"]);
});

test("benchmark: another indicator begins with its last period, the trend leads to a period", async () => {
    await openPage();
    await contains("select[name=code]").select("I-2");
    await animationFrame();
    await contains("[data-part=trend] tbody button:first").click();
    await animationFrame();
    await contains("select[name=period]").select("2026-08-01");
    await animationFrame();
    expect.verifySteps(["[null,null]", '["I-2",null]', '["I-1","2026-08-01"]', '["I-1","2026-08-01"]']);
});

test("benchmark: nothing compared yet, and too few compared", async () => {
    await openPage({ chosen: false });
    expect(".o_qms_nothing button").toHaveCount(1);
    expect("select[name=code]").toHaveCount(0);
    expect(".o_qms_print").toHaveProperty("disabled", true);
    expect.verifySteps(["[null,null]"]);
});

test("benchmark: why there are no quartiles stands in their place", async () => {
    await openPage({ box: false, strip: false, hidden: "Too few.", note: "" });
    expect(queryAllTexts(".o_qms_hidden")).toEqual(["Too few."]);
    expect(".o_qms_strip").toHaveCount(0);
    expect.verifySteps(["[null,null]"]);
});

test("benchmark: a period without quartiles leaves a gap in the trend", () => {
    const config = trendConfig([point("2026-08-01", 70), point("2026-09-01", 92.5)], "others");
    expect(config.data.datasets.map((dataset) => dataset.data)).toEqual([
        [70, 92.5],
        [null, 94],
        [null, 92],
        [null, 96],
    ]);
});
