// Passkeys need a script and a browser that knows them: their buttons appear where both are there.
if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.hidden = false;
  }
}

// The person closed the browser's sheet, or no key fits: say so beside the button.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-passkey-failed]")) {
    note.hidden = false;
  }
});
