import { Component, onMounted, useRef } from "@odoo/owl";

/** Menu of the letters of a set for one cell; unlike a typed letter, a chosen one joins the others. */
export class LetterMenu extends Component {
    static template = "qms_core.LetterMenu";
    static props = {
        letters: Array,
        value: String,
        choose: Function,
        clear: Function,
        close: Function,
    };

    setup() {
        this.menu = useRef("menu");
        onMounted(() => this.menu.el.querySelector("button").focus());
    }

    /** @param {KeyboardEvent} ev */
    onKeydown(ev) {
        const items = [...this.menu.el.querySelectorAll("button")];
        const position = items.indexOf(ev.target.closest("button"));
        const targets = {
            ArrowDown: items[(position + 1) % items.length],
            ArrowUp: items.at(position - 1),
            Home: items[0],
            End: items.at(-1),
        };
        if (targets[ev.key]) {
            targets[ev.key].focus();
            ev.preventDefault();
        } else if (ev.key === "Tab" || ev.key === "Escape") {
            this.props.close();
            ev.preventDefault();
            ev.stopPropagation();
        }
    }

    onChoose(letter) {
        this.props.close();
        this.props.choose(letter);
    }

    onClear() {
        this.props.close();
        this.props.clear();
    }
}
