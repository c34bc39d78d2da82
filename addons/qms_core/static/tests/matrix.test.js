import { expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, makeServerError, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

import { letterOfKey, toggled, withLetter } from "@qms_core/process/matrix/matrix_letters";

defineMailModels();

function letter(char, name, options = {}) {
    return {
        letter: char,
        name,
        meaning: "",
        color: 0,
        accountable: false,
        performs: false,
        chosen: true,
        ...options,
    };
}

const RACI = [
    letter("A", "Accountable", { accountable: true }),
    letter("R", "Performs", { performs: true }),
    letter("C", "Consulted"),
    letter("I", "Informed"),
];
const CARD = [letter("В", "Performs", { performs: true }), letter("У", "Takes part")];

/** Two processes × three roles: Mayor owns the first; Clerk performs steps of the second, which is locked. */
function matrix(changes = {}) {
    return {
        kind: "process",
        kinds: [["process", "Processes"]],
        rows: [
            { id: 1, code: "P-1", name: "Plan", level: 0, editable: true },
            { id: 2, code: "P-2", name: "Serve", level: 0, editable: true },
            { id: 3, code: "P-3", name: "Locked", level: 0, editable: false },
        ],
        columns: [
            { id: 11, code: "R-1", name: "Mayor" },
            { id: 12, code: "R-2", name: "Clerk" },
            { id: 13, code: "R-3", name: "Lawyer" },
        ],
        cells: [
            [1, 11, "A", ""],
            [2, 12, "R", "R"],
        ],
        owners: [[1, 11]],
        letters: RACI,
        filters: [],
        totals: [3, 3],
        can_edit: true,
        ...changes,
    };
}

async function open(data = matrix()) {
    onRpc("get_matrix", () => data);
    onRpc("set_cells", ({ args }) => {
        expect.step(JSON.stringify(args[1]));
        return [];
    });
    onRpc("explain_cell", () => "Clerk performs the step “Take in”.");
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "qms_responsibility_matrix",
        name: "Matrix",
    });
}

function cell(row, column) {
    return queryFirst(`tr[data-row='${row}'] > td[data-column='${column}']`);
}

async function pressIn(row, column, key, options) {
    cell(row, column).focus();
    await press(key, options);
    await animationFrame();
}

test("matrix: letters are set as a role can have them", () => {
    const [A, R, C] = RACI;
    expect(withLetter({ value: "I", steps: "" }, C, RACI)).toBe("C");
    expect(withLetter({ value: "RC", steps: "" }, A, RACI)).toBe("AR");
    expect(withLetter({ value: "A", steps: "" }, R, RACI)).toBe("AR");
    expect(withLetter({ value: "A", steps: "" }, C, RACI)).toBe(null);
    expect(withLetter({ value: "R", steps: "R" }, C, RACI)).toBe("RC");
    expect(toggled({ value: "C", steps: "" }, R, RACI)).toBe("RC");
    expect(toggled({ value: "RC", steps: "" }, R, RACI)).toBe("C");
    expect(toggled({ value: "AR", steps: "" }, C, RACI)).toBe(null);
});

test("matrix: a key means its letter, the one that looks like it, or the one on the key", () => {
    const meant = (key, code, letters) => letterOfKey({ key, code }, letters)?.letter;
    expect(meant("r", "KeyR", RACI)).toBe("R");
    expect(meant("с", "KeyC", RACI)).toBe("C"); // Cyrillic с
    expect(meant("к", "KeyR", RACI)).toBe("R"); // the key R of a Ukrainian keyboard
    expect(meant("B", "KeyB", CARD)).toBe("В"); // Latin B for Cyrillic В
    expect(meant("x", "KeyX", RACI)).toBe(undefined);
});

