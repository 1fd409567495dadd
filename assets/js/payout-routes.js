// The ways to be paid follow the country that is chosen; without this file all of them are listed.

const country = document.querySelector("select[name=country]");
const here = document.querySelector("[data-routes-here]");

country?.addEventListener("change", () => {
  const there = document.querySelector(`[data-routes] [data-country="${country.value}"]`);
  if (here && there) here.replaceChildren(...there.cloneNode(true).childNodes);
});
