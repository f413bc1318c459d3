// What is chosen in the network: a concept with its relations, or a relation with its sentences. All by keyboard too.
"use strict";
(() => {
  if (!minexNetwork) return;
  const { data, state, cy, draw, pick, kind, NAMES } = minexNetwork;
  const get = (id) => document.getElementById(id);
  const panel = get("panel");
  const VERBS = { "1": "raises", "-1": "lowers", "0": "and" };
  const ARROWS = { "1": "→", "-1": "⊣", "0": "—" };
  const papers = (count) => `${count.toLocaleString("en")} ${count === 1 ? "paper" : "papers"}`;
  // Nothing is certain: what would be rounded to 1 is above 0.99.
  const sure = (belief) => (belief >= 0.995 ? ">0.99" : belief.toFixed(2));
  const make = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const action = (text, act) => {
    const button = make("button", text, { type: "button" });
    button.addEventListener("click", act);
    return button;
  };
  const buttons = (...parts) => {
    const line = make("div", "", { className: "buttons" });
    line.append(...parts);
    return line;
  };
  const name = (node) => data.nodes[node][0];
  const list = (edges) => {
    const items = make("ul", "", { className: "list" });
    for (const number of edges) {
      const [subject, sign, object, belief, documents] = data.edges[number];
      const button = action("", () => showEdge(number));
      button.append(`${name(subject)} `, make("span", ARROWS[sign], { title: VERBS[sign] }), ` ${name(object)} `);
      button.append(make("small", `${papers(documents)}, belief ${sure(belief)}`));
      const item = make("li");
      item.append(button);
      items.append(item);
    }
    return items;
  };

  const showAll = () => {
    const edges = draw();
    pick([]);
    const title = edges.length ? `${edges.length} relations drawn` : "No relation fits";
    panel.replaceChildren(make("h3", title), make("p", "Choose one here, or a concept or a line in the drawing.", { className: "note" }));
    const hidden = [...state.hidden];
    if (hidden.length) {
      panel.append(make("p", `Hidden: ${hidden.map(name).join(", ")}`, { className: "note" }));
    }
    panel.append(list(edges));
    panel.scrollTop = 0;
  };
  const back = () => action("All that is drawn", () => {
    state.focus = null;
    state.wanted = null;
    showAll();
  });
  const showNode = (node) => {
    const edges = data.edges.map((_, number) => number).filter((number) => data.edges[number][0] === node || data.edges[number][2] === node);
    pick([`n${node}`]);
    const only = action("Only it and its neighbours", () => {
      state.focus = node;
      draw();
      showNode(node);
    });
    const hide = action("Hide it", () => {
      state.hidden.add(node);
      if (state.focus === node) state.focus = null;
      showAll();
    });
    const type = NAMES[kind(node)].replace(/s( and proteins)?$/, "").replace("processe", "process");
    panel.replaceChildren(make("h3", name(node)), make("p", `${type}, ${edges.length} ${edges.length === 1 ? "relation" : "relations"}`, { className: "note" }));
    panel.append(buttons(only, hide, back()), list(edges));
    panel.scrollTop = 0;
  };

  // The sentences stand once in the page, under the cells of the table and the further statements.
  const statements = new Map();
  for (const said of document.querySelectorAll("main [data-t]")) {
    const number = Number(said.dataset.t);
    statements.set(number, [...(statements.get(number) || []), said]);
  }
  const showEdge = (number) => {
    const [subject, sign, object, belief, documents, predicates, triples] = data.edges[number];
    if (cy.getElementById(`e${number}`).empty()) {
      state.wanted = number;
      draw();
    }
    pick([`e${number}`]);
    panel.replaceChildren(make("h3", `${name(subject)} ${VERBS[sign]} ${name(object)}`));
    panel.append(make("p", `${papers(documents)}, belief ${sure(belief)}; in the words of the papers: ${predicates.join(", ")}`, { className: "note" }));
    panel.append(buttons(action(name(subject), () => showNode(subject)), action(name(object), () => showNode(object)), back()));
    const said = make("div");
    said.dataset.t = "";
    const items = make("ul");
    const seen = new Set();
    for (const statement of triples.flatMap((triple) => statements.get(triple) || [])) {
      for (const sentence of statement.querySelectorAll("li")) {
        if (!seen.has(sentence.textContent)) items.append(sentence.cloneNode(true));
        seen.add(sentence.textContent);
      }
    }
    said.append(items.childElementCount ? items : make("p", "Its sentences are left out here; they are in the database.", { className: "note" }));
    panel.append(said);
    minexPapers.name(panel);
    panel.scrollTop = 0;
  };

  cy.on("tap", "node", (event) => showNode(Number(event.target.id().slice(1))));
  cy.on("tap", "edge", (event) => showEdge(Number(event.target.id().slice(1))));
  const places = new Map(data.nodes.map(([each], node) => [each.toLowerCase(), node]));
  get("nodes").append(...data.nodes.slice(0, 3000).map(([each]) => make("option", "", { value: each })));
  get("node").addEventListener("change", (event) => {
    const node = places.get(event.target.value.trim().toLowerCase());
    if (node === undefined) return;
    state.hidden.delete(node);
    if (cy.getElementById(`n${node}`).empty()) {
      state.focus = node;
      draw();
    }
    showNode(node);
  });
  for (const field of document.querySelectorAll('#network input[type="checkbox"], #amount')) {
    field.addEventListener("input", showAll);
  }
  get("all").addEventListener("click", () => {
    state.hidden.clear();
    state.focus = null;
    state.wanted = null;
    showAll();
  });
  // For a look from the console, and for tests.
  window.minexNetwork = minexNetwork;
  showAll();
})();
