// Keys and focus of the review queue. Everything here presses a control of the
// page; without script the same controls are used by hand.

const items = [...document.querySelectorAll("[data-item]")];
let now = -1;

// show makes the nth wording or card the current one.
function show(n, focus) {
  if (n < 0 || n >= items.length) return;
  document.querySelectorAll(".now").forEach((e) => e.classList.remove("now"));
  now = n;
  items[n].classList.add("now");
  items[n].closest(".item").classList.add("now");
  if (focus) {
    items[n].focus({ preventScroll: true });
    items[n].closest(".item").scrollIntoView({ block: "nearest" });
  }
}

// typing reports whether a key belongs to what is being written.
function typing(event) {
  const at = event.target;
  return event.isComposing || event.keyCode === 229 || at.isContentEditable || /^(TEXTAREA|SELECT)$/.test(at.tagName) || (at.tagName === "INPUT" && !/^(checkbox|radio)$/.test(at.type));
}

// keyName spells what was pressed as the table of keys does: "a", "ArrowDown",
// "Control+Enter". Shift counts only with keys that give no sign of their own.
function keyName(event) {
  const shift = event.shiftKey && event.key.length > 1 ? "Shift+" : "";
  return (event.ctrlKey ? "Control+" : "") + (event.altKey ? "Alt+" : "") + shift + (event.metaKey ? "Meta+" : "") + event.key;
}

// press uses the control of an action in the current item.
function press(control) {
  if (control.tagName !== "SUMMARY") {
    control.click();
    return;
  }
  control.click();
  const field = control.parentElement.querySelector("textarea, input:not([type=hidden])");
  if (control.parentElement.open && field) field.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("details[open]")) {
    const details = event.target.closest("details[open]");
    details.open = false;
    details.querySelector("summary").focus();
    return;
  }
  if (event.ctrlKey && event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.querySelector("button.primary").click();
    return;
  }
  if (typing(event)) return;
  const list = document.querySelector("[data-queue]");
  if (!list) return;
  const has = (keys) => keys.split(" ").includes(keyName(event));
  if (has(list.dataset.next)) show(Math.min(now + 1, items.length - 1), true);
  else if (has(list.dataset.previous)) show(Math.max(now - 1, 0), true);
  else {
    const here = items[now];
    const control = here && [...here.querySelectorAll("[data-keys]")].find((c) => has(c.dataset.keys));
    if (!control) return;
    press(control);
  }
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const at = event.target.closest("[data-item]");
  if (at && items.indexOf(at) !== now) show(items.indexOf(at), false);
});

// The address names the card that follows the one decided on.
const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
const first = target ? items.findIndex((i) => target.contains(i)) : 0;
show(Math.max(first, 0), Boolean(target));

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
