// Keys and focus of the review queue, and of the other pages that are a list of
// things to decide on. Everything here presses a control of the page; without
// script the same controls are used by hand.

import { listen } from "./keys.js";
import { localTimes } from "./times.js";

// What can be decided on: a wording, or a card on which none waits.
const items = [...document.querySelectorAll("[data-item]")];
// The keys are those of this context; its name begins the names of its actions.
const context = document.querySelector("[data-context]")?.dataset.context ?? "queue";
let now = -1;

/** show makes the nth item the current one. */
function show(n, focus) {
  if (!items[n]) return;
  document.querySelectorAll(".now").forEach((e) => e.classList.remove("now"));
  now = n;
  const card = items[n].closest(".item") ?? items[n];
  items[n].classList.add("now");
  card.classList.add("now");
  if (!focus) return;
  items[n].focus({ preventScroll: true });
  card.scrollIntoView({ block: card.offsetHeight > innerHeight ? "start" : "nearest" });
}

const writing = (element) => element.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox])");

/** press uses the control of an action in the current item. */
function press(action, controls) {
  if (action === `${context}-next` || action === `${context}-previous`) {
    const to = action === `${context}-next` ? now + 1 : now - 1;
    show(Math.min(Math.max(to, 0), items.length - 1), true);
    return true;
  }
  if (!action.startsWith(`${context}-`)) return false;
  const control = controls.find((c) => items[now]?.contains(c));
  if (!control) return true;
  control.click();
  const box = control.closest("details");
  if (box?.open) box.querySelector("textarea, input:not([type=hidden])")?.focus();
  return true;
}

listen((target) => (writing(target) ? "writing" : context), press);

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const box = event.target.closest?.("details[open]");
  if (event.key === "Escape" && box) {
    box.open = false;
    box.querySelector("summary").focus();
  } else if (event.ctrlKey && event.key === "Enter" && box && event.target.form) {
    event.preventDefault();
    event.target.form.querySelector("button.primary").click();
  }
});

document.addEventListener("click", (event) => {
  const move = event.target.closest("[data-moves] [data-action]");
  if (move) press(move.dataset.action, []);
});
document.addEventListener("focusin", (event) => {
  const at = items.indexOf(event.target.closest("[data-item]"));
  if (at >= 0 && at !== now) show(at, false);
});
document.querySelectorAll("[data-moves]").forEach((e) => (e.hidden = false));

// The address names the card that follows the one decided on.
const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
show(target ? items.findIndex((i) => target.contains(i)) : 0, Boolean(target));

// The button of a batch says how many are chosen.
const batch = document.querySelector("[data-batch]");
if (batch) {
  const words = batch.textContent;
  const count = () => {
    const n = document.querySelectorAll("input[name=choice]:checked").length;
    batch.disabled = n === 0;
    batch.textContent = n ? `${words} (${n})` : words;
  };
  document.addEventListener("change", count);
  count();
}

localTimes();
