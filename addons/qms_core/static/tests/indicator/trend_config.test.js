import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { IndicatorTrend } from "@qms_core/indicator/indicator_trend";
import { trendConfig } from "@qms_core/indicator/trend_config";

defineMailModels();

function point(status, changes = {}) {
    return { label: "Jan", value: 90, target: 95, threshold: null, status, cost: null, ...changes };
}

function trend(...points) {
    return { unit: "%", currency: "₴", points };
}

test("the light of a value is told by shape and colour", () => {
    const { data } = trendConfig(trend(point("met"), point("near"), point("missed")));
    expect(data.datasets[0].pointStyle).toEqual(["circle", "triangle", "rectRot"]);
    expect(new Set(data.datasets[0].pointBackgroundColor).size).toBe(3);
});

test("thresholds and costs are drawn where there are any", () => {
    const bare = trendConfig(trend(point("met"), point("met")));
    expect(bare.data.datasets.length).toBe(2);
    expect(bare.options.scales.cost).toBe(undefined);
    const full = trendConfig(trend(point("met", { threshold: 80 }), point("met", { cost: 1200 })));
    expect(full.data.datasets.length).toBe(4);
    expect(full.data.datasets[3].yAxisID).toBe("cost");
    expect(full.options.scales.cost.position).toBe("right");
});

test("one value makes no chart", async () => {
    const record = { data: { trend: trend(point("met")) } };
    await mountWithCleanup(IndicatorTrend, { props: { record, name: "trend" } });
    expect("canvas").toHaveCount(0);
    expect(".o_qms_trend p").toHaveText("A chart is drawn from two values on.");
});
