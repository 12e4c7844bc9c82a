// What every page does by script: times in the reader's own zone, and buttons
// that print.

import { localTimes } from "./times.js";

localTimes();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
