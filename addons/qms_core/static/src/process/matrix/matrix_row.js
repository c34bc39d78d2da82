import { Component, useState } from "@odoo/owl";

/**
 * One row of the matrix. An edit changes one of its cells and draws this row only.
 *
 * Each cell has its two elements from the start, and an edit changes their text and attributes: Odoo's
 * style sheets have hundreds of rules with `:has()`, by which the browser looks through the whole grid
 * whenever an element comes or goes or a class changes; that took ten times as long as all the rest.
 */
export class MatrixRow extends Component {
    static template = "qms_core.MatrixRow";
    static props = {
        row: Object,
        columns: Array,
        letters: Object,
    };

    setup() {
        this.cells = useState(this.props.row.cells);
    }

    /** Return the letters of a cell that don't come from steps. */
    byHand(column) {
        const { value = "", steps = "" } = this.cells[column] || {};
        return [...value].filter((letter) => !steps.includes(letter)).join("");
    }

    color(column) {
        return this.props.letters[this.byHand(column)[0]]?.color || 0;
    }

    title(column) {
        const letters = [...(this.cells[column]?.value || "")];
        return letters.map((letter) => `${letter} – ${this.props.letters[letter]?.name}`).join(", ");
    }
}
