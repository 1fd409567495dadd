// Small comforts of forms; every one of them works without this file, with one more press.

const marked = document.querySelector("[data-focus]");
marked?.focus({ preventScroll: false });

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-busy]")) return;
  if (form.dataset.sent) {
    event.preventDefault(); // A second press of the same button.
    return;
  }
  form.dataset.sent = "yes";
  submitter?.setAttribute("aria-busy", "true");
});

// Coming back by the back button shows the page as it was left: busy.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

document.addEventListener("change", (event) => {
  event.target.closest("form[data-autosubmit]")?.requestSubmit();
});

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-qty] [data-step]");
  if (step) {
    const input = step.parentElement.querySelector("input");
    const before = input.value;
    if (step.dataset.step === "1") input.stepUp();
    else input.stepDown();
    if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
