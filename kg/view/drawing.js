// The graph on the canvas. Positions come from the page (physics is off); what is opened later finds a free place.

const RELATED = 24; // neighbours opened at once
const CROWD = 200; // edges
const LEGIBLE = 0.66; // the smallest scale at which the smallest labels can be read
const INK = "#23272e";
const LINE = "#a9aeb5";
const FADED = "#5d646d"; // labels of edges
const FAINT = "#c9cac9"; // text that is dimmed
const PAPER = "#fbfaf7";
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const first = JSON.parse(document.getElementById("nodes").textContent);
const firstEdges = JSON.parse(document.getElementById("edges").textContent);
const offKinds = new Set();
const offRelations = new Set();
let nodes = null;
let edges = null;
let network = null;
let focus = null; // { nodes: Set, edges: Set } that stay bright, or null

function short(name, most = 9) {
  const letters = [...name];
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join("")}…`;
}

// Sizes grow with the number of neighbours, as content.py plans them.
function fontSize(index) {
  const degree = neighbours(index).length;
  return 14 + (degree ? Math.min(16, Math.round(1.7 * Math.sqrt(degree - 1))) : 0);
}

function nodeOptions(index) {
  const entity = entities[index];
  const degree = neighbours(index).length;
  const kind = data.kinds[entity.kind];
  return {
    id: index,
    label: short(entity.name),
    title: `${entity.name}（${named(kind)}）`,
    shape: kind[4],
    size: 8 + Math.min(16, Math.round(2.6 * Math.sqrt(degree))),
    font: { size: fontSize(index), color: INK },
    color: {
      background: kind[3],
      border: PAPER,
      highlight: { background: kind[3], border: INK },
      hover: { background: kind[3], border: INK },
    },
  };
}

// One line of label for each relation that the filter leaves, with the title where there is but one.
function edgeOptions(edge) {
  const left = edge.facts.filter((fact) => !offRelations.has(fact.relation));
  const lines = [...new Set(left.map((fact) => fact.relation))].map((relation) => {
    const details = [...new Set(left.filter((f) => f.relation === relation).map(edgeDetail).filter(Boolean))];
    const shown = details.length ? ` ${short(details[0], 6)}${details.length > 1 ? " …" : ""}` : "";
    return named(data.relations[relation]) + shown;
  });
  const certain = left.some((fact) => data.modalities[fact.modality][0] === "asserted");
  return {
    id: edge.id,
    from: edge.subject,
    to: edge.object,
    label: lines.join("\n"),
    hidden: !left.length || offKinds.has(entities[edge.subject].kind) || offKinds.has(entities[edge.object].kind),
    dashes: certain ? false : [4, 4],
    smooth: edge.back ? { enabled: true, type: "curvedCW", roundness: 0.2 } : false,
  };
}

function edgeDetail(fact) {
  const relation = data.relations[fact.relation][0];
  if (relation === "stake" && fact.detail) return `${fact.detail}%`;
  return ["post", "appoint", "remove"].includes(relation) ? fact.detail : "";
}

function draw(container) {
  nodes = new vis.DataSet(first.map((n) => ({ ...nodeOptions(n.id), x: n.x, y: n.y })));
  edges = new vis.DataSet(firstEdges.map((e) => edgeOptions(edgesById.get(e.id))));
  network = new vis.Network(
    container,
    { nodes, edges },
    {
      autoResize: true,
      physics: { enabled: false },
      layout: { improvedLayout: false, randomSeed: 1 },
      interaction: {
        hover: true,
        tooltipDelay: 250,
        multiselect: false,
        zoomSpeed: 0.6,
        keyboard: { enabled: true, bindToWindow: false, speed: { x: 8, y: 8, zoom: 0.03 } },
      },
      nodes: {
        borderWidth: 1.5,
        borderWidthSelected: 3,
        font: { face: "sans-serif", color: INK, strokeWidth: 4, strokeColor: PAPER, vadjust: -2 },
        scaling: { label: { drawThreshold: 6, maxVisible: 22 } },
      },
      edges: {
        arrows: { to: { enabled: true, scaleFactor: 0.45 } },
        color: { color: LINE, highlight: INK, hover: INK, inherit: false },
        font: { face: "sans-serif", size: 12, color: FADED, strokeWidth: 3, strokeColor: PAPER, align: "horizontal" },
        scaling: { label: { drawThreshold: 7, maxVisible: 14 } },
        chosen: { label: false },
        selectionWidth: 0.5,
        hoverWidth: 0.5,
      },
    },
  );
  // vis-network puts its canvas before everything else in the order of the tab key.
  const frame = container.querySelector(".vis-network");
  frame.tabIndex = 0;
  paint();
}

// The whole graph where its labels can be read, else its middle, where the best connected stand.
function open() {
  network.fit({ animation: false, maxZoomLevel: 1.2 });
  if (network.getScale() < LEGIBLE) network.moveTo({ position: { x: 0, y: 0 }, scale: LEGIBLE, animation: false });
}

// Who is hidden by a filter and who is dimmed, in one pass.
function paint() {
  if (!network) return;
  nodes.update(
    nodes.getIds().map((i) => {
      const dim = focus && !focus.nodes.has(i);
      // An update replaces the whole font, so its size is said again.
      const font = { size: fontSize(i), color: dim ? FAINT : INK };
      return { id: i, hidden: offKinds.has(entities[i].kind), opacity: dim ? 0.15 : 1, font };
    }),
  );
  // Where lines run criss-cross their labels would hide all else: they then wait until a node is chosen.
  const crowded = edges.length > CROWD && edges.length > 1.4 * nodes.length;
  edges.update(
    edges.getIds().map((id) => {
      const dim = focus && !focus.edges.has(id);
      const silent = dim || (crowded && !focus);
      return {
        ...edgeOptions(edgesById.get(id)),
        color: { color: LINE, opacity: dim ? 0.15 : 1 },
        font: { size: 12, color: silent ? "transparent" : FADED, strokeWidth: silent ? 0 : 3 },
      };
    }),
  );
}

function relabelGraph() {
  if (!network) return;
  nodes.update(nodes.getIds().map((i) => ({ id: i, title: nodeOptions(i).title })));
  paint();
}

// Brings entities into the drawing, around one of them or near one that is there already.
function bring(indices, beside) {
  if (!network) return;
  const fresh = indices.filter((i) => !nodes.get(i));
  const places = Object.values(network.getPositions());
  const centre = nodes.get(beside) ? network.getPositions([beside])[beside] : freePlace(places, { x: 0, y: 0 }, 0);
  for (const index of fresh) {
    const spot = index === beside ? centre : freePlace(places, centre, 1);
    places.push(spot);
    nodes.add({ ...nodeOptions(index), x: spot.x, y: spot.y });
  }
  for (const index of fresh) {
    for (const edge of entities[index].edges) {
      if (nodes.get(edge.subject) && nodes.get(edge.object) && !edges.get(edge.id)) edges.add(edgeOptions(edge));
    }
  }
}

// The nearest place around a centre where a node with its label lies on no other, on a widening spiral.
function freePlace(places, centre, from) {
  for (let turn = from; turn < 4000; turn += 1) {
    const radius = turn === 0 ? 0 : 90 + 9 * Math.sqrt(turn) * Math.sqrt(turn / 12);
    const angle = turn * 2.39996;
    const x = Math.round(centre.x + 1.25 * radius * Math.cos(angle));
    const y = Math.round(centre.y + radius * Math.sin(angle));
    if (places.every((p) => Math.abs(p.x - x) > 124 || Math.abs(p.y - y) > 52)) return { x, y };
  }
  return centre;
}

function highlight(index) {
  focus = { nodes: new Set([index, ...neighbours(index)]), edges: new Set(entities[index].edges.map((e) => e.id)) };
  paint();
}

function highlightEdge(edge) {
  focus = { nodes: new Set([edge.subject, edge.object]), edges: new Set([edge.id]) };
  paint();
}

function unhighlight() {
  focus = null;
  if (network) network.unselectAll();
  paint();
}

function look(indices) {
  if (!network) return;
  const animation = calm ? false : { duration: 350, easingFunction: "easeInOutQuad" };
  if (indices.length === 1) {
    network.focus(indices[0], { scale: Math.max(network.getScale(), 0.9), animation });
  } else {
    network.fit({ nodes: indices, animation, maxZoomLevel: 1.1 });
  }
}
