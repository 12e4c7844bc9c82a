// Files dropped on a form, or chosen in it, are sent at once; folders are walked.
// Without this module the form works by its button.

const forms = document.querySelectorAll("form[data-drop]");

// entries returns all files below a dropped entry, each with its path.
async function entries(entry, path = "") {
  const name = path ? `${path}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    return [{ name, file }];
  }
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return all;
    for (const inner of some) {
      if (!inner.name.startsWith(".")) all.push(...(await entries(inner, name)));
    }
  }
}

// dropped returns the files of a drop. The entries must be asked for before the
// first await: the list is emptied behind the event.
async function dropped(transfer) {
  const roots = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (roots.length === 0) return [...transfer.files].map((file) => ({ name: file.name, file }));
  // One folder alone is only the wrapping of what is in it.
  const lists = await Promise.all(roots.map((root) => entries(root)));
  const files = lists.flat();
  if (roots.length === 1 && roots[0].isDirectory) {
    for (const f of files) f.name = f.name.slice(roots[0].name.length + 1);
  }
  return files;
}

async function send(form, files) {
  const say = form.querySelector(".say");
  const body = new FormData();
  for (const field of form.querySelectorAll("input[type=hidden]")) body.append(field.name, field.value);
  for (const { name, file } of files) body.append("files", file, name);
  say.textContent = form.dataset.sending;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "drop" } });
    const data = await answer.json();
    if (answer.ok) {
      location.assign(data.to);
      return;
    }
    say.textContent = data.error;
  } catch {
    say.textContent = form.dataset.failed;
  }
  form.removeAttribute("aria-busy");
}

for (const form of forms) {
  // The whole window takes the drop: a file that misses the field by a little
  // must not replace the page.
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  addEventListener("drop", async (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.remove("over");
    const files = await dropped(event.dataTransfer);
    if (files.length > 0) send(form, files);
  });
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    if (input.files.length > 0) send(form, [...input.files].map((file) => ({ name: file.webkitRelativePath || file.name, file })));
  });
}
