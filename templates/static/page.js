// What every page does by script: times in the reader's own zone, buttons that
// print, and the page at hand in sight among those of the document or project.

import { localTimes } from "./times.js";

localTimes();
document.querySelector(".local [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
