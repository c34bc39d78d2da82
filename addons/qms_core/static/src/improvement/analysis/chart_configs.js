import { _t } from "@web/core/l10n/translation";

// Colour helps; shape, dash and the table beside each chart tell the same.
export const COLORS = {
    vital: "#2F5F9E",
    other: "#A9BCD6",
    line: "#C2571A",
    limit: "#B3261E",
    mean: "#5B6573",
    share: "#9AA5B1",
};
const LONGEST = 26;

function short(label) {
    return label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label;
}

function flat(label, value, points, options = {}) {
    return {
        type: "line",
        label,
        data: points.map(() => value),
        borderWidth: 1.5,
        pointRadius: 0,
        pointHitRadius: 0,
        fill: false,
        ...options,
    };
}

/** Bars of how often, with the line of what they make together and the line of the vital few. */
export function paretoConfig({ bars }) {
    // Both scales end together, so that the line runs along the tops of the bars as they add up.
    const total = bars.reduce((sum, bar) => sum + bar.count, 0);
    return {
        type: "bar",
        data: {
            labels: bars.map((bar) => short(bar.label)),
            datasets: [
                {
                    type: "line",
                    label: _t("Together, %"),
                    data: bars.map((bar) => bar.cumulative),
                    yAxisID: "share",
                    borderColor: COLORS.line,
                    backgroundColor: COLORS.line,
                    pointRadius: 3,
                },
                flat(_t("80 %"), 80, bars, { yAxisID: "share", borderColor: COLORS.share, borderDash: [6, 4] }),
                {
                    label: _t("How many"),
                    data: bars.map((bar) => bar.count),
                    backgroundColor: bars.map((bar) => (bar.vital ? COLORS.vital : COLORS.other)),
                },
            ],
        },
        options: {
            scales: {
                x: { ticks: { autoSkip: false, maxRotation: 60 } },
                y: { min: 0, max: total, ticks: { precision: 0 } },
                share: { position: "right", min: 0, max: 100, grid: { display: false } },
            },
        },
    };
}

/** Values in their order of time between their limits; signals are red diamonds. */
export function controlConfig({ points, limits }) {
    const signal = (point) => point.rules.some((rule) => rule !== "range");
    return {
        type: "line",
        data: {
            labels: points.map((point) => point.label),
            datasets: [
                {
                    label: _t("Found"),
                    data: points.map((point) => point.value),
                    borderColor: COLORS.vital,
                    pointBackgroundColor: points.map((point) => (signal(point) ? COLORS.limit : COLORS.vital)),
                    pointBorderColor: points.map((point) => (signal(point) ? COLORS.limit : COLORS.vital)),
                    pointStyle: points.map((point) => (signal(point) ? "rectRot" : "circle")),
                    pointRadius: points.map((point) => (signal(point) ? 7 : 3)),
                },
                flat(_t("Upper limit"), limits.upper, points, { borderColor: COLORS.limit, borderDash: [6, 4] }),
                flat(_t("Mean"), limits.mean, points, { borderColor: COLORS.mean }),
                flat(_t("Lower limit"), limits.lower, points, { borderColor: COLORS.limit, borderDash: [6, 4] }),
            ],
        },
        options: { scales: { y: { beginAtZero: true } } },
    };
}

/** Distances of neighbours, with their mean and upper limit. */
export function rangeConfig({ points, limits }) {
    const signal = (point) => point.rules.includes("range");
    return {
        type: "line",
        data: {
            labels: points.map((point) => point.label),
            datasets: [
                {
                    label: _t("Moving range"),
                    data: points.map((point) => point.range),
                    borderColor: COLORS.other,
                    pointBackgroundColor: points.map((point) => (signal(point) ? COLORS.limit : COLORS.other)),
                    pointStyle: points.map((point) => (signal(point) ? "rectRot" : "circle")),
                    pointRadius: points.map((point) => (signal(point) ? 7 : 3)),
                },
                flat(_t("Upper limit"), limits.upper_range, points, { borderColor: COLORS.limit, borderDash: [6, 4] }),
                flat(_t("Mean"), limits.mean_range, points, { borderColor: COLORS.mean }),
            ],
        },
        // The same periods as above, so their names need not stand here again.
        options: { scales: { x: { ticks: { display: false } }, y: { beginAtZero: true } } },
    };
}

/** How many were closed within how many days. */
export function classesConfig({ classes }) {
    return {
        type: "bar",
        data: {
            labels: classes.map((row) => row.label),
            datasets: [{ label: _t("Closed"), data: classes.map((row) => row.count), backgroundColor: COLORS.vital }],
        },
        options: {
            plugins: { legend: { display: false } },
            scales: { y: { beginAtZero: true, ticks: { precision: 0 } } },
        },
    };
}

/** What share is still open after how many days; the open ones are counted (Kaplan–Meier). */
export function curveConfig({ curve }) {
    return {
        type: "line",
        data: {
            datasets: [
                {
                    label: _t("Still open, %"),
                    data: curve.map((step) => ({ x: step.time, y: step.share })),
                    stepped: true,
                    borderColor: COLORS.line,
                    backgroundColor: COLORS.line,
                    pointRadius: 2,
                },
            ],
        },
        options: {
            plugins: { legend: { display: false } },
            scales: {
                x: { type: "linear", min: 0, title: { display: true, text: _t("Days") } },
                y: { min: 0, max: 100, title: { display: true, text: _t("Still open, %") } },
            },
        },
    };
}
