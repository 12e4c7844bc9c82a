// The map of the document: asked for apart from the page, drawn by the server,
// with a frame around the current sentence.

import { fetchPart } from "./fragment.js";
import { here, jump } from "./list.js";

let number = 0, stale;

function frame() {
  const box = document.querySelector("#map .here"), svg = box?.ownerSVGElement;
  if (!box) return;
  const height = Math.max(1, svg.viewBox.baseVal.height / 120);
  box.setAttribute("y", Math.max(0, number - 0.5 - height / 2));
  box.setAttribute("height", height);
}

/** draw reads the map anew, once for several changes. */
export function draw(wait = 0) {
  clearTimeout(stale);
  stale = setTimeout(async () => {
    const place = document.getElementById("map");
    if (!place.getClientRects().length) return;
    const url = new URL(here({}), location.href);
    try {
      place.replaceChildren(await fetchPart(document.querySelector(".bench").dataset.map + url.search));
      frame();
    } catch { /* the list works without its map */ }
  }, wait);
}

document.addEventListener("current", (event) => { number = event.detail.number; frame(); });
document.addEventListener("settled", () => draw(1500));
document.getElementById("map")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  const part = link.querySelector("rect"), box = part.getBoundingClientRect();
  const first = +link.dataset.number, units = +part.getAttribute("height");
  jump(first + Math.min(units - 1, Math.floor((event.clientY - box.top) / box.height * units)));
});
