import { _t } from "@web/core/l10n/translation";

import { COLORS } from "../improvement/analysis/chart_configs";

/** Own values over the box of the quartiles; a period without quartiles leaves a gap. */
export function trendConfig(points, scope) {
    const quartile = (label, index, options) => ({
        label,
        data: points.map((point) => (point.box ? point.box[index] : null)),
        borderColor: COLORS.vital,
        borderWidth: 1,
        pointRadius: 0,
        fill: false,
        ...options,
    });
    return {
        type: "line",
        data: {
            labels: points.map((point) => point.label),
            datasets: [
                {
                    label: _t("Own value"),
                    data: points.map((point) => point.own),
                    borderColor: COLORS.line,
                    backgroundColor: COLORS.line,
                    pointStyle: "rectRot",
                    pointRadius: 6,
                    borderWidth: 2,
                },
                quartile(scope === "others" ? _t("Median of the others") : _t("Median of all"), 1, { borderWidth: 2 }),
                quartile(_t("Lower quartile"), 0, { borderDash: [4, 4] }),
                quartile(_t("Upper quartile"), 2, {
                    borderDash: [4, 4],
                    backgroundColor: "rgba(47, 95, 158, 0.15)",
                    fill: "-1",
                }),
            ],
        },
        options: { scales: { x: { ticks: { maxRotation: 60 } } } },
    };
}
