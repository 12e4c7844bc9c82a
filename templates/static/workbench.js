// The workbench. Everything here works as links and forms without script; script
// saves the way there and back.

import { postForm, Refused } from "./fragment.js";
import { forget, listen, replay } from "./keys.js";
import * as list from "./list.js";
import * as editor from "./editor.js";
import * as flagging from "./flagging.js";
import { draw } from "./map.js";
import { offsetOf } from "./passage.js";
import { say, warn, word } from "./say.js";
import { localTimes } from "./times.js";

const details = { return: "return", decline: "decline", repair: "repair", comment: "commenting" };

/** press does what a control with an action does, and reports whether script
 * does it; otherwise the click takes its course. */
function press(action, controls) {
  const control = controls[0];
  switch (action) {
    case "next": list.step(true, false); return true;
    case "previous": list.step(false, false); return true;
    case "next-match": list.step(true, true); return true;
    case "previous-match": list.step(false, true); return true;
    case "edit": editor.open(); return true;
    case "close": editor.close(); return true;
    case "flag": if (flagging.isOpen()) flagging.close(); else flagging.open(); return true;
    case "flag-close": flagging.close(); return true;
    case "take": editor.take(control); return true;
    case "fix": document.querySelector("#editor [data-action=take]")?.focus(); return true;
    case "panel": panel(); return true;
    case "jump": case "search": case "pair-elsewhere": control.focus(); control.select(); return true;
    case "wordings": turn(controls); return true;
  }
  if (details[action] || action === "dismiss") return unfold(control);
  return flagging.act(action);
}

function unfold(summary) {
  const box = summary.closest("details");
  if (box.closest("#panel")) panel(true);
  box.open = !box.open;
  if (box.id === "repair") box.querySelector("summary").focus(); // no act under the Enter key yet
  else if (box.open) box.querySelector("input:not([type=hidden]), textarea, button")?.focus();
  return true;
}

function panel(open) {
  const side = document.getElementById("panel"), on = side.classList.toggle("open", open);
  if (on && open === undefined) side.querySelector("a, button, summary")?.focus();
  if (!on) list.current()?.focus({ preventScroll: true });
}

/** remain stays in repair mode after an act of it. */
function remain() {
  const box = document.getElementById("repair");
  if (!box) return;
  box.open = true;
  box.querySelector("summary").focus({ preventScroll: true });
}

/** turn shows the next wording of the current sentence. */
function turn(tabs) {
  const i = tabs.findIndex((t) => t.ariaCurrent), next = tabs[(i + 1) % tabs.length];
  list.select(list.current(), { w: new URL(next.href).searchParams.get("w") });
}

/** context tells where a key counts. */
function context(target) {
  if (target.closest?.("#editor")) return "editor";
  if (flagging.isOpen() && target.closest?.("#flag-form") && !target.matches("input:not([type=radio])")) return "flag";
  if (target.closest?.("#repair") && !target.matches("select, input")) return "repair";
  return "list";
}

// Moving on needs nothing of the unit one leaves. All else is about the current
// unit, and must not reach the one before while that is still in the panel.
const moves = new Set(["next", "previous", "next-match", "previous-match", "jump", "search", "panel", "help"]);

listen(context, press, (action) => list.loading() && !moves.has(action));
document.addEventListener("settled", replay);
document.addEventListener("unsettled", forget);

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const control = event.target.closest("[data-action]"), row = event.target.closest(".row");
  if (control?.dataset.action === "wordings") {
    event.preventDefault();
    list.select(list.current(), { w: new URL(control.href).searchParams.get("w") });
    return;
  }
  if (control && control.dataset.action !== "jump" && control.dataset.action !== "search" && press(control.dataset.action, [control])) {
    event.preventDefault();
    return;
  }
  const other = event.target.closest("[data-open], [data-press]");
  if (other) {
    event.preventDefault();
    if (other.dataset.press) return void press(other.dataset.press, [other]);
    const box = document.getElementById(other.dataset.open);
    if (other.dataset.open === "flagging") return flagging.open();
    box.open = true;
    box.scrollIntoView({ block: "center" });
    return;
  }
  if (event.target.closest("[data-more]")) return;
  if (row && !row.ariaCurrent && !event.target.closest("button, input, summary") && getSelection().isCollapsed) {
    event.preventDefault();
    list.select(row);
  } else if (row && event.target.closest(".n")) {
    event.preventDefault();
  } else if (row && document.getElementById("repair")?.open) {
    cutHere(event);
  }
});

/** cutHere takes the place of a click in a text as where to cut. */
function cutHere(event) {
  const root = event.target.closest(".words"), caret = getSelection();
  const select = root && document.getElementById(`${root.dataset.side}-at`);
  if (!select || !caret.anchorNode) return;
  const at = offsetOf(root, caret.anchorNode, caret.anchorOffset);
  const choice = new Option(`… | ${root.textContent.slice(at, at + 24)}…`, at, true, true);
  select.add(choice, 1);
  say(choice.textContent);
}

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (form.querySelector("[data-action=jump]")) {
    event.preventDefault();
    list.jump(form.elements.n.value);
    return;
  }
  if (!form.dataset.post) return;
  event.preventDefault();
  if (form.id === "editor" && !button?.hasAttribute("formaction")) return editor.propose(form, button);
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  try {
    if (form.elements.with && button?.dataset.action) form.elements.with.value = ""; // the number belongs to the button beside it
    const repairing = form.closest("#repair");
    const part = await postForm(form, button);
    if (form.id === "flag-form") flagging.close();
    await list.settle(part);
    if (repairing) remain();
  } catch (fault) {
    warn(fault instanceof Refused ? fault.message : word("offline"));
  } finally {
    delete form.dataset.busy;
  }
});

document.addEventListener("input", (event) => {
  if (event.target.id === "wording") editor.typed();
  if (event.target.form?.id === "flag-form" && (event.target.name === "source" || event.target.name === "target")) flagging.typedPassage(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.matches?.("select[data-palette]") && editor.choose(event.target, event.key)) event.preventDefault();
  else if (context(event.target) === "flag" && flagging.letter(event.key)) event.preventDefault();
  else if (event.target.matches?.("#editor [data-action=take]") && /^[1-9]$/.test(event.key)) {
    event.preventDefault();
    document.querySelector(`#editor [data-action=take][data-key="${event.key}"]`)?.click();
  } else if (event.key === "Escape" && event.target.matches?.("[data-action=jump], [data-action=search]")) {
    event.preventDefault();
    list.current()?.focus({ preventScroll: true });
  } else if (event.key === "Escape" && event.target.closest?.("details[open]")) {
    event.target.closest("details").open = false;
    list.current()?.focus({ preventScroll: true });
  } else if (event.key === "Escape" && document.getElementById("panel").classList.contains("open")) panel(false);
  else if (/^[1-9]$/.test(event.key) && event.target.closest?.(".reason") && !event.target.matches("textarea")) {
    const by = event.target.closest(".reason").querySelector(`[data-digit="${event.key}"]`);
    if (by) { by.checked = true; event.preventDefault(); }
  }
});

addEventListener("pageshow", () => {
  const row = list.current();
  list.watch();
  draw();
  localTimes();
  if (!row) return;
  if (location.search || location.hash) list.mark(row); else document.dispatchEvent(new CustomEvent("current", { detail: { number: +row.dataset.number } }));
  if (editor.isOpen()) editor.open(); else row.focus({ preventScroll: true });
});
