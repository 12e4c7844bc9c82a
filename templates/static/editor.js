// The editor in place: a live diff and re-check while somebody types, a private
// draft on the server, and a save that is tried until the server has it.

import { fetchPart, postForm, swap, Refused } from "./fragment.js";
import { current, select, settle } from "./list.js";
import { say, warn, word } from "./say.js";

const form = () => document.getElementById("editor");
const field = () => document.getElementById("wording");
const kept = (unit) => `reviseur-draft-${unit}`;
const unitOf = (f) => f.closest(".row").dataset.unit;

/** isOpen reports whether a wording is being typed. */
export const isOpen = () => !!form() && !form().hidden;

/** open shows the editor of the current row. */
export function open() {
  const f = form();
  if (!f) return;
  f.hidden = false;
  const box = field(), left = localStorage.getItem(kept(unitOf(f)));
  if (left !== null && left !== box.value) {
    box.value = left;
    say(word("draft-here"));
  }
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  const row = f.closest(".row"), room = document.getElementById("sheet").clientHeight;
  (row.offsetHeight < room ? row : f).scrollIntoView({ block: "nearest" });
  if (box.value.trim() || box.defaultValue) check(); // nothing to say yet of a sentence that was not begun
}

/** close hides the editor; what was typed stays as a draft. */
export async function close() {
  const f = form(), row = f.closest(".row");
  clearTimeout(timer);
  f.hidden = true;
  row.focus({ preventScroll: true });
  try {
    const data = new URLSearchParams(new FormData(f));
    data.delete("then");
    settle(await fetchPart(f.dataset.draft, { method: "POST", body: data }));
    localStorage.removeItem(kept(row.dataset.unit));
  } catch (fault) {
    warn(fault instanceof Refused ? fault.message : word("offline"));
  }
}

let timer, running = null;

/** typed keeps a copy on the device and asks for a check when the typing rests. */
export function typed() {
  localStorage.setItem(kept(unitOf(form())), field().value);
  clearTimeout(timer);
  timer = setTimeout(check, 180);
}

async function check() {
  const f = form();
  if (!isOpen()) return;
  running?.abort();
  const mine = running = new AbortController(), text = field().value;
  try {
    const part = await fetchPart(f.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(f)), signal: mine.signal });
    if (form() !== f) return;
    swap(part);
    if (field().value === text) localStorage.removeItem(kept(unitOf(f)));
    const mirror = f.querySelectorAll(".mirror");
    mirror.forEach((m) => { m.textContent = text || "…"; });
  } catch (fault) {
    if (fault.name === "AbortError") return;
    document.getElementById("saved").textContent = fault instanceof Refused ? fault.message : word("offline");
  }
}

// Whoever goes to another sentence leaves what was typed as a draft.
document.addEventListener("leaving", () => {
  if (!isOpen() || localStorage.getItem(kept(unitOf(form()))) === null) return;
  clearTimeout(timer);
  const f = form(), unit = unitOf(f), data = new URLSearchParams(new FormData(f));
  data.delete("then");
  fetchPart(f.dataset.draft, { method: "POST", body: data, keepalive: true }).then(() => localStorage.removeItem(kept(unit)), () => {});
});

/** propose saves the wording. The form's key makes several tries one act. */
export async function propose(f, button) {
  clearTimeout(timer);
  running?.abort();
  const unit = unitOf(f);
  localStorage.setItem(kept(unit), field().value);
  say(word("saving"), true);
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
    try {
      const part = await postForm(f, button);
      localStorage.removeItem(kept(unit));
      return settle(part);
    } catch (fault) {
      if (fault instanceof Refused && fault.kind !== "unavailable") return warn(fault.message);
      warn(word("offline"));
    }
    await new Promise((resolve) => { setTimeout(resolve, wait); addEventListener("online", resolve, { once: true }); });
    say(word("retry"), true);
  }
}

/** take puts the fix of a control into the wording, where its passage still
 * stands, and says what was wrong. */
export async function take(control) {
  if (!isOpen()) {
    const row = current();
    await select(row, { w: row.querySelector(".t .words").dataset.revision ?? "" });
    open();
  }
  const { start, old, fix, category, severity } = control.dataset, box = field();
  let at = +start;
  if (box.value.substr(at, old.length) !== old) {
    at = box.value.indexOf(old);
    if (at < 0 || (old && box.value.indexOf(old, at + 1) >= 0)) return warn(word("no-fix"));
  }
  box.focus();
  box.setRangeText(fix, at, at + old.length, "end");
  const f = form();
  f.elements.origin.value = "fix";
  if (!f.elements.category.value) {
    f.elements.category.value = category;
    f.elements.severity.value = severity;
  }
  typed();
}

/** choose sets a palette's list by a letter or a digit. */
export function choose(list, key) {
  const f = list.form;
  for (const select of f.querySelectorAll("select[data-palette]")) {
    for (const option of select.options) {
      if (option.dataset.letter === key || option.dataset.digit === key) {
        select.value = option.value;
        say(option.textContent);
        return true;
      }
    }
  }
  return false;
}
