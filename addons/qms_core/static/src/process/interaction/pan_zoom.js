const STEP = 1.25;
// Nothing on the map is written smaller than this (px at scale 1), nor shown smaller at first.
const SMALLEST_TEXT = 11;
const LEGIBLE = 9;

/** Where the map lies in its window: ``screen = offset + scale * map``. */
export class PanZoom {
    constructor() {
        this.x = 0;
        this.y = 0;
        this.scale = 1;
        this.minScale = 0.1;
        this.maxScale = 4;
    }

    get transform() {
        return `translate(${this.x} ${this.y}) scale(${this.scale})`;
    }

    panBy(dx, dy) {
        this.x += dx;
        this.y += dy;
    }

    /** Zoom by a factor while the point of the window stays where it is. */
    zoomAt(x, y, factor) {
        const scale = Math.min(this.maxScale, Math.max(this.minScale, this.scale * factor));
        this.x = x - ((x - this.x) * scale) / this.scale;
        this.y = y - ((y - this.y) * scale) / this.scale;
        this.scale = scale;
    }

    zoomIn(x, y) {
        this.zoomAt(x, y, STEP);
    }

    zoomOut(x, y) {
        this.zoomAt(x, y, 1 / STEP);
    }

    /** Show the whole width, but never with texts too small to read; then the upper left part. */
    fit(window, map) {
        this.scale = Math.max(LEGIBLE / SMALLEST_TEXT, Math.min(1.2, window.width / map.width));
        this.x = Math.max(0, (window.width - map.width * this.scale) / 2);
        this.y = 0;
    }

    /** Pan just enough that a box of the map is in the window. */
    reveal(box, window, margin = 24) {
        const place = (offset, start, size, room) => {
            const from = offset + start * this.scale;
            const to = from + size * this.scale;
            if (from < margin) {
                return offset + margin - from;
            }
            return to > room - margin ? offset - Math.min(to - room + margin, from - margin) : offset;
        };
        this.x = place(this.x, box.x, box.width, window.width);
        this.y = place(this.y, box.y, box.height, window.height);
    }
}
