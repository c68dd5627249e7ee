// A graph of some series over the last seconds, drawn from readings {time, ...}: null makes a gap.
import { roundUp, span } from "./format.js";

const WIDTH = 600;
const HEIGHT = 120;
const SVG = "http://www.w3.org/2000/svg";

export class Chart {
  /**
   * @param spec {title, series: [{name, ink, value(reading)}], format(value), now(reading), max?}
   * @param pointed called with the part of the width (0..1) that the pointer is at, or undefined when it leaves
   */
  constructor(parent, spec, pointed) {
    this.spec = spec;
    this.figure = element(parent, "figure");
    const caption = element(this.figure, "figcaption");
    element(caption, "span", "title").textContent = spec.title;
    this.now = element(caption, "span", "now");
    const plot = element(this.figure, "div", "plot");
    this.scale = element(plot, "span", "scale top");
    this.svg = svg(plot, "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
    for (const y of [0.5, HEIGHT / 2, HEIGHT - 0.5]) {
      svg(this.svg, "line", { class: "grid", x1: 0, x2: WIDTH, y1: y, y2: y });
    }
    this.paths = spec.series.map((one) => svg(this.svg, "path", { class: `series ${one.ink}` }));
    this.cursor = svg(this.svg, "line", { class: "cursor", y1: 0, y2: HEIGHT, visibility: "hidden" });
    const time = element(plot, "div", "time");
    this.left = element(time, "span");
    this.right = element(time, "span");
    const legend = element(this.figure, "ul", "legend");
    this.values = spec.series.map((one) => {
      const item = element(legend, "li", one.ink);
      item.append(one.name + " ");
      return element(item, "b");
    });
    this.svg.addEventListener("pointermove", (event) => {
      const box = this.svg.getBoundingClientRect();
      pointed((event.clientX - box.left) / box.width);
    });
    this.svg.addEventListener("pointerleave", () => pointed(undefined));
  }

  draw(readings, seconds, end) {
    Object.assign(this, { readings, seconds, end });
    const from = end - seconds;
    const shown = readings.filter((reading) => reading.time >= from);
    const all = this.spec.series.map((one) => shown.map(one.value));
    const peak = Math.max(0, ...all.flat().filter((value) => value !== null));
    const max = this.spec.max ?? roundUp(peak);
    this.scale.textContent = this.spec.format(max).replace(/\.0+(?!\d)/, "");
    this.left.textContent = `${span(seconds)} ago`;
    this.paths.forEach((path, i) => path.setAttribute("d", outline(shown, all[i], from, seconds, max)));
    this.show(this.pointed() ?? readings.at(-1));
  }

  show(reading) {
    if (!reading) return;
    const latest = reading === this.readings.at(-1);
    this.now.textContent = this.spec.now(reading);
    this.right.textContent = latest ? "now" : new Date(reading.time * 1000).toLocaleTimeString();
    this.spec.series.forEach((one, i) => (this.values[i].textContent = this.spec.format(one.value(reading))));
    const words = this.spec.series.map((one) => `${one.name} ${this.spec.format(one.value(reading))}`);
    this.svg.setAttribute("aria-label", `${this.spec.title}: ${words.join(", ")}`);
    this.cursor.setAttribute("visibility", latest ? "hidden" : "visible");
    const x = ((reading.time - this.end + this.seconds) / this.seconds) * WIDTH;
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
  }

  pointAt(part) {
    this.part = part;
    if (this.readings) this.show(this.pointed() ?? this.readings.at(-1));
  }

  pointed() {
    if (this.part === undefined) return undefined;
    const time = this.end - this.seconds + this.part * this.seconds;
    const near = (reading) => Math.abs(reading.time - time);
    const best = this.readings.reduce((a, b) => (near(b) < near(a) ? b : a), this.readings[0]);
    return best && near(best) < 5 ? best : undefined;
  }
}

function outline(readings, values, from, seconds, max) {
  let path = "";
  let pen = "M";
  let before = 0;
  readings.forEach((reading, i) => {
    if (values[i] === null || reading.time - before > 3) pen = "M";
    before = reading.time;
    if (values[i] === null) return;
    const x = ((reading.time - from) / seconds) * WIDTH;
    const y = HEIGHT - Math.min(1, values[i] / max) * HEIGHT;
    path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = "L";
  });
  return path;
}

function element(parent, name, className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  parent.append(made);
  return made;
}

function svg(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}
