import { Component, onMounted, onPatched, useEffect, useRef, useState } from "@odoo/owl";
import { PanZoom } from "./pan_zoom";

const ARROW_PIXELS = 60;
const CLICK_PIXELS = 5;

/** The picture: drawn from the data, moved and zoomed by mouse, fingers and keys. */
export class InteractionCanvas extends Component {
    static template = "qms_core.InteractionCanvas";
    static props = {
        model: Object,
        selected: { type: String, optional: true },
        matches: { type: [Object, { value: null }], optional: true },
        onlyMissing: Boolean,
        onSelect: Function,
    };

    setup() {
        this.window = useRef("window");
        this.view = useState(new PanZoom());
        this.state = useState({ hovered: "" });
        this.pointers = new Map();
        this.moved = 0;
        onMounted(() => this.fit());
        onPatched(() => this.holdScroll());
        useEffect(
            () => this.fit(),
            () => [this.props.model]
        );
        useEffect(
            () => this.reveal(this.props.selected),
            () => [this.props.selected]
        );
    }

    // What is emphasised

    get focus() {
        return this.props.selected || this.state.hovered;
    }

    /** Keys of the nodes that stand out; null if all are alike. */
    get lit() {
        const { model, matches, onlyMissing } = this.props;
        if (this.focus && model.byKey.has(this.focus)) {
            return model.neighbours(this.focus);
        }
        return onlyMissing ? model.keysWithMissing : matches;
    }

    nodeClass(node, lit) {
        return {
            [`o_qms_group_${node.group || "party"}`]: true,
            o_qms_context: node.context,
            o_qms_faded: lit && !lit.has(node.key),
            o_qms_focus: node.key === this.focus,
        };
    }

    touches(edge) {
        return Boolean(this.focus) && (edge.source === this.focus || edge.target === this.focus);
    }

    edgeClass(edge, lit) {
        const touched = this.touches(edge);
        const faded = this.focus ? !touched : lit && !(lit.has(edge.source) && lit.has(edge.target));
        return {
            [`o_qms_group_${edge.group || "party"}`]: true,
            o_qms_one_sided: edge.one_sided.length,
            o_qms_strong: touched,
            o_qms_faded: faded || (this.props.onlyMissing && !edge.one_sided.length),
        };
    }

    /** Strong lines last, so that no pale one crosses them. */
    get edges() {
        const { edges } = this.props.model;
        if (!this.focus) {
            return edges;
        }
        return [...edges].sort((a, b) => this.touches(a) - this.touches(b));
    }

    arrow(edge) {
        const color = edge.one_sided.length ? "alert" : edge.group || "party";
        return `url(#o_qms_arrow_${color}${this.touches(edge) ? "strong" : ""})`;
    }

    ariaPressed(node) {
        return node.key === this.props.selected ? "true" : "false";
    }

    // Moving

    get size() {
        const { width, height } = this.window.el.getBoundingClientRect();
        return { width, height };
    }

    fit() {
        this.view.fit(this.size, this.props.model);
    }

    reveal(key) {
        const node = this.props.model.byKey.get(key);
        if (node) {
            this.view.reveal(node, this.size);
        }
    }

    /** Browsers scroll a focused shape into view; the map moves by panning only. */
    holdScroll() {
        this.window.el.scrollTo(0, 0);
    }

    zoomIn() {
        const { width, height } = this.size;
        this.view.zoomIn(width / 2, height / 2);
    }

    zoomOut() {
        const { width, height } = this.size;
        this.view.zoomOut(width / 2, height / 2);
    }

    onKeydown(ev) {
        const moves = {
            ArrowLeft: [ARROW_PIXELS, 0],
            ArrowRight: [-ARROW_PIXELS, 0],
            ArrowUp: [0, ARROW_PIXELS],
            ArrowDown: [0, -ARROW_PIXELS],
        };
        if (ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        if (moves[ev.key]) {
            this.view.panBy(...moves[ev.key]);
        } else if (ev.key === "+" || ev.key === "=") {
            this.zoomIn();
        } else if (ev.key === "-") {
            this.zoomOut();
        } else if (ev.key === "0") {
            this.fit();
        } else if (ev.key === "Escape" && this.props.selected) {
            this.props.onSelect("");
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    onNodeKeydown(ev, node) {
        if (ev.key === "Enter" || ev.key === " ") {
            ev.preventDefault();
            this.toggle(node);
        }
    }

    onNodeFocus(ev, node) {
        this.state.hovered = node.key;
        // A click is already where the eye is; the Tab key may have gone out of sight.
        if (!this.pointers.size) {
            this.view.reveal(node, this.size);
        }
        this.holdScroll();
    }

    onWheel(ev) {
        ev.preventDefault();
        const place = this.window.el.getBoundingClientRect();
        this.view.zoomAt(ev.clientX - place.x, ev.clientY - place.y, Math.exp(-ev.deltaY / 600));
    }

    onPointerDown(ev) {
        if (ev.button) {
            return;
        }
        if (!this.pointers.size) {
            this.moved = 0;
        }
        this.pointers.set(ev.pointerId, { x: ev.clientX, y: ev.clientY });
    }

    onPointerMove(ev) {
        const before = this.pointers.get(ev.pointerId);
        if (!before) {
            return;
        }
        const now = { x: ev.clientX, y: ev.clientY };
        const others = [...this.pointers].filter(([id]) => id !== ev.pointerId).map(([_id, point]) => point);
        this.moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
        this.pointers.set(ev.pointerId, now);
        if (others.length) {
            this.pinch(others[0], before, now);
        } else if (this.moved > CLICK_PIXELS) {
            this.window.el.setPointerCapture(ev.pointerId);
            this.view.panBy(now.x - before.x, now.y - before.y);
        }
    }

    pinch(fixed, before, now) {
        const place = this.window.el.getBoundingClientRect();
        const distance = (point) => Math.hypot(point.x - fixed.x, point.y - fixed.y) || 1;
        this.view.zoomAt(fixed.x - place.x, fixed.y - place.y, distance(now) / distance(before));
    }

    onPointerUp(ev) {
        this.pointers.delete(ev.pointerId);
    }

    onBackgroundClick() {
        if (this.moved <= CLICK_PIXELS) {
            this.props.onSelect("");
        }
    }

    toggle(node) {
        this.state.hovered = "";
        this.props.onSelect(node.key === this.props.selected ? "" : node.key);
    }

    onNodeClick(node) {
        if (this.moved <= CLICK_PIXELS) {
            this.toggle(node);
        }
    }

    onNodeEnter(ev, node) {
        // A finger selects; only a mouse can point without choosing.
        if (ev.pointerType === "mouse" && !this.pointers.size) {
            this.state.hovered = node.key;
        }
    }

    onNodeLeave() {
        this.state.hovered = "";
    }
}
