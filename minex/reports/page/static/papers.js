// Titles of papers: they stand once in the page, in the list of papers, and are set beside a sentence when it is shown.
"use strict";
const minexPapers = (() => {
  let titles = null;
  const read = () => new Map([...document.querySelectorAll("#papers-read li")].map((item) => [item.querySelector("a, b").textContent, item.querySelector("cite")]));
  const name = (part) => {
    titles ??= read();
    for (const source of part.querySelectorAll("[data-t] li > p:not(.named)")) {
      const title = titles.get(source.firstElementChild.textContent);
      if (title) source.firstElementChild.after(" ", title.cloneNode(true));
      source.classList.add("named");
    }
  };
  // Without a click: what a reader unfolds by the browser's own means.
  document.addEventListener("toggle", (event) => event.target.open && name(event.target), true);
  return { name };
})();
