// Reads the table of keys, which the server made of everybody's and one's own,
// and lets a key press the visible control that bears its action. What a key does
// is what the control does.

const table = JSON.parse(document.getElementById("keys")?.textContent ?? "[]")
  .map((row) => ({ ...row, keys: row.keys.split(" ").filter(Boolean) }));

/** spelled is a key as the table spells it. */
function spelled(event) {
  const name = event.key === " " ? "Space" : event.key;
  const shift = event.shiftKey && name.length > 1 ? "Shift+" : "";
  return (event.ctrlKey || event.metaKey ? "Control+" : "") + (event.altKey ? "Alt+" : "") + shift + name;
}

const typing = (element) => element.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]");
const visible = (element) => element.getClientRects().length > 0 && !element.disabled;

/** control finds what a key presses: the visible control of its action, the one
 * marked with the key itself if there are several. */
function control(action, key, root) {
  const all = [...root.querySelectorAll(`[data-action="${action}"]`)].filter(visible);
  if (!all.some((c) => c.dataset.key)) return all;
  return all.filter((c) => c.dataset.key === key);
}

let held = [];

/** replay presses the keys that were held back, in their order. It ends where one
 * of them led into a field: what follows was meant as text. */
export function replay() {
  const keys = held;
  held = [];
  for (const key of keys) {
    if (typing(document.activeElement)) return;
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
  }
}

/** forget lets go of the keys that were held back. */
export function forget() { held = []; }

/** listen starts reading keys. `context` tells where the focus is: "list",
 * "repair", "editor" or "flag"; `press` may do an action in place of a click, and returns
 * true if it did. `holds` tells of an action that its control is still to come:
 * its key waits for `replay`. */
export function listen(context, press, holds = () => false) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const where = context(event.target), name = spelled(event), plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (where === "list" && typing(event.target) && plain && name !== "Escape") return;
    // Enter and Space belong to the control that has the focus.
    if ((where === "list" || where === "repair") && (name === "Enter" || name === "Space") && event.target.closest?.("a, button, summary, label, input")) return;
    // Repair mode has keys of its own; what they leave free is the list's.
    const rows = where === "repair" ? [...table.filter((r) => r.where === where), ...table.filter((r) => r.where !== where)] : table;
    for (const row of rows) {
      if (row.where !== where && !(where === "repair" && row.where === "list") && !(row.where === "any" && !typing(event.target))) continue;
      if (!row.keys.includes(name)) continue;
      if (where === "list" && (held.length || holds(row.action))) {
        event.preventDefault();
        held.push({ key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey });
        return;
      }
      const found = control(row.action, name, document);
      if (!found.length) continue;
      event.preventDefault();
      if (!press(row.action, found, name)) found[0].click();
      return;
    }
  });
}
