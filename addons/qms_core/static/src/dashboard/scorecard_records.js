import { patch } from "@web/core/utils/patch";
import * as spreadsheet from "@odoo/o-spreadsheet";
// What is patched there is patched further here.
import "@spreadsheet/chart/odoo_menu/figure_component";
import { SEE_RECORDS_PIVOT, SEE_RECORDS_PIVOT_VISIBLE } from "@spreadsheet/pivot/pivot_actions";

/** The figure of a card opens the records it counts, instead of all of the menu, where it comes straight of a pivot. */
patch(spreadsheet.components.ScorecardChart.prototype, {
    get countedAt() {
        const getters = this.env.model.getters;
        const { keyValue } = getters.getChartDefinition(this.props.chartId);
        if (!keyValue) {
            return false;
        }
        const { sheetId, zone } = getters.getRangeFromSheetXC(getters.getActiveSheetId(), keyValue);
        const position = { sheetId, col: zone.left, row: zone.top };
        return SEE_RECORDS_PIVOT_VISIBLE(position, getters) && position;
    },
    async onClick() {
        const position = this.env.isDashboard() && this.countedAt;
        return position ? SEE_RECORDS_PIVOT(position, this.env) : super.onClick();
    },
});
