// The list of sentences: which one is current, moving on, and longer windows
// while somebody scrolls.

import { fetchPart, swap, Refused } from "./fragment.js";
import { hush, say, warn, word } from "./say.js";
import { localTimes } from "./times.js";

const rows = () => [...document.querySelectorAll("#rows .row")];
export const current = () => document.querySelector("#rows .row[aria-current]");

/** here is the address of the list as it is shown, with further values. */
export function here(values) {
  const url = new URL(location.href);
  for (const name of ["at", "n", "w", "edit", "fix", "done", "after", "before", "part"]) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  url.hash = "";
  return url.pathname + url.search;
}

let asked = 0, awaited = false;

/** loading tells that the current row waits for what belongs to it. Until that
 * has come the panel is still about the row before. */
export const loading = () => awaited;

/** select makes a row the current one: at once for the eye, with all about it as
 * soon as the server has answered. */
export async function select(row, values = {}) {
  const id = row.dataset.unit, turn = ++asked;
  awaited = true;
  if (row !== current()) hush();
  mark(row);
  await new Promise((resolve) => setTimeout(resolve, Object.keys(values).length ? 0 : 60));
  if (turn !== asked) return;
  try {
    const part = await fetchPart(here({ at: id, part: "unit", ...values }));
    if (turn === asked) settle(part);
  } catch (fault) {
    if (turn === asked) {
      awaited = false;
      document.dispatchEvent(new CustomEvent("unsettled"));
    }
    warn(fault instanceof Refused ? fault.message : word("offline"));
  }
}

/** mark makes a row the current one for the eye and the keys. */
export function mark(row) {
  const old = current();
  if (old && old !== row) {
    document.dispatchEvent(new CustomEvent("leaving"));
    clear(old);
  }
  row.setAttribute("aria-current", "true");
  row.classList.add("now");
  row.tabIndex = 0;
  row.focus({ preventScroll: true });
  reveal(row);
  history.replaceState(null, "", here({ at: row.dataset.unit }));
  document.dispatchEvent(new CustomEvent("current", { detail: { number: +row.dataset.number } }));
}

function reveal(row) {
  const box = row.getBoundingClientRect(), sheet = document.getElementById("sheet").getBoundingClientRect();
  const top = Math.max(sheet.top, 0) + 84, bottom = Math.min(sheet.bottom, innerHeight) - 90;
  if (box.top < top || box.bottom > bottom) row.scrollIntoView({ block: box.height > bottom - top ? "start" : "center" });
}

/** settle puts an answer into the page and makes its current row the current
 * one. Where the list does not hold that row it is read anew around it. */
export async function settle(part) {
  asked++; // an answer that is still under way is older than this one
  const saying = part.querySelector("#saying");
  saying?.remove();
  const before = current();
  const next = part.querySelector(".row[aria-current]");
  if (next && !document.getElementById(next.id) && !part.querySelector("#rows")) {
    part = await fetchPart(here({ at: next.dataset.unit, part: "list" }));
  }
  if (before && next && before.id !== next.id) clear(before);
  swap(part);
  const row = current();
  if (row) mark(row);
  if (saying) say(saying.textContent);
  watch();
  localTimes();
  awaited = false;
  document.dispatchEvent(new CustomEvent("settled"));
}

/** clear takes from a row what only the current one has. */
function clear(row) {
  row.removeAttribute("aria-current");
  row.classList.remove("now");
  row.tabIndex = -1;
  const words = row.querySelector(".t .words");
  if (!words) return;
  words.querySelectorAll("del").forEach((d) => d.remove());
  words.querySelectorAll("ins, mark, .figure").forEach((m) => m.replaceWith(...m.childNodes));
  row.querySelectorAll(".s del").forEach((d) => d.remove());
  row.querySelectorAll(".s ins, .s mark, .s .figure").forEach((m) => m.replaceWith(...m.childNodes));
  row.querySelector(".t").replaceChildren(words);
  row.querySelector(".s .bead")?.remove();
  row.querySelector(".unitacts")?.remove();
}

/** step moves to the next or previous row; `matching` leaves out rows that are
 * there for context only. */
export async function step(forward, matching) {
  const all = rows().filter((r) => !matching || !r.classList.contains("context"));
  let i = all.indexOf(current());
  if (i < 0) i = forward ? -1 : all.length;
  let to = all[i + (forward ? 1 : -1)];
  if (!to && await extend(forward)) {
    const longer = rows();
    to = longer[longer.indexOf(current()) + (forward ? 1 : -1)];
  }
  if (to) return select(to);
  say(word("end"));
}

/** jump goes to the sentence with a number. */
export async function jump(number) {
  if (!String(number).trim()) return;
  const row = rows().find((r) => +r.dataset.number === +number);
  if (row) return select(row);
  try {
    settle(await fetchPart(here({ n: number, part: "list" })));
  } catch (fault) { warn(fault.message); }
}

const limit = 400; // rows kept in the page; those farthest away are let go

/** extend reads the window behind or before the ones shown. */
async function extend(forward) {
  const place = document.getElementById(forward ? "more" : "earlier");
  const link = place?.querySelector("a");
  if (!link || place.dataset.busy) return false;
  place.dataset.busy = "1";
  const feed = document.getElementById("rows"), sheet = document.getElementById("sheet");
  feed.setAttribute("aria-busy", "true");
  try {
    const url = new URL(link.href);
    url.searchParams.set("part", "rows");
    const part = await fetchPart(url.pathname + url.search);
    part.querySelector(forward ? "#earlier" : "#more")?.remove();
    const seen = new Set(rows().map((r) => r.id));
    part.querySelectorAll(".row").forEach((r) => { if (seen.has(r.id)) r.remove(); });
    const height = feed.scrollHeight, top = sheet.scrollTop;
    place.replaceWith(part);
    if (!forward) sheet.scrollTop = top + feed.scrollHeight - height;
    trim(forward);
  } catch (fault) {
    delete place.dataset.busy;
    warn(fault.message);
    return false;
  } finally {
    feed.setAttribute("aria-busy", "false");
  }
  watch();
  return true;
}

/** trim lets go of the rows farthest from where the list grew, and leaves a
 * place from which they can be read again. */
function trim(forward) {
  const all = rows();
  if (all.length <= limit) return;
  const sheet = document.getElementById("sheet"), feed = document.getElementById("rows");
  const gone = (forward ? all.slice(0, all.length - limit) : all.slice(limit)).filter((r) => r !== current());
  const edge = forward ? all[all.length - limit] : all[limit - 1];
  const height = feed.scrollHeight, top = sheet.scrollTop;
  gone.forEach((r) => r.remove());
  const id = forward ? "earlier" : "more";
  document.getElementById(id)?.remove();
  const place = document.createElement("p"), link = document.createElement("a");
  place.className = "more";
  place.id = id;
  link.href = here({ [forward ? "before" : "after"]: edge.dataset.position });
  link.dataset.more = id;
  link.textContent = "…";
  place.append(link);
  if (forward) feed.prepend(place); else feed.append(place);
  if (forward) sheet.scrollTop = top + feed.scrollHeight - height;
}

const observer = new IntersectionObserver((entries) => {
  for (const e of entries) if (e.isIntersecting) extend(e.target.id === "more");
}, { rootMargin: "600px 0px" });

/** watch looks out for the ends of the list. */
export function watch() {
  observer.disconnect();
  for (const id of ["earlier", "more"]) {
    const place = document.getElementById(id);
    if (place) observer.observe(place);
  }
}
