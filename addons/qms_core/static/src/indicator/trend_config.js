import { _t } from "@web/core/l10n/translation";

// Colour helps; the shape of a point says the same, and the list of values below names it.
const LIGHTS = {
    met: { color: "#2E7D32", shape: "circle" },
    near: { color: "#B26A00", shape: "triangle" },
    missed: { color: "#B3261E", shape: "rectRot" },
};
const LINE = "#2F5F9E";
const TARGET = "#5B6573";
const RED = "#B3261E";
const COST = "#A9BCD6";

function limit(label, data, color, dash) {
    return {
        label,
        data,
        borderColor: color,
        backgroundColor: color,
        borderDash: dash,
        borderWidth: 1.5,
        pointRadius: 0,
        pointHitRadius: 0,
        stepped: "middle",
        fill: false,
    };
}

/**
 * The chart of an indicator: its values with their lights, the targets of their time, and costs as bars behind them.
 *
 * @param {{unit: string, currency: string, points: Object[]}} trend
 */
export function trendConfig({ unit, currency, points }) {
    const lights = points.map((point) => LIGHTS[point.status] || LIGHTS.met);
    const datasets = [
        {
            label: unit ? _t("Value, %s", unit) : _t("Value"),
            data: points.map((point) => point.value),
            borderColor: LINE,
            backgroundColor: LINE,
            pointBackgroundColor: lights.map((light) => light.color),
            pointBorderColor: lights.map((light) => light.color),
            pointStyle: lights.map((light) => light.shape),
            pointRadius: 5,
            fill: false,
        },
        limit(
            _t("Target"),
            points.map((point) => point.target),
            TARGET,
            [6, 4]
        ),
    ];
    if (points.some((point) => point.threshold !== null)) {
        datasets.push(
            limit(
                _t("Red from"),
                points.map((point) => point.threshold),
                RED,
                [2, 3]
            )
        );
    }
    const scales = { y: { ticks: { maxTicksLimit: 8 } } };
    if (points.some((point) => point.cost !== null)) {
        datasets.push({
            type: "bar",
            label: currency ? _t("Cost, %s", currency) : _t("Cost"),
            data: points.map((point) => point.cost),
            backgroundColor: COST,
            yAxisID: "cost",
            order: 1,
        });
        scales.cost = { position: "right", beginAtZero: true, grid: { display: false } };
    }
    return {
        type: "line",
        data: { labels: points.map((point) => point.label), datasets },
        options: { scales, plugins: { legend: { position: "bottom", labels: { usePointStyle: false } } } },
    };
}
