// The review table: sorting, filtering, and unfolding a cell to its sentences. Without it the table is still whole.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  for (const part of document.querySelectorAll(".js[hidden]")) part.hidden = false;
  const table = document.getElementById("review");
  if (!table) {
    document.querySelector("#table .controls").hidden = true;
    return;
  }
  const rows = [...table.tBodies];
  const OPENER = 'a[href^="#r"]';
  const get = (id) => document.getElementById(id);
  const shown = get("shown");
  const all = shown.textContent;
  const order = new Intl.Collator("en", { numeric: true });

  // Unfolding. A link that opens is a button once scripts run: it leads nowhere else.
  for (const link of table.querySelectorAll(OPENER)) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  }
  const role = (part) => (part.id || part.hash).split("-")[1];
  const unfold = (row, wanted) => {
    const open = wanted !== null;
    row.classList.toggle("on", open);
    row.querySelector("details").open = open;
    for (const cell of row.querySelectorAll(".cell")) cell.hidden = open && wanted !== "all" && role(cell) !== wanted;
    for (const link of row.querySelectorAll(OPENER)) link.setAttribute("aria-expanded", String(open && role(link) === wanted));
    if (open) minexPapers.name(row);
  };
  const toggle = (link) => unfold(link.closest("tbody"), link.getAttribute("aria-expanded") === "true" ? null : role(link));
  table.addEventListener("click", (event) => {
    const link = event.target.closest(OPENER);
    if (link) {
      event.preventDefault();
      toggle(link);
    }
  });
  table.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches(OPENER)) {
      event.preventDefault();
      toggle(event.target);
    }
  });

  // Sorting.
  const value = (row, column, numeric) => {
    const cell = row.rows[0].cells[column];
    return numeric ? Number(cell.dataset.v) : cell.textContent.trim().replace(/^(–|not reported)$/, "");
  };
  const sort = (head, column) => {
    const numeric = "numeric" in head.dataset;
    const before = head.getAttribute("aria-sort");
    const direction = before === "none" ? (numeric ? -1 : 1) : before === "ascending" ? -1 : 1;
    for (const other of head.parentNode.cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const keyed = rows.map((row) => [value(row, column, numeric), row]);
    keyed.sort(([one], [two]) => {
      // What is empty stands last, whichever way it is sorted.
      if (!numeric && !one !== !two) return one ? -1 : 1;
      return direction * (numeric ? one - two : order.compare(one, two));
    });
    table.append(...keyed.map(([, row]) => row));
  };
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (!head.hasAttribute("aria-sort")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, column));
  });

  // Filtering.
  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) {
      const links = [...row.querySelectorAll('a[href^="http"]')].map((link) => link.textContent);
      texts.set(row, [row.rows[0].textContent, ...new Set(links)].join(" ").toLowerCase());
    }
    return texts.get(row);
  };
  const fits = (row) => {
    const words = get("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    return (
      (!get("cancer").value || row.rows[0].cells[1].firstChild.textContent === get("cancer").value) &&
      (!get("kind").value || row.dataset.type === get("kind").value) &&
      Number(row.rows[0].cells[5].dataset.v) >= Number(get("papers").value) &&
      (!get("hypoxia").checked || !row.rows[0].cells[2].classList.contains("none")) &&
      (!get("against").checked || "against" in row.dataset) &&
      words.every((word) => text(row).includes(word))
    );
  };
  const filter = () => {
    let count = 0;
    for (const row of rows) {
      row.hidden = !fits(row);
      count += !row.hidden;
    }
    shown.textContent = count === rows.length ? all : `${count.toLocaleString("en")} of ${all}`;
  };
  const fields = ["find", "cancer", "kind", "papers", "hypoxia", "against"].map(get);
  for (const field of fields) field.addEventListener("input", filter);
  const clear = () => {
    for (const field of fields) {
      if (field.type === "checkbox") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else field.value = "";
    }
    filter();
  };
  get("clear").addEventListener("click", clear);
  get("unfold").addEventListener("click", (event) => {
    const open = event.target.getAttribute("aria-pressed") !== "true";
    event.target.setAttribute("aria-pressed", String(open));
    for (const row of rows) unfold(row, open && !row.hidden ? "all" : null);
  });

  // A link from the heat map, or from outside, to a row or a cell of it.
  const follow = () => {
    const [, number, wanted] = /^#r(\d+)(?:-(\w+))?$/.exec(location.hash) || [];
    const row = number && get(`r${number}`);
    if (!row) return;
    if (row.hidden) clear();
    unfold(row, wanted || "all");
    row.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  follow();
})();
