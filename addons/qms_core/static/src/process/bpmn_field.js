import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";

import { loadDrawing, MissingLibraryError } from "./bpmn_library";
import { toolsModule, translationModule } from "./bpmn_tools";

const MINIMUM_ZOOM = 0.5;
const MARGIN = 20;
const PALETTE_WIDTH = 70;
// On narrower screens the overview would cover the map, so it opens when asked for.
const MINIMAP_FROM = 600;
const MANY_STEPS = 40;
// The sizes the layout has measured the texts with.
const TEXT = { defaultStyle: { fontSize: 11 }, externalStyle: { fontSize: 10 } };

/**
 * A process map as BPMN: shown, and of a draft edited by mouse. Its positions are computed on the server, so what
 * counts of an edit is which elements there are, how they are called and what they are joined with.
 *
 * Each change is written into the record at once (the drawing does not survive a change of the tab).
 */
export class BpmnField extends Component {
    static template = "qms_core.BpmnField";
    static props = { ...standardFieldProps };

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ editing: false, error: "", steps: 0, large: false });
        this.drawing = null;
        this.editable = null; // whether the present drawing can be edited
        this.shown = null; // the XML it shows
        this.dirty = false;
        this.pending = Promise.resolve();
        const { bus } = this.props.record.model;
        useBus(bus, "WILL_SAVE_URGENTLY", () => this.finish());
        useBus(bus, "NEED_LOCAL_CHANGES", ({ detail }) => detail.proms.push(this.finish()));
        useEffect(
            () => {
                this.show();
            },
            () => [this.xml, this.isEditing]
        );
        onWillUnmount(() => this.destroy());
    }

    get xml() {
        return this.props.record.data[this.props.name] || "";
    }

    get isEditing() {
        return this.state.editing && !this.props.readonly;
    }

    get hasManySteps() {
        return this.state.steps > MANY_STEPS;
    }

    get manySteps() {
        return _t(
            "Steps on this map: %s. Few people still read a map of more than 40: move parts of it into processes of their own, and keep each here as one step of the kind “Subprocess”.",
            this.state.steps
        );
    }

    // ---- drawing

    async show() {
        const { xml, isEditing } = this;
        if (!xml || (xml === this.shown && isEditing === this.editable)) {
            return;
        }
        this.state.error = "";
        try {
            const library = await loadDrawing(isEditing);
            if (this.canvas.el && xml === this.xml && isEditing === this.isEditing) {
                await this.draw(library, xml, isEditing);
            }
        } catch (error) {
            this.destroy();
            this.state.error = this.explain(error);
        }
    }

    async draw(library, xml, editable) {
        let before = null;
        if (this.drawing && editable === this.editable) {
            before = this.drawing.get("canvas").viewbox();
        } else {
            this.destroy();
            this.drawing = this.makeDrawing(library, editable);
            this.editable = editable;
        }
        this.shown = xml;
        const { drawing } = this;
        await drawing.importXML(xml);
        if (drawing !== this.drawing) {
            return;
        }
        const isStep = (element) => element.businessObject.$instanceOf?.("bpmn:FlowNode") && !element.labelTarget;
        this.state.steps = drawing.get("elementRegistry").filter(isStep).length;
        this.place(before);
    }

    makeDrawing({ Drawing, minimap }, editable) {
        const additionalModules = [translationModule()];
        if (minimap) {
            additionalModules.push(minimap);
        }
        if (editable) {
            additionalModules.push(toolsModule);
        }
        const drawing = new Drawing({ container: this.canvas.el, additionalModules, textRenderer: TEXT });
        if (editable) {
            drawing.on("commandStack.changed", ({ trigger }) => {
                if (trigger !== "clear") {
                    this.dirty = true;
                    this.commit();
                }
            });
        }
        return drawing;
    }

    /** Show what was in view before, or all of the map, or as much of it as can be read. */
    place(before) {
        if (before) {
            this.drawing.get("canvas").viewbox(before);
        } else {
            this.zoomToFit(MINIMUM_ZOOM);
        }
    }

    /** Show all of the map beside the palette, or from its beginning if it would be smaller than ``least``. */
    zoomToFit(least = 0) {
        const canvas = this.drawing.get("canvas");
        const { inner, outer } = canvas.viewbox();
        const left = MARGIN + (this.editable ? PALETTE_WIDTH : 0);
        const fitting = Math.min(
            (outer.width - left - MARGIN) / inner.width,
            (outer.height - 2 * MARGIN) / inner.height
        );
        const scale = Math.min(1, Math.max(least, fitting));
        canvas.viewbox({
            x: inner.x - left / scale,
            y: inner.y - MARGIN / scale,
            width: outer.width / scale,
            height: outer.height / scale,
        });
        this.state.large = scale > fitting;
        const minimap = this.drawing.get("minimap", false);
        if (this.state.large && outer.width > MINIMAP_FROM) {
            minimap?.open();
        } else {
            minimap?.close();
        }
    }

    zoom(step) {
        this.drawing?.get("zoomScroll").stepZoom(step);
    }

    destroy() {
        this.drawing?.destroy();
        this.drawing = null;
        this.editable = null;
        this.shown = null;
    }

    explain(error) {
        if (error instanceof MissingLibraryError) {
            return _t(
                "The library that draws maps is not installed: run ./qms update on the server, then load this page again. The list of steps holds the same."
            );
        }
        return _t("The map can't be drawn (%s). The list of steps holds the same.", error.message);
    }

    // ---- editing

    async edit() {
        // The map is drawn from what is saved.
        if (await this.props.record.save()) {
            this.state.editing = true;
        }
    }

    async stopEditing() {
        await this.finish();
        this.state.editing = false;
    }

    /** End an input that is still open and write everything into the record. */
    finish() {
        if (this.editable) {
            const directEditing = this.drawing.get("directEditing", false);
            if (directEditing?.isActive()) {
                directEditing.complete();
            }
        }
        return this.commit();
    }

    commit() {
        this.pending = this.pending.then(() => this.writeBack());
        return this.pending;
    }

    async writeBack() {
        if (!this.dirty || !this.drawing) {
            return;
        }
        this.dirty = false;
        const { xml } = await this.drawing.saveXML({ format: true });
        this.shown = xml;
        await this.props.record.update({ [this.props.name]: xml });
    }
}

export const bpmnField = {
    component: BpmnField,
    displayName: _t("Process Map (BPMN)"),
    supportedTypes: ["text"],
};

registry.category("fields").add("qms_bpmn", bpmnField);
