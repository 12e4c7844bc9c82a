// Choosing a stretch with the mouse: a click chooses the first sentence, a click
// with Shift the last. The radio buttons are what is sent, and what is used
// without script.

const form = document.querySelector("[data-picking]");
const rows = [...form.querySelectorAll("tr[data-unit]")];

const chosen = (name) => rows.findIndex((row) => row.querySelector(`input[name=${name}]`).checked);

function choose(name, row) {
  row.querySelector(`input[name=${name}]`).checked = true;
}

// paint shows the stretch, whichever end was chosen first.
function paint() {
  const from = chosen("from");
  const to = chosen("to");
  const [first, last] = from < to ? [from, to] : [to, from];
  rows.forEach((row, i) => row.classList.toggle("in", first >= 0 && i >= first && i <= last));
}

form.addEventListener("change", paint);
form.addEventListener("mousedown", (event) => {
  if (event.shiftKey) event.preventDefault(); // no text is marked between the two clicks
});
form.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-unit]");
  if (!row || event.target.closest("input, a")) return;
  if (event.shiftKey) {
    choose("to", row);
    if (chosen("from") < 0) choose("from", row);
  } else if (!String(getSelection())) {
    choose("from", row);
    if (chosen("to") < 0) choose("to", row);
  }
  paint();
});
paint();
