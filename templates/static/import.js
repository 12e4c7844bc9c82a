// The table of an upload is read again when a file or its place is changed, and
// a job's progress is followed. Without this module there are a button for the
// one, and a page that refreshes itself for the other.

for (const form of document.querySelectorAll("form[data-table]")) {
  const look = form.querySelector("[data-read]");
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) form.requestSubmit(look);
  });
}

const job = document.querySelector("[data-progress]");
if (job) {
  const words = job.querySelector("[data-words]");
  const bar = document.querySelector("progress");
  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.progress, { headers: { "X-Fragment": "progress" } });
      if (answer.status === 404) location.assign(job.dataset.reload);
      if (answer.ok) {
        const now = await answer.json();
        if (!now.working) {
          location.replace(job.dataset.reload);
          return;
        }
        if (words.textContent !== now.words) words.textContent = now.words;
        if (now.total > 0) {
          bar.max = now.total;
          bar.value = now.done;
        } else {
          bar.removeAttribute("value");
        }
      }
    } catch {
      // The server is away for a moment; ask again.
    }
    setTimeout(ask, 700);
  };
  setTimeout(ask, 300);
}
