// Asks for [data-fresh] again while something in it is [data-waiting]: pictures being drawn.
// Without this file there is a link that loads the page again.

const PAUSE = 2000;
const PATIENCE = 30; // A minute; then the link is there for the hand.

for (const place of document.querySelectorAll("[data-fresh]")) watch(place);

async function watch(place) {
  for (let round = 0; round < PATIENCE && place.querySelector("[data-waiting]"); round += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    const answer = await fetch(place.dataset.fresh, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
  }
}
