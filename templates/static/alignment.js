// The alignment page. Every act is a button of the one bar at the foot, which
// works for the row that is current; script only changes which row that is.

import { fetchPart, postForm, swap, Refused } from "./fragment.js";
import { listen } from "./keys.js";
import { say, warn, word } from "./say.js";

const rows = () => [...document.querySelectorAll("#pairs .pair")];
const current = () => document.querySelector("#pairs .pair[aria-current]");
const form = document.querySelector("[data-repairs]");

/** mark makes a row the current one, and lets the bar work for it. */
function mark(row, focus = true) {
  current()?.removeAttribute("aria-current");
  rows().forEach((r) => { r.classList.toggle("now", r === row); r.tabIndex = r === row ? 0 : -1; });
  row.setAttribute("aria-current", "true");
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  if (!form) return;
  const base = form.getAttribute("action").replace(/\/units\/.*$/, "");
  form.setAttribute("action", `${base}/units/${row.dataset.unit}/realign`);
  form.querySelectorAll("[data-act]").forEach((b) => b.setAttribute("formaction", `${base}/units/${row.dataset.unit}/${b.dataset.act}`));
}

/** here is the address of the page as it is shown, with further values. */
function here(values) {
  const url = new URL(location.href);
  for (const name of ["at", "n", "done", "after", "before"]) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  url.hash = "";
  return url.pathname + url.search;
}

/** settle puts the list anew into the page, and keeps it where the eye is. */
function settle(part) {
  const saying = part.querySelector("#saying"), main = document.querySelector("main"), top = main.scrollTop;
  saying?.remove();
  swap(part);
  main.scrollTop = top;
  if (current()) mark(current());
  if (saying) say(saying.textContent);
}

async function step(forward, doubtful) {
  const all = rows(), now = all.indexOf(current());
  const fits = (r) => !doubtful || r.classList.contains("doubtful");
  const to = forward ? all.slice(now + 1).find(fits) : all.slice(0, Math.max(now, 0)).findLast(fits);
  if (to) return mark(to);
  const more = [...document.querySelectorAll("#pairs .more a")].at(forward ? -1 : 0);
  const ahead = more && (more.compareDocumentPosition(current()) & (forward ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING));
  if (!ahead) return say(word("end"));
  try {
    settle(await fetchPart(more.getAttribute("href")));
    const list = rows();
    mark(forward ? list[0] : list.at(-1));
  } catch (fault) { warn(fault instanceof Refused ? fault.message : word("offline")); }
}

const moves = { "pair-next": [true, false], "pair-previous": [false, false], "pair-doubtful": [true, true], "pair-doubtful-back": [false, true] };

function press(action, controls) {
  if (action === "pair-elsewhere") { controls[0].focus(); controls[0].select(); return true; }
  return false;
}

// Moving has no button: the rows are the controls.
const table = JSON.parse(document.getElementById("keys").textContent);
const typing = (element) => element.matches?.("textarea, select, input");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey && event.key.length > 1) return;
  const row = table.find((r) => moves[r.action] && r.keys.split(" ").includes(event.key));
  if (!row || !current()) return;
  event.preventDefault();
  step(...moves[row.action]);
});

listen((target) => (typing(target) ? "writing" : "repair"), press);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) current()?.focus();
});

document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest(".open, button, input")) return;
  const row = event.target.closest(".pair");
  if (!row || !getSelection().isCollapsed) return;
  event.preventDefault();
  history.replaceState(null, "", here({ at: row.dataset.unit }));
  mark(row);
});

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const button = event.submitter;
  if (button?.hasAttribute("name") || button?.dataset.action) form.elements.with && (form.elements.with.value = "");
  try {
    settle(await postForm(form, button));
    history.replaceState(null, "", here({ at: current()?.dataset.unit ?? "" }));
    if (form.elements.with) form.elements.with.value = "";
  } catch (fault) {
    warn(fault instanceof Refused ? fault.message : word("offline"));
  } finally {
    delete form.dataset.busy;
  }
});

if (current()) mark(current());
