import { Component, onMounted, onPatched, onWillStart, reactive, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { downloadFile } from "@web/core/network/download";
import { RPCError } from "@web/core/network/rpc";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { LetterMenu } from "./letter_menu";
import { EMPTY, MatrixEdits } from "./matrix_edits";
import { accountableColumn, letterOfKey, toggled, withLetter, withoutAccountable } from "./matrix_letters";
import { MatrixProgress } from "./matrix_progress";
import { MatrixRow } from "./matrix_row";

const MODEL = "qms.responsibility.matrix";
const PAGE = 10;

/**
 * Responsibility matrix: what is in the rows (processes, requirements) against roles.
 *
 * The grid is drawn once; an edit changes plain data of one row, which draws itself. Edits are shown
 * at once and saved one batch after the other; a batch that the server refuses is taken back whole.
 */
export class ResponsibilityMatrix extends Component {
    static template = "qms_core.ResponsibilityMatrix";
    static components = { Layout, MatrixProgress, MatrixRow };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.menu = usePopover(LetterMenu, { onClose: () => this.cellElement()?.focus() });
        this.reloadSoon = useDebounced(() => this.load(), 300);
        const restored = this.props.state || {};
        this.state = useState({
            status: "loading",
            problem: "",
            kind: restored.kind || this.props.action?.params?.kind || "process",
            rowFilter: restored.rowFilter || {},
            columnFilter: restored.columnFilter || {},
            load: 0,
        });
        // Apart from the state: that something is being saved must not draw the grid.
        this.progress = reactive({ saving: false, unsaved: false, edited: false });
        this.active = { row: null, column: null };
        this.edits = new MatrixEdits({
            progress: this.progress,
            write: (changes) => this.orm.call(MODEL, "set_cells", [this.state.kind, changes]),
            refused: (error) => this.onRefused(error),
        });
        useSetupAction({
            beforeLeave: () => this.save(),
            beforeUnload: (ev) => this.beforeUnload(ev),
            getLocalState: () => {
                const { kind, rowFilter, columnFilter } = this.state;
                return { kind, rowFilter, columnFilter };
            },
        });
        onWillStart(() => this.load());
        onMounted(() => this.restoreActive());
        onPatched(() => this.restoreActive());
    }

    get filterArguments() {
        return [this.state.kind, { ...this.state.rowFilter }, { ...this.state.columnFilter }];
    }

    /** Read the matrix anew; the last of several calls counts. */
    async load() {
        await this.save();
        const number = (this.loads = (this.loads || 0) + 1);
        try {
            const data = await this.orm.call(MODEL, "get_matrix", this.filterArguments);
            if (number === this.loads) {
                this.show(data);
            }
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.status = "error";
            this.state.problem = error.data?.message || error.message;
        }
    }

    /** @param {Object} data what `get_matrix` returns */
    show(data) {
        this.refocus = this.cellElement() === document.activeElement;
        const owners = Object.fromEntries(data.owners);
        const rows = Object.fromEntries(data.rows.map((row) => [row.id, { ...row, cells: reactive({}) }]));
        for (const [row, column, value, steps] of data.cells) {
            rows[row].cells[column] = { value, steps };
        }
        this.rows = rows;
        this.letterByChar = Object.fromEntries(data.letters.map((letter) => [letter.letter, letter]));
        this.chosenLetters = data.letters.filter((letter) => letter.chosen);
        // Without a letter for the accountable role, the owner is shown by a frame.
        const framed = !this.chosenLetters.some((letter) => letter.accountable);
        this.data = {
            ...data,
            rows: data.rows.map((row) => Object.assign(rows[row.id], { owner: framed ? owners[row.id] : undefined })),
        };
        this.state.status = "ready";
        this.state.load++;
    }

    get isFiltered() {
        return [this.state.rowFilter, this.state.columnFilter].some((chosen) => Object.values(chosen).some(Boolean));
    }

    get cutMessage() {
        const [rows, columns] = this.data.totals;
        if (rows > this.data.rows.length || columns > this.data.columns.length) {
            return _t("Only the first %(rows)s rows and %(columns)s roles are shown. Narrow the filters.", {
                rows: this.data.rows.length,
                columns: this.data.columns.length,
            });
        }
        return "";
    }

    async chooseKind(kind) {
        await this.save();
        this.edits.forget();
        this.state.kind = kind;
        this.state.rowFilter = {};
        await this.load();
    }

    chooseFilter(name, value) {
        const number = Number(value);
        this.state.rowFilter[name] = value && !isNaN(number) ? number : value;
        this.load();
    }

    chooseUsed(used) {
        this.state.columnFilter.used = used;
        this.load();
    }

    typeFilter(which, text) {
        this.state[which].text = text;
        this.reloadSoon();
    }

    clearFilters() {
        this.state.rowFilter = {};
        this.state.columnFilter = {};
        this.load();
    }

    cellElement(row = this.active.row, column = this.active.column) {
        return this.root.el?.querySelector(`tr[data-row="${row}"] > td[data-column="${column}"]`);
    }

    /** Exactly one cell can be reached by Tab: the last one, or the first after the rows were drawn anew. */
    restoreActive() {
        const element = this.cellElement() || this.root.el?.querySelector("td[data-column]");
        if (element && element.tabIndex !== 0) {
            this.activate(element);
        }
        if (this.refocus) {
            element?.focus();
            this.refocus = false;
        }
    }

    // The attributes below are set on elements, not drawn: OWL never changes them, as their
    // value in the template stays the same, and moving costs no drawing.
    activate(element) {
        const root = this.root.el;
        root.querySelectorAll("td[tabindex='0']").forEach((other) => (other.tabIndex = -1));
        root.querySelectorAll("th[data-active]").forEach((other) => other.removeAttribute("data-active"));
        element.tabIndex = 0;
        this.active = {
            row: Number(element.parentElement.dataset.row),
            column: Number(element.dataset.column),
        };
        element.parentElement.firstElementChild.dataset.active = "row";
        root.querySelector(`th[data-column="${this.active.column}"]`).dataset.active = "column";
    }

    move(element, ev) {
        const line = element.parentElement;
        const body = line.parentElement;
        let [row, column] = [line.sectionRowIndex, element.cellIndex];
        const [lastRow, lastColumn] = [body.rows.length - 1, line.cells.length - 1];
        const whole = ev.ctrlKey || ev.metaKey;
        const steps = {
            ArrowLeft: () => (column = whole ? 1 : column - 1),
            ArrowRight: () => (column = whole ? lastColumn : column + 1),
            ArrowUp: () => (row = whole ? 0 : row - 1),
            ArrowDown: () => (row = whole ? lastRow : row + 1),
            PageUp: () => (row -= PAGE),
            PageDown: () => (row += PAGE),
            Home: () => ([row, column] = [whole ? 0 : row, 1]),
            End: () => ([row, column] = [whole ? lastRow : row, lastColumn]),
        };
        if (!(ev.key in steps)) {
            return false;
        }
        steps[ev.key]();
        row = Math.min(Math.max(row, 0), lastRow);
        column = Math.min(Math.max(column, 1), lastColumn);
        body.rows[row].cells[column].focus();
        return true;
    }

    onFocusin(ev) {
        const element = ev.target.closest("td[data-column]");
        if (element) {
            this.activate(element);
        }
    }

    onMousedown(ev) {
        // A second click on the same cell opens its menu: there is no other way on a touch screen.
        const element = ev.target.closest("td[data-column]");
        this.again = Boolean(element) && element === document.activeElement;
    }

    onClick(ev) {
        const element = ev.target.closest("td[data-column]");
        if (element) {
            element.focus();
            if (this.again) {
                this.openMenu(element);
            }
        }
    }

    onKeydown(ev) {
        const element = ev.target.closest("td[data-column]");
        if (!element || ev.altKey || !this.onCellKey(element, ev)) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Return whether the key meant something. */
    onCellKey(element, ev) {
        if (this.move(element, ev)) {
            return true;
        }
        if (ev.ctrlKey || ev.metaKey) {
            // By the place of the key, too: on a Ukrainian keyboard it is another letter.
            const isUndo = !ev.shiftKey && (ev.key.toLowerCase() === "z" || ev.code === "KeyZ");
            return isUndo && this.undo();
        }
        if (ev.key === "Enter" || ev.key === "F2" || ev.key === " ") {
            this.openMenu(element);
        } else if (ev.key === "Delete" || ev.key === "Backspace") {
            this.clear();
        } else if (ev.key.length === 1) {
            this.type(ev);
        } else {
            return false;
        }
        return true;
    }

    beforeUnload(ev) {
        if (this.edits.unfinished) {
            ev.preventDefault();
            ev.returnValue = "";
        }
    }

    get activeRow() {
        return this.rows[this.active.row];
    }

    get activeCell() {
        return this.activeRow.cells[this.active.column] || EMPTY;
    }

    openMenu(element) {
        if (!this.checkEditable()) {
            return;
        }
        this.menu.open(element, {
            letters: this.chosenLetters,
            value: this.activeCell.value,
            choose: (letter) => this.change(toggled(this.activeCell, letter, this.data.letters), letter),
            clear: () => this.clear(),
        });
    }

    type(ev) {
        if (!this.checkEditable()) {
            return;
        }
        const letter = letterOfKey(ev, this.data.letters);
        if (letter) {
            this.change(withLetter(this.activeCell, letter, this.data.letters), letter);
        } else {
            this.tell(
                _t("There is no letter “%(key)s” in this set. Use one of: %(letters)s.", {
                    key: ev.key,
                    letters: this.chosenLetters.map((each) => each.letter).join(", "),
                })
            );
        }
    }

    clear() {
        if (this.checkEditable() && this.activeCell.value) {
            this.change(this.activeCell.steps);
            if (this.activeCell.steps) {
                this.explain();
            }
        }
    }

    /**
     * Give the active cell other letters.
     *
     * @param {string|null} value null where the accountable role would get a second letter
     * @param {Object} [letter] the letter that was set
     */
    change(value, letter) {
        const { row, column } = this.active;
        if (value === null) {
            this.tell(_t("This role is accountable already and needs no second letter but that of who performs."));
            return;
        }
        if ([...this.activeCell.steps].some((each) => !value.includes(each))) {
            this.explain();
            return;
        }
        const changes = [{ row, column, value }];
        const before = accountableColumn(this.activeRow.cells, this.data.letters);
        if (letter?.accountable && value.includes(letter.letter) && before && before !== column) {
            const old = this.activeRow.cells[before].value;
            changes.push({ row, column: before, value: withoutAccountable(old, this.data.letters) });
        }
        this.edits.apply(this.rows, changes);
    }

    /** Take the last edit back. */
    undo() {
        const taken = this.edits.undo(this.rows);
        if (taken) {
            this.cellElement(taken[0].row, taken[0].column)?.focus();
        } else {
            this.tell(_t("There is no edit to take back."));
        }
        return true;
    }

    checkEditable() {
        if (!this.activeRow.editable) {
            this.tell(_t("You can look at this row, but not edit it. Ask the quality coordinator."));
        }
        return this.activeRow.editable;
    }

    /** Tell why the letters from steps of the active cell stay. */
    async explain() {
        const { row, column } = this.active;
        this.tell(await this.orm.call(MODEL, "explain_cell", [this.state.kind, row, column]));
    }

    tell(message) {
        this.closeMessage?.();
        this.closeMessage = this.notification.add(message, { type: "warning" });
    }

    /** The server refused: say why, and show what there is now. */
    onRefused(error) {
        this.notification.add(error.data?.message || error.message, { type: "danger", sticky: true });
        this.load();
    }

    save() {
        return this.edits.save();
    }

    async exportXlsx() {
        await this.save();
        const { name, content } = await this.orm.call(MODEL, "export_matrix", this.filterArguments);
        const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
        const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        downloadFile(new Blob([bytes], { type }), name, type);
    }
}

registry.category("actions").add("qms_responsibility_matrix", ResponsibilityMatrix);
