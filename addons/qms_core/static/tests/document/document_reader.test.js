import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, makeServerError, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const OPEN = {
    id: 5,
    state: "open",
    deadline: "2026-11-28",
    is_late: false,
    person: "Olena Clerk",
    date_done: false,
    test: false,
};

function reader(changes = {}) {
    return {
        document: {
            id: 7,
            code: "SOP-001",
            name: "Opening hours",
            is_favourite: false,
            state: "effective",
            state_label: "In force",
        },
        version: {
            id: 71,
            number: 2,
            state: "effective",
            state_label: "In force",
            lang: "uk",
            body: "<p>Until <b>six</b></p>",
            reason: "",
        },
        facts: [["Type", "Procedure"]],
        files: [{ id: 3, name: "v2.pdf", url: "/web/content/3", is_pdf: true }],
        history: [
            { id: 71, number: 2, state: "effective", state_label: "In force", date: "1 Nov", reason: "Longer" },
            { id: 70, number: 1, state: "superseded", state_label: "Superseded", date: "1 Oct", reason: "" },
        ],
        acknowledgement: OPEN,
        waiting: 1,
        next: { id: 8, name: "SOP-002 Badges" },
        ...changes,
    };
}

let page;

beforeEach(() => {
    mockDate("2026-11-18 10:00:00");
    page = reader();
    onRpc("qms.document", "get_reader", ({ args }) => {
        expect.step(`read ${args[0][0]} ${args[1]}`);
        return structuredClone(page);
    });
});

async function open() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "qms_document_reader",
        params: { document_id: 7, version_id: false },
    });
    await animationFrame();
}

test("reader: text, files and facts", async () => {
    await open();
    expect(".o_qms_reader_header h2").toHaveText("Opening hours");
    expect(".o_qms_reader_text b").toHaveText("six");
    expect(".o_qms_reader_text").toHaveAttribute("lang", "uk");
    expect(queryAllTexts(".o_qms_reader_files a")).toEqual(["v2.pdf"]);
    expect(queryAllTexts(".o_qms_reader_aside dt")).toEqual(["Type"]);
    expect.verifySteps(["read 7 false"]);
});

test("reader: an act of others has files and an address, and no version", async () => {
    const address = "https://laws.example/393";
    page = reader({
        version: false,
        files: [
            { id: 3, name: "act.pdf", url: "/web/content/3", is_pdf: true },
            { id: "address", name: address, url: address, is_pdf: false, is_link: true },
        ],
        history: [],
        acknowledgement: false,
    });
    await open();
    expect(queryAllTexts(".o_qms_reader_files a")).toEqual(["act.pdf", address]);
    expect(".o_qms_reader_files .fa-external-link").toHaveCount(1);
    expect(".o_qms_reader_main .alert").toHaveCount(0);
    expect.verifySteps(["read 7 false"]);
});

test("reader: who agrees confirms, and goes on to the next", async () => {
    onRpc("qms.acknowledgement", "action_confirm", ({ args }) => {
        expect.step(`confirm ${args[0][0]}`);
        page = reader({
            acknowledgement: { ...OPEN, state: "done", date_done: "2026-11-18 10:00:00" },
        });
        return true;
    });
    await open();
    expect(".o_qms_reader_confirm_button").not.toBeEnabled();
    await contains("#o_qms_reader_agreed").click();
    await contains(".o_qms_reader_confirm_button").click();
    await animationFrame();
    expect(".o_qms_reader_done").toHaveText(/Olena Clerk/);
    await contains(".o_qms_reader_next").click();
    expect.verifySteps(["read 7 false", "confirm 5", "read 7 false", "read 8 false"]);
});

test("reader: a refusal is told, and what is shown is renewed", async () => {
    onRpc("qms.acknowledgement", "action_confirm", () => {
        throw makeServerError({ message: "This version is not in force." });
    });
    await open();
    await contains("#o_qms_reader_agreed").click();
    await contains(".o_qms_reader_confirm_button").click();
    await animationFrame();
    expect(".o_notification").toHaveText(/not in force/);
    expect.verifySteps(["read 7 false", "read 7 false"]);
});

test("reader: the test comes before the confirmation", async () => {
    const quiz = { name: "Quiz", pass_mark: 80, score: 0, passed: false };
    page = reader({ acknowledgement: { ...OPEN, test: quiz } });
    await open();
    expect(".o_qms_reader_test").toHaveCount(1);
    expect(".o_qms_reader_confirm_button").toHaveCount(0);
    expect.verifySteps(["read 7 false"]);
});

test("reader: an old version says so and leads back", async () => {
    page = reader({
        version: { ...reader().version, id: 70, state: "superseded", state_label: "Superseded" },
        acknowledgement: false,
    });
    await open();
    expect(".o_qms_reader_old").toHaveCount(1);
    expect(".o_qms_reader_confirm").toHaveCount(0);
    await contains(".o_qms_reader_old button").click();
    expect.verifySteps(["read 7 false", "read 7 false"]);
});

test("reader: the address without a document says what to do", async () => {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({ type: "ir.actions.client", tag: "qms_document_reader", params: {} });
    await animationFrame();
    expect(".alert-danger").toHaveText(/No document was chosen/);
    expect(".alert-danger button").toHaveText("Open the library");
    expect.verifySteps([]);
});

test("reader: a document that can't be read is told in a sentence", async () => {
    onRpc("qms.document", "get_reader", () => {
        throw makeServerError({ message: "You may not read this." });
    });
    await open();
    expect(".alert-danger").toHaveText(/may not read/);
});