test("matrix: one cell is reached by Tab, the arrows lead to the others", async () => {
    await open();
    expect("td[tabindex='0']").toHaveCount(1);
    await pressIn(1, 11, "ArrowRight");
    expect(cell(1, 12)).toBeFocused();
    await press("ArrowDown");
    expect(cell(2, 12)).toBeFocused();
    await press("Home");
    expect(cell(2, 11)).toBeFocused();
    await press("End");
    expect(cell(2, 13)).toBeFocused();
    await press(["Control", "Home"]);
    expect(cell(1, 11)).toBeFocused();
    await press("ArrowUp");
    expect(cell(1, 11)).toBeFocused();
    await press(["Control", "End"]);
    expect(cell(3, 13)).toBeFocused();
    expect("td[tabindex='0']").toHaveCount(1);
});

test("matrix: a letter sets the cell, Delete clears it, Ctrl+Z takes the last edit back", async () => {
    await open();
    await pressIn(1, 12, "c");
    expect(cell(1, 12)).toHaveText("C");
    await pressIn(1, 12, "Delete");
    expect(cell(1, 12)).toHaveText("");
    await pressIn(1, 12, ["Control", "z"]);
    expect(cell(1, 12)).toHaveText("C");
    expect.verifySteps(['[[1,12,"","C"]]', '[[1,12,"C",""]]', '[[1,12,"","C"]]']);
});

test("matrix: the accountable letter moves, and moves back", async () => {
    await open();
    await pressIn(1, 12, "a");
    expect([cell(1, 11).innerText, cell(1, 12).innerText]).toEqual(["", "A"]);
    await pressIn(1, 12, ["Control", "z"]);
    expect([cell(1, 11).innerText, cell(1, 12).innerText]).toEqual(["A", ""]);
    expect.verifySteps(['[[1,12,"","A"],[1,11,"A",""]]', '[[1,12,"A",""],[1,11,"","A"]]']);
});

test("matrix: letters from steps stay, and it is told why", async () => {
    await open();
    expect(cell(2, 12).querySelector(".o_qms_letter_steps").textContent).toBe("R");
    await pressIn(2, 12, "Delete");
    await animationFrame();
    expect(cell(2, 12)).toHaveText("R");
    expect(".o_notification_content").toHaveText("Clerk performs the step “Take in”.");
    expect.verifySteps([]);
});

test("matrix: an unknown letter and a locked row change nothing and say so", async () => {
    await open();
    await pressIn(1, 12, "x");
    expect(".o_notification_content").toHaveText(/no letter “x”.*A, R, C, I/);
    await pressIn(3, 12, "c");
    await animationFrame();
    expect(".o_notification_content").toHaveText(/not edit it/);
    expect([cell(1, 12).innerText, cell(3, 12).innerText]).toEqual(["", ""]);
    expect.verifySteps([]);
});

test("matrix: Enter opens the letters, Escape gives the cell back", async () => {
    await open();
    await pressIn(1, 12, "Enter");
    expect(queryAllTexts(".o_qms_letter_menu .o_qms_letter")).toEqual(["A", "R", "C", "I"]);
    await press("ArrowDown");
    await press("ArrowDown");
    await contains(":focus").click();
    await animationFrame();
    expect(cell(1, 12)).toHaveText("C");
    expect(cell(1, 12)).toBeFocused();
    await press("Enter");
    await animationFrame();
    await press("Escape");
    await animationFrame();
    expect(".o_qms_letter_menu").toHaveCount(0);
    expect(cell(1, 12)).toBeFocused();
    expect.verifySteps(['[[1,12,"","C"]]']);
});

test("matrix: a refused edit is taken back and the reason shown", async () => {
    await open();
    onRpc("set_cells", () => {
        throw makeServerError({ message: "Meanwhile somebody else changed P-1 × Clerk." });
    });
    onRpc("get_matrix", () => matrix({ cells: [[1, 12, "I", ""]] }));
    await pressIn(1, 12, "c");
    await animationFrame();
    await animationFrame();
    expect(".o_notification_content").toHaveText("Meanwhile somebody else changed P-1 × Clerk.");
    expect(cell(1, 12)).toHaveText("I");
    expect(cell(1, 12)).toBeFocused();
});

test("matrix: an empty matrix says what comes first", async () => {
    await open(matrix({ rows: [], cells: [], owners: [], totals: [0, 3] }));
    expect(".o_view_nocontent_smiling_face").toHaveText("There is nothing to be responsible for yet");
});
