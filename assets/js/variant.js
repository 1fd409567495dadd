// The price follows the chosen variant. Without this file every choice still names its own.

const prices = document.querySelector("[data-prices]");
const bar = document.querySelector(".buy-bar-price");

const show = (variant) => {
  const chosen = [...prices.children].find((each) => each.dataset.variant === variant);
  if (!chosen?.hidden) return;
  for (const each of prices.children) each.hidden = each !== chosen;
  bar.querySelector("bdi").textContent = chosen.querySelector(".price-now bdi").textContent;
  bar.querySelector("small")?.remove();
};

if (prices) {
  document.addEventListener("change", ({ target }) => {
    if (target.name === "variant") show(target.value);
  });
  // Coming back by the back button keeps what was chosen.
  addEventListener("pageshow", () => {
    const kept = document.querySelector("[name=variant]:checked, select[name=variant]");
    if (kept) show(kept.value);
  });
}
