// Times are kept in UTC and shown in the reader's own zone.

const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

/** localTimes rewrites the times of the page that are still as the server wrote
 * them. */
export function localTimes() {
  for (const time of document.querySelectorAll("time[datetime]:not([data-local])")) {
    time.textContent = form.format(new Date(time.dateTime));
    time.dataset.local = "";
  }
}
