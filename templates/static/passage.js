// Passages of a text in the page: positions count the text as the server shows
// it, in UTF-16 units, and leave out what a diff has struck.

const shown = (node) => !node.parentElement.closest("del");

function* texts(root) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (shown(walk.currentNode)) yield walk.currentNode;
}

/** textOf is the text of an element without what is struck out. */
export const textOf = (root) => [...texts(root)].map((n) => n.data).join("");

/** offsetOf is the position in root's text of a point in the page. */
export function offsetOf(root, node, offset) {
  const point = document.createRange();
  point.setStart(root, 0);
  point.setEnd(node, offset);
  let at = 0;
  for (const text of texts(root)) {
    if (!point.intersectsNode(text)) break;
    at += text === node ? offset : point.comparePoint(text, text.length) <= 0 ? text.length : 0;
  }
  return at;
}

/** rangeOf is the range in the page from one position of root's text to another. */
export function rangeOf(root, start, end) {
  const range = document.createRange();
  let at = 0, begun = false;
  for (const text of texts(root)) {
    const next = at + text.length;
    if (!begun && start < next) { range.setStart(text, start - at); begun = true; }
    if (begun && end <= next) { range.setEnd(text, end - at); break; }
    at = next;
  }
  return range;
}

/** words are the stretches of a text that a step goes over: words, or in
 * Chinese and its like what the browser takes for words. */
export function words(text, lang) {
  const cut = new Intl.Segmenter(lang || "en", { granularity: "word" });
  return [...cut.segment(text)].filter((s) => s.isWordLike).map((s) => [s.index, s.index + s.segment.length]);
}
