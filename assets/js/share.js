// [data-share] opens the device's own share sheet, or copies the link where there is none.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-share]");
  if (!button) return;
  const url = button.dataset.share || location.href;
  const title = button.dataset.title || document.title;
  if (navigator.share) {
    await navigator.share({ title, url }).catch(() => {}); // Closing the sheet is no error.
    return;
  }
  try {
    await navigator.clipboard.writeText(url);
    button.setAttribute("aria-label", button.dataset.done);
    button.dataset.said = "";
  } catch {
    location.assign(url);
  }
});
