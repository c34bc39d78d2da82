import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { controlConfig, paretoConfig } from "@qms_core/improvement/analysis/chart_configs";

defineMailModels();

function step(value, name) {
    return { id: value, value, name, description: "" };
}

function makeMap(stage = "inherent", changes = {}) {
    const cell = (row, column, count) => ({
        row,
        column,
        count,
        score: row * column,
        level: "High",
        color: "#F2B36B",
        text: "#111827",
    });
    return {
        stage,
        kind: "risk",
        kinds: [
            ["risk", "Risk"],
            ["opportunity", "Opportunity"],
        ],
        scale: 1,
        scales: [[1, "Two by two"]],
        rows: [step(2, "Likely"), step(1, "Rare")],
        columns: [step(1, "Minor"), step(2, "Major")],
        cells: [
            [cell(2, 1, 0), cell(2, 2, stage === "inherent" ? 3 : 0)],
            [cell(1, 1, 1), cell(1, 2, 0)],
        ],
        levels: [
            {
                id: 9,
                name: "High",
                from: 1,
                to: 4,
                color: "#F2B36B",
                text: "#111827",
                needs_decision: true,
                count: 4,
            },
        ],
        unjudged: 0,
        total: 4,
        domain: [["state", "!=", "closed"]],
        units: [[7, "Centre"]],
        processes: [],
        ...changes,
    };
}

async function openMap(changes = {}) {
    onRpc("qms.risk.heat.map", "get_map", ({ args }) => {
        expect.step(`${args[0]} ${args[1].unit}`);
        return makeMap(args[0], args[1].unit ? { total: 0 } : changes);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_risk_heat_map", name: "Map" });
}

test("heat map: counts stand in their cells, with the product beside them", async () => {
    await openMap();
    expect.verifySteps(["inherent false"]);
    expect(queryAllTexts("tbody .o_qms_count")).toEqual(["3", "1"]);
    expect(queryAllTexts("tbody .o_qms_score")).toEqual(["2", "4", "1", "2"]);
    expect("td[data-score='4'] button").toHaveAttribute(
        "aria-label",
        "3 with likelihood Likely and impact Major: High"
    );
});

test("heat map: the stage and the unit are asked of the server, an empty unit can be left", async () => {
    await openMap();
    await contains("button[data-stage=residual]").click();
    expect(queryAllTexts("tbody .o_qms_count")).toEqual(["1"]);
    await contains(".o_qms_unit").select("7");
    await animationFrame();
    expect(".o_qms_nothing").toHaveCount(1);
    await contains(".o_qms_nothing button").click();
    expect("tbody .o_qms_count").toHaveCount(1);
    expect.verifySteps(["inherent false", "residual false", "residual 7", "residual false"]);
});

test("heat map: a cell opens its risks", async () => {
    await openMap();
    expect.verifySteps(["inherent false"]);
    patchWithCleanup(getService("action"), {
        doAction(action) {
            expect.step(JSON.stringify(action.domain));
        },
    });
    await contains("td[data-score='4'] button").click();
    expect.verifySteps([
        JSON.stringify([
            ["state", "!=", "closed"],
            ["inherent_likelihood_id", "=", 2],
            ["inherent_impact_id", "=", 2],
        ]),
    ]);
});

test("charts: both scales of the Pareto chart end together, signals are told by their shape", () => {
    const bars = [
        { label: "A", count: 6, cumulative: 75, vital: true },
        { label: "A name that is far too long to stand below a bar", count: 2, cumulative: 100, vital: false },
    ];
    const pareto = paretoConfig({ bars });
    expect([pareto.options.scales.y.max, pareto.options.scales.share.max]).toEqual([8, 100]);
    expect(pareto.data.labels[1].length).toBe(26);
    const points = [
        { label: "1", value: 2, rules: [] },
        { label: "2", value: 9, rules: ["beyond"] },
        { label: "3", value: 2, rules: ["range"] },
    ];
    const control = controlConfig({ points, limits: { mean: 4, upper: 8, lower: 0 } });
    expect(control.data.datasets[0].pointStyle).toEqual(["circle", "rectRot", "circle"]);
});
