// Copies the text of a [data-copy] field and says so in the button itself.

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // Refused, or not a secure address: the field stays selected for the hand.
  }
}

export function sayDone(button) {
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.setAttribute("role", "status");
  words.textContent = button.dataset.done;
  setTimeout(() => {
    words.textContent = before;
  }, 2000);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy] button");
  if (!button) return;
  const field = button.closest("[data-copy]").querySelector("input, textarea");
  field.select();
  if (await copyText(field.value)) sayDone(button);
});
