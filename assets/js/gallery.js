// Marks the thumbnail of the picture in view and keeps the page still when one is chosen.

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const stage = gallery.querySelector(".gallery-stage");
  const thumbs = [...gallery.querySelectorAll(".gallery-thumb")];

  const mark = (id) => {
    for (const thumb of thumbs) {
      if (thumb.hash === `#${id}`) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    }
  };

  const watcher = new IntersectionObserver(
    (seen) => seen.filter((s) => s.isIntersecting).forEach((s) => mark(s.target.id)),
    { root: stage, threshold: 0.6 },
  );
  stage.querySelectorAll(".gallery-picture").forEach((picture) => watcher.observe(picture));

  gallery.addEventListener("click", (event) => {
    const thumb = event.target.closest(".gallery-thumb");
    if (!thumb) return;
    event.preventDefault();
    const picture = document.getElementById(thumb.hash.slice(1));
    const offset = picture.getBoundingClientRect().left - stage.getBoundingClientRect().left;
    stage.scrollBy({ left: offset });
  });
}
