// Flags a passage: what is selected, or what is walked to word by word. Either
// side can be marked, or both; a letter says what is wrong, a digit how grave.

import { current } from "./list.js";
import { offsetOf, rangeOf, textOf, words } from "./passage.js";
import { say, word } from "./say.js";

const form = () => document.getElementById("flag-form");
const text = (side) => current()?.querySelector(`.words[data-side="${side}"]`);

let walk = null; // { side, marks: { target: [first, last, anchor] … } } in words

/** isOpen reports whether the palette is open. */
export const isOpen = () => !!document.getElementById("flagging")?.open;

/** open begins with what is selected, else with the first word. */
export function open() {
  const chosen = selected();
  document.getElementById("flagging").open = true;
  walk = { side: chosen?.side ?? (text("target") && textOf(text("target")) ? "target" : "source"), marks: {} };
  if (chosen) {
    walk.marks[chosen.side] = { start: chosen.start, end: chosen.end };
  } else if (form().elements.source?.value && !form().elements.target) {
    walk.marks.source = { start: 0, end: textOf(text("source")).length };
  } else {
    markWords(0, 0);
  }
  getSelection().removeAllRanges();
  form().focus({ preventScroll: true });
  show();
  current().scrollIntoView({ block: "start" });
}

/** close leaves without a flag. */
export function close() {
  const box = document.getElementById("flagging");
  if (box) box.open = false;
  walk = null;
  CSS.highlights?.delete("walk");
  current()?.focus({ preventScroll: true });
}

/** selected is the passage of the current row that is selected in the page. */
function selected() {
  const s = getSelection();
  if (!s.rangeCount || s.isCollapsed) return null;
  const range = s.getRangeAt(0);
  for (const side of ["target", "source"]) {
    const root = text(side);
    if (!root || !root.contains(range.startContainer) || !root.contains(range.endContainer)) continue;
    let start = offsetOf(root, range.startContainer, range.startOffset), end = offsetOf(root, range.endContainer, range.endOffset);
    const all = textOf(root);
    while (start < end && /\s/.test(all[start])) start++;
    while (end > start && /\s/.test(all[end - 1])) end--;
    if (start < end) return { side, start, end };
  }
  return null;
}

const list = (side) => words(textOf(text(side)), text(side).lang);

function markWords(first, last) {
  const all = list(walk.side);
  if (!all.length) return;
  const i = Math.max(0, Math.min(first, all.length - 1)), j = Math.max(0, Math.min(last, all.length - 1));
  const [from, to] = i <= j ? [i, j] : [j, i];
  walk.marks[walk.side] = { start: all[from][0], end: all[to][1], anchor: i, head: j };
}

/** go moves the mark a word on or back; `wider` moves only its end. */
function go(by, wider) {
  const m = walk.marks[walk.side], all = list(walk.side);
  const nearest = (at) => Math.max(0, all.findLastIndex(([start]) => start <= at));
  const anchor = m?.anchor ?? nearest(m?.start ?? 0), head = m?.head ?? nearest((m?.end ?? 1) - 1);
  if (wider) markWords(anchor, head + by); else markWords(head + by, head + by);
}

/** act does what a control of the palette says; it reports whether there was
 * such a control. */
export function act(action) {
  if (!walk) return false;
  const other = walk.side === "target" ? "source" : "target";
  switch (action) {
    case "walk-back": go(-1, false); break;
    case "walk-on": go(1, false); break;
    case "extend-back": go(-1, true); break;
    case "extend-on": go(1, true); break;
    case "side": case "both":
      if (!text(other)) return true;
      if (action === "side") delete walk.marks[walk.side];
      walk.side = other;
      if (!walk.marks[other]) markWords(0, 0);
      break;
    default: return false;
  }
  show();
  return true;
}

/** show draws the marks, fills in the form and says the passage. */
function show() {
  const ranges = [], said = [], f = form();
  for (const side of ["source", "target"]) {
    const m = walk.marks[side], all = text(side) ? textOf(text(side)) : "";
    const set = (name, value) => { if (f.elements[name]) f.elements[name].value = value; };
    set(`${side}_start`, m ? m.start : "");
    set(`${side}_end`, m ? m.end : "");
    set(side, m ? all.slice(m.start, m.end) : "");
    if (!m) continue;
    said.push(all.slice(m.start, m.end));
    ranges.push(rangeOf(text(side), m.start, m.end));
  }
  if (CSS.highlights) CSS.highlights.set("walk", new Highlight(...ranges));
  say(`${word("walk")} ${said.join(" / ")}`, true);
}

/** letter chooses a category or severity by its key. A severity that follows a
 * category is the end: then the flag is put. */
export function letter(key) {
  const f = form(), by = f.querySelector(`[data-letter="${CSS.escape(key)}"], [data-digit="${CSS.escape(key)}"]`);
  if (!by) return false;
  by.checked = true;
  say(by.closest("label").textContent.trim());
  if (by.name === "severity" && f.elements.category.value) f.requestSubmit();
  return true;
}

/** typedPassage forgets the walked passage of a side whose field is typed in. */
export function typedPassage(input) {
  const f = form();
  for (const end of ["start", "end"]) f.elements[`${input.name}_${end}`].value = "";
}
