import { expect, test } from "@odoo/hoot";
import { click, keyDown, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { InteractionModel } from "@qms_core/process/interaction/interaction_model";
import { PanZoom } from "@qms_core/process/interaction/pan_zoom";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

function node(key, role, name, x) {
    const label = [{ x, y: 20, text: name }];
    const group = role === "process" ? "core" : "";
    return { key, role, group, name, context: false, x, y: 0, width: 100, height: 50, code: [], label, stubs: [] };
}

function edge(source, target, items, oneSided = []) {
    return { source, target, items, one_sided: oneSided, group: "core", path: "M0 0L10 0", badge: [5, 5] };
}

function makeData() {
    return {
        width: 500,
        height: 100,
        headings: [],
        bands: [],
        nodes: [
            node("process-1", "process", "P-1 Planning", 0),
            node("process-2", "process", "P-2 Service", 150),
            node("process-3", "process", "P-3 Archive", 300),
            node("party-1", "customer", "Citizens", 450),
        ],
        edges: [edge("process-1", "process-2", ["Plan", "Об’єкт"], ["Plan"]), edge("process-2", "party-1", ["Answer"])],
        missing: [
            { process: "process-1", other: "process-2", kind: "one_sided", name: "Plan", message: "One side only." },
            { process: "process-3", other: "", kind: "unsupplied", name: "Files", message: "Nobody supplies Files." },
        ],
        details: {
            "process-1": { id: 1, unit: "Office", in_force: true },
            "process-2": { id: 2, unit: "Centre", in_force: true },
            "process-3": { id: 3, unit: "", in_force: true },
        },
        units: [[7, "Centre"]],
        kinds: [["core", "Core"]],
    };
}

async function openMap(data = makeData()) {
    onRpc("qms.process", "get_interaction_map", ({ kwargs }) => {
        expect.step(`${kwargs.department_id}/${kwargs.kind}`);
        return data;
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_interaction_map", name: "Map" });
}

test("zooming keeps the point under the pointer", () => {
    const view = new PanZoom();
    view.panBy(30, -20);
    const before = (100 - view.x) / view.scale;
    view.zoomAt(100, 50, 2);
    expect(view.scale).toBe(2);
    expect((100 - view.x) / view.scale).toBe(before);
    view.zoomAt(0, 0, 1000);
    expect(view.scale).toBe(view.maxScale);
});

test("the whole width is shown unless texts became too small to read", () => {
    const view = new PanZoom();
    view.fit({ width: 1200, height: 600 }, { width: 1200, height: 900 });
    expect(view.scale).toBe(1);
    view.fit({ width: 300, height: 600 }, { width: 6000, height: 900 });
    expect(view.scale * 11 >= 8.99).toBe(true);
});

test("a box out of sight is revealed, one in sight is left alone", () => {
    const view = new PanZoom();
    view.reveal({ x: 50, y: 50, width: 100, height: 50 }, { width: 400, height: 300 });
    expect([view.x, view.y]).toEqual([0, 0]);
    view.reveal({ x: 500, y: 50, width: 100, height: 50 }, { width: 400, height: 300 });
    expect([view.x, view.y]).toEqual([-224, 0]);
});

test("neighbours and matches", () => {
    const model = new InteractionModel(makeData());
    expect([...model.neighbours("process-2")].sort()).toEqual(["party-1", "process-1", "process-2"]);
    expect([...model.matching("об'єкт")].sort()).toEqual(["process-1", "process-2"]);
    expect([...model.matching("files")]).toEqual(["process-3"]);
    expect([...model.keysWithMissing].sort()).toEqual(["process-1", "process-2", "process-3"]);
});

test("a click shows what a process gets and gives, and fades the others", async () => {
    await openMap();
    expect.verifySteps(["false/false"]);
    await contains("[data-key=process-2]").click();
    expect(".o_qms_panel h4").toHaveText("P-2 Service");
    expect(queryAllTexts(".o_qms_gets button")).toEqual(["P-1 Planning"]);
    expect(queryAllTexts(".o_qms_gives li")).toEqual(["Answer"]);
    expect("[data-key=process-3]").toHaveClass("o_qms_faded");
    expect("[data-key=process-1]").not.toHaveClass("o_qms_faded");
    await contains(".o_qms_gets button").click();
    expect(".o_qms_panel h4").toHaveText("P-1 Planning");
});

test("the keyboard selects, moves, zooms and leaves", async () => {
    await openMap();
    expect.verifySteps(["false/false"]);
    const process = queryFirst("[data-key=process-1]");
    process.focus();
    await keyDown("Enter");
    await animationFrame();
    expect(".o_qms_panel h4").toHaveText("P-1 Planning");
    const picture = () => queryFirst(".o_qms_interaction > g").getAttribute("transform");
    await keyDown("0");
    await animationFrame();
    const start = picture();
    await keyDown("ArrowRight");
    await animationFrame();
    expect(picture()).not.toBe(start);
    await keyDown("+");
    await keyDown("0");
    await animationFrame();
    expect(picture()).toBe(start);
    await keyDown("Escape");
    await animationFrame();
    expect(".o_qms_panel").toHaveCount(0);
});

test("only missing ends, in the picture and in words", async () => {
    await openMap();
    expect.verifySteps(["false/false"]);
    await contains("#o_qms_only_missing").click();
    expect(queryAllTexts(".o_qms_panel .o_qms_missing li button")).toEqual(["P-1 Planning", "P-3 Archive"]);
    expect(".o_qms_edge.o_qms_one_sided:not(.o_qms_faded) path").toHaveCount(1);
    expect("[data-key=party-1]").toHaveClass("o_qms_faded");
});

test("the list says the same in words", async () => {
    await openMap();
    expect.verifySteps(["false/false"]);
    await click("button:contains(List)");
    await animationFrame();
    expect("[role=list] > li[data-key]").toHaveCount(3);
    expect("[role=list] > li[data-key=process-2]").toHaveText(/Answer → Citizens/);
    await contains(".o_qms_text").edit("files");
    await animationFrame();
    expect("[role=list] > li[data-key]").toHaveCount(1);
});

test("filters ask the server again", async () => {
    await openMap();
    await contains(".o_qms_unit").select("7");
    await contains(".o_qms_kind").select("core");
    expect.verifySteps(["false/false", "7/false", "7/core"]);
});

test("an authority without flows is told what to do", async () => {
    await openMap({ ...makeData(), nodes: [], edges: [], missing: [] });
    expect.verifySteps(["false/false"]);
    expect(".o_nocontent_help").toHaveText(/No process in force names inputs or outputs yet/);
    expect(".o_qms_canvas").toHaveCount(0);
});
