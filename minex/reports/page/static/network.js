// The regulation network: which part of it is drawn, and how. What is chosen in it, panel.js tells.
"use strict";
const minexNetwork = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  const NAMES = {
    MIRNA: "miRNAs", GENE: "genes and proteins", LNCRNA: "lncRNAs", PROCESS: "processes", CANCER: "cancers",
    CONDITION: "conditions", VESICLE: "vesicles", OTHER: "others",
  };
  const SHAPES = {
    MIRNA: "round-rectangle", GENE: "rectangle", LNCRNA: "cut-rectangle", PROCESS: "ellipse", CANCER: "octagon",
    CONDITION: "hexagon", VESICLE: "barrel", OTHER: "bottom-round-rectangle",
  };
  const kind = (node) => (data.nodes[node][1] in NAMES ? data.nodes[node][1] : "OTHER");
  const state = { hidden: new Set(), focus: null, wanted: null };
  const box = get("graph");
  if (!data.edges.length) {
    box.closest(".js").replaceWith("Nothing was read that one thing does to another.");
    return null;
  }

  // Choosing.
  const kinds = [...new Set(data.nodes.map((_, node) => kind(node)))];
  for (const name of Object.keys(NAMES).filter((each) => kinds.includes(each))) {
    const label = document.createElement("label");
    const field = Object.assign(document.createElement("input"), { type: "checkbox", name: "kind", value: name, checked: true });
    const swatch = document.createElement("span");
    label.className = "check";
    swatch.className = `key swatch ${name}`;
    swatch.setAttribute("aria-hidden", "true");
    label.append(field, swatch, ` ${NAMES[name]}`);
    get("kinds").append(label);
  }
  const checked = (name) => new Set([...document.querySelectorAll(`input[name="${name}"]:checked`)].map((field) => field.value));
  const chosen = () => {
    const signs = checked("sign");
    const allowed = checked("kind");
    const most = Number(get("amount").value);
    const fits = ([subject, sign, object]) =>
      signs.has(String(sign)) && [subject, object].every((node) => allowed.has(kind(node)) && !state.hidden.has(node));
    const edges = data.edges.map((edge, number) => number).filter((number) => fits(data.edges[number]));
    const touches = (node) => edges.filter((number) => data.edges[number][0] === node || data.edges[number][2] === node);
    if (state.focus !== null) return touches(state.focus).slice(0, most);
    const first = edges.slice(0, most);
    return state.wanted !== null && !first.includes(state.wanted) ? [...first, state.wanted] : first;
  };

  // Drawing.
  const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const FONT = "13px system-ui, -apple-system, 'Segoe UI', sans-serif";
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = FONT;
  const width = (name) => Math.ceil(ruler.measureText(name).width) + 22;
  const short = (name) => (name.length > 30 ? `${name.slice(0, 29)}…` : name);
  const style = () => [
    {
      selector: "node",
      style: {
        label: "data(name)", width: "data(width)", height: 28, shape: "data(shape)", "background-color": (node) => paint(node.data("kind").toLowerCase()),
        "border-width": 1, "border-color": paint("strong"), color: paint("ink"), "font-size": 13, "text-valign": "center",
        "font-family": "system-ui, -apple-system, Segoe UI, sans-serif",
      },
    },
    {
      selector: "edge",
      style: {
        width: (edge) => 0.8 + 4.2 * edge.data("belief") ** 3, "curve-style": "bezier", "line-color": paint("neither"), "line-style": "dotted",
        "target-arrow-color": paint("neither"), "target-arrow-shape": "none", "arrow-scale": 1.1, opacity: 0.85,
      },
    },
    { selector: "edge[sign > 0]", style: { "line-color": paint("up"), "line-style": "solid", "target-arrow-color": paint("up"), "target-arrow-shape": "triangle" } },
    { selector: "edge[sign < 0]", style: { "line-color": paint("down"), "line-style": "dashed", "line-dash-pattern": [9, 4], "target-arrow-color": paint("down"), "target-arrow-shape": "tee" } },
    { selector: ".faint", style: { opacity: 0.18 } },
    { selector: "node.picked", style: { "border-width": 3, "border-color": paint("focus") } },
    { selector: "edge.picked", style: { opacity: 1, "underlay-color": paint("focus"), "underlay-opacity": 0.35, "underlay-padding": 4 } },
  ];
  const cy = cytoscape({ container: box, style: style(), minZoom: 0.15, maxZoom: 3, boxSelectionEnabled: false, autounselectify: true });
  // A page that scrolls under the finger or the wheel must not stop at the drawing: it moves only once it is touched.
  const awake = (is) => cy.userZoomingEnabled(is).userPanningEnabled(is);
  awake(false);
  cy.on("tapstart", () => awake(true));
  box.addEventListener("mouseleave", () => awake(false));

  const element = (number) => {
    const [subject, sign, object, belief] = data.edges[number];
    return { data: { id: `e${number}`, source: `n${subject}`, target: `n${object}`, sign, belief } };
  };
  const draw = () => {
    const edges = chosen();
    const nodes = [...new Set(edges.flatMap((number) => [data.edges[number][0], data.edges[number][2]]))];
    get("amount-told").value = String(edges.length);
    cy.batch(() => {
      cy.elements().remove();
      for (const node of nodes) {
        const name = short(data.nodes[node][0]);
        cy.add({ data: { id: `n${node}`, name, kind: kind(node), shape: SHAPES[kind(node)], width: width(name) } });
      }
      for (const number of edges) cy.add(element(number));
    });
    minexLayout(cy, box.clientWidth / Math.max(1, box.clientHeight));
    return edges;
  };
  const pick = (ids) => {
    cy.elements().removeClass("picked faint");
    const picked = cy.collection(ids.map((id) => cy.getElementById(id)).filter((each) => each.nonempty()));
    if (picked.empty()) return;
    picked.addClass("picked");
    cy.elements().not(picked.closedNeighborhood().union(picked.connectedNodes())).addClass("faint");
  };

  const restyle = () => cy.style(style());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
  // On paper everything is light.
  const paper = (is) => () => {
    document.documentElement.classList.toggle("paper", is);
    restyle();
  };
  window.addEventListener("beforeprint", paper(true));
  window.addEventListener("afterprint", paper(false));
  get("zoom-in").addEventListener("click", () => cy.zoom({ level: cy.zoom() * 1.3, renderedPosition: { x: box.clientWidth / 2, y: box.clientHeight / 2 } }));
  get("zoom-out").addEventListener("click", () => cy.zoom({ level: cy.zoom() / 1.3, renderedPosition: { x: box.clientWidth / 2, y: box.clientHeight / 2 } }));
  get("fit").addEventListener("click", () => cy.fit(undefined, 18));
  const amount = get("amount");
  if (box.clientWidth < 500) amount.value = "20";
  amount.max = String(Math.max(5, Math.min(400, data.edges.length)));
  return { data, state, cy, draw, pick, kind, NAMES };
})();
