// Tells people what happened: by voice through the live region of the layout,
// and for the eye in the line at the foot of the page.

const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** word returns a message of the page's language. */
export const word = (name) => words[name] ?? name;

/** say tells something; `keep` leaves it in sight until the next thing is told. */
export function say(text, keep = false, grave = false) {
  const voice = document.getElementById("say"), line = document.getElementById("status");
  voice.textContent = "";
  // An emptied region that is filled in the same turn is not read again.
  requestAnimationFrame(() => { voice.textContent = text; });
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("major", grave);
  clearTimeout(say.timer);
  if (!keep) say.timer = setTimeout(() => { line.textContent = ""; }, 6000);
}

/** hush takes back what was told of a sentence that one has left; what did not
 * work stays in sight. */
export function hush() {
  const line = document.getElementById("status");
  if (line && !line.classList.contains("major")) line.textContent = "";
}

/** warn tells of something that did not work. */
export const warn = (text) => say(text, true, true);
