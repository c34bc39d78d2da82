import { Component, useState } from "@odoo/owl";

/** One row of the matrix. An edit changes one of its cells and draws this row only. */
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

    /** Return the letters of a cell as plain data for the template. */
    marks(cell) {
        return [...cell.value].map((letter) => ({
            letter,
            color: this.props.letters[letter]?.color || 0,
            steps: cell.steps.includes(letter),
        }));
    }

    title(cell) {
        return [...cell.value].map((letter) => `${letter} – ${this.props.letters[letter]?.name}`).join(", ");
    }
}
