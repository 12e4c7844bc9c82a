// Fetches parts of pages, which the server renders, and puts them into the page:
// the one place where text becomes elements.

/** Refused is an answer that is an error of the server's, with its message. */
export class Refused extends Error {
  constructor(message, kind) { super(message); this.kind = kind; }
}

/** fetchPart asks for a part of a page, or posts a form for one. */
export async function fetchPart(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { "X-Fragment": "1", ...options.headers }, redirect: "follow" });
  if (!answer.ok) {
    const fault = await answer.json().catch(() => ({ error: `${answer.status}`, kind: "internal" }));
    throw new Refused(fault.error, fault.kind);
  }
  return parse(await answer.text());
}

/** postForm posts a form, with the button that was pressed, for a part. */
export function postForm(form, button, more = {}) {
  const data = new URLSearchParams(new FormData(form, button ?? undefined));
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return fetchPart(button?.getAttribute("formaction") ?? form.getAttribute("action"), { method: "POST", body: data });
}

/** parse turns what the server rendered into elements. Scripts in it do not run. */
export function parse(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const part = document.createDocumentFragment();
  part.append(...parsed.body.childNodes);
  return document.adoptNode(part);
}

/** swap replaces the elements of the page that have the ids of those in the
 * part, and returns what had no place. */
export function swap(part) {
  const left = [];
  for (const element of [...part.children]) {
    const old = element.id && document.getElementById(element.id);
    if (!old) { left.push(element); continue; }
    if (old.classList.contains("open")) element.classList.add("open");
    old.replaceWith(element);
  }
  return left;
}
