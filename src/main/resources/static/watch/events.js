// Lists what /api/v1/events tells, the newest first.
const STREAM = "/api/v1/events";
const KEPT = 100;
const BAD = new Set(["pending", "not-ready", "gateway-lost", "link-down", "link-gone", "foreign-plane", "store-lost", "drift-found"]);
const TYPES = [
  ...BAD, "configuration", "started", "applied", "repaired", "ready", "gateway-learned", "gateway-changed", "link-up", "attached",
  "reattached", "detached", "adopted", "reloaded", "store-back", "drift-gone", "reset", "dropped",
];

const list = document.getElementById("events");
const state = document.getElementById("events-state");

function row(event) {
  const body = JSON.parse(event.data);
  const item = document.createElement("li");
  const time = document.createElement("time");
  const at = body.at ? new Date(body.at) : new Date();
  time.dateTime = at.toISOString();
  time.textContent = at.toLocaleTimeString();
  const type = document.createElement("b");
  type.textContent = body.type;
  if (BAD.has(body.type)) type.className = "bad";
  const sentence = document.createElement("span");
  sentence.textContent = body.sentence;
  sentence.title = (body.resources ?? body.changes?.map((change) => `${change.kind} ${change.resource}`) ?? []).join("\n");
  item.append(time, type, sentence);
  return item;
}

function heard(event) {
  list.querySelector(".none")?.remove();
  list.prepend(row(event));
  while (list.children.length > KEPT) list.lastChild.remove();
}

const source = new EventSource(STREAM);
TYPES.forEach((type) => source.addEventListener(type, heard));
source.onopen = () => (state.textContent = "since this page was opened");
source.onerror = () => (state.textContent = "not connected, trying again");
