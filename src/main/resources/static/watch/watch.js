// Draws what /api/v1/stats/stream sends, once a second.
import { Chart } from "./chart.js";
import { Table } from "./table.js";
import { percent, quantity } from "./format.js";

const STREAM = "/api/v1/stats/stream?include=vips,reals";
const KEPT = 900; // readings, one a second
const LATE = 3500; // ms without a reading after which the numbers are old

const readings = [];
let seconds = 300;
let frozen = null; // the readings that a paused page shows
let lastHeard = 0;

const charts = [
  {
    title: "Frames per second",
    now: (r) => `${quantity(r.packetsPerSecond)}/s`,
    format: (value) => (value === null ? "–" : quantity(value)),
    series: [
      { name: "forwarded", ink: "blue", value: (r) => r.forwardedPerSecond },
      { name: "left to the host", ink: "teal", value: (r) => r.passedPerSecond },
    ],
  },
  {
    title: "Bits per second",
    now: (r) => `${quantity(r.bitsPerSecond)}bit/s`,
    format: quantity,
    series: [{ name: "received", ink: "blue", value: (r) => r.bitsPerSecond }],
  },
  {
    title: "Placed by the connection table",
    now: (r) => percent(r.hitPercent),
    format: percent,
    max: 100,
    series: [{ name: "hit", ink: "blue", value: (r) => r.hitPercent }],
  },
  {
    title: "Misses",
    now: (r) => percent(missPercent(r)),
    format: percent,
    series: [
      { name: "SYN", ink: "blue", value: (r) => r.missSynPercent },
      { name: "TCP without SYN", ink: "orange", value: (r) => r.missNonSynPercent },
      { name: "UDP", ink: "violet", value: (r) => r.missUdpPercent },
    ],
  },
  {
    title: "Drops per second",
    now: (r) => `${quantity(r.droppedPerSecond)}/s`,
    format: quantity,
    series: [{ name: "dropped", ink: "red", value: (r) => r.droppedPerSecond }],
  },
].map((spec) => new Chart(document.getElementById("charts"), spec, point));

function point(part) {
  charts.forEach((chart) => chart.pointAt(part));
}

const rate = (title, key, more = {}) => ({
  title,
  value: (row) => row[key],
  text: (row) => quantity(row[key]),
  ...more,
});
const share = (title, key) => ({ title, value: (row) => row[key], text: (row) => percent(row[key]) });
const name = (title) => ({ title, value: (row) => row.name, text: (row) => row.name });

const vips = new Table("vips", [
  name("VIP"),
  rate("packets/s", "packetsPerSecond", { share: true }),
  rate("bit/s", "bitsPerSecond"),
  share("hit", "hitPercent"),
  share("miss SYN", "missSynPercent"),
  share("miss non-SYN", "missNonSynPercent"),
  share("miss UDP", "missUdpPercent"),
  rate("drops/s", "droppedPerSecond", { bad: (row) => row.droppedPerSecond > 0 }),
  rate("packets in all", "packets"),
]);
const reals = new Table("reals", [
  name("Real"),
  rate("packets/s", "packetsPerSecond", { share: true }),
  rate("bit/s", "bitsPerSecond"),
  rate("packets in all", "packets"),
]);

function missPercent(r) {
  return r.hitPercent === null ? null : r.missSynPercent + r.missNonSynPercent + r.missUdpPercent;
}

function heard(event) {
  const reading = JSON.parse(event.data);
  reading.time = Date.parse(reading.at) / 1000;
  lastHeard = performance.now();
  readings.push(reading);
  // The tables need the last reading only.
  if (readings.length > 1) Object.assign(readings.at(-2), { vips: undefined, reals: undefined });
  if (readings.length > KEPT) readings.shift();
  say("live", "Live");
  if (!frozen) draw();
}

function draw() {
  const shown = frozen ?? readings;
  const last = shown.at(-1);
  if (!last) return;
  document.getElementById("at").textContent = new Date(last.time * 1000).toLocaleTimeString();
  charts.forEach((chart) => chart.draw(shown, seconds, last.time));
  vips.show(rows(last.vips));
  reals.show(rows(last.reals));
}

const rows = (all = {}) => Object.entries(all).map(([name, numbers]) => ({ name, ...numbers }));

function say(kind, words) {
  const state = document.getElementById("state");
  state.className = kind;
  const text = frozen && kind === "live" ? "Paused" : words;
  if (state.textContent !== text) state.textContent = text;
}

function pause(on) {
  frozen = on ? readings.map((reading) => ({ ...reading })) : null;
  document.getElementById("pause").setAttribute("aria-pressed", on);
  document.getElementById("pause").textContent = on ? "Go on" : "Pause";
  if (lastHeard) say("live", "Live");
  draw();
}

function show(window) {
  seconds = Number(window.value);
  window.checked = true;
  draw();
}

const windows = [...document.querySelectorAll("input[name=window]")];
windows.forEach((window) => window.addEventListener("change", () => show(window)));
document.getElementById("pause").addEventListener("click", () => pause(!frozen));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input[type=search]")) return;
  if (event.key === "p") pause(!frozen);
  else if (windows[event.key - 1]) show(windows[event.key - 1]);
  else if (event.key === "/") document.getElementById("vips-filter").focus();
  else return;
  event.preventDefault();
});

const source = new EventSource(STREAM);
source.onmessage = heard;
source.onerror = () => say("lost", "Not connected, trying again");
setInterval(() => {
  if (lastHeard && performance.now() - lastHeard > LATE) say("lost", "No news: these numbers are old");
}, 1000);
