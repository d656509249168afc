// Puts the parts together. The address after # says what the panel shows, so that a card can be linked to and
// the browser's own back button works.

function byId(id) {
  return document.getElementById(id);
}

function count() {
  if (!network) return;
  const drawn = nodes.getIds().filter((i) => !offKinds.has(entities[i].kind)).length;
  const rest = entities.length - nodes.length;
  byId("drawn").textContent = [
    say("drawn", { drawn: number(drawn), all: number(entities.length) }),
    rest ? say("drawn.rest", { n: number(rest) }) : "",
  ].join(language === ZH ? "，" : ". ").replace(/[，.] ?$/, language === ZH ? "。" : ".");
}

function filterChanged() {
  for (const button of byId("kinds").children) {
    button.setAttribute("aria-pressed", String(!offKinds.has(Number(button.dataset.kind))));
  }
  for (const box of byId("relation-list").querySelectorAll("input")) {
    box.checked = !offRelations.has(Number(box.value));
  }
  byId("relations").classList.toggle("filtered", offRelations.size > 0);
  paint();
  count();
}

function legend() {
  const kinds = data.kinds.map((kind, at) => [kind, at, entities.filter((e) => e.kind === at).length]);
  byId("kinds").setAttribute("aria-label", say("kinds"));
  byId("kinds").replaceChildren(
    ...kinds
      .filter(([, , n]) => n)
      .map(([kind, at, n]) =>
        el(
          "button",
          {
            type: "button",
            "data-kind": at,
            onclick: () => {
              if (!offKinds.delete(at)) offKinds.add(at);
              filterChanged();
            },
          },
          icon(kind),
          headed(kind),
          el("span", { class: "number" }, number(n)),
        ),
      ),
  );
  const joining = facts.filter((fact) => fact.object >= 0 && fact.object !== fact.subject);
  const used = data.relations.map((relation, at) => [relation, at, joining.filter((f) => f.relation === at).length]);
  byId("relation-list").replaceChildren(
    ...used
      .filter(([, , n]) => n)
      .map(([relation, at, n]) => {
        const box = el("input", { type: "checkbox", value: at });
        box.addEventListener("change", () => {
          if (box.checked) offRelations.delete(at);
          else offRelations.add(at);
          filterChanged();
        });
        return el("li", {}, el("label", {}, box, headed(relation), el("span", { class: "number" }, number(n))));
      }),
  );
  filterChanged();
}

// `moved`: the reader came by a link or by search, so the graph and the focus follow; a click on the graph
// leaves the drawing where it is.
function route(moved = true) {
  const name = window.location.hash.slice(1);
  const entity = entityById.get(name);
  const article = articleById.get(name);
  const edge = edgesById.get(name.replace(/^edge-/, ""));
  if (entity) {
    if (network) {
      const near = neighbours(entity.index);
      if (!nodes.get(entity.index)) bring([entity.index, ...near.slice(0, RELATED)], near.find((i) => nodes.get(i)) ?? entity.index);
      network.selectNodes([entity.index], false);
      highlight(entity.index);
      if (moved) look([entity.index, ...near.filter((i) => nodes.get(i))]);
    }
    showEntity(entity);
  } else if (edge) {
    if (network) {
      bring([edge.subject, edge.object], edge.subject);
      network.setSelection({ nodes: [], edges: [edge.id] }, { highlightEdges: false });
      highlightEdge(edge);
      if (moved) look([edge.subject, edge.object]);
    }
    showEdge(edge);
  } else if (article) {
    unhighlight();
    showArticle(article);
  } else {
    unhighlight();
    showOverview();
  }
  count();
}

function arrive() {
  const heading = panel.querySelector("h2");
  if (heading && (document.activeElement === document.body || document.activeElement === input)) {
    heading.focus({ preventScroll: true });
  }
  if (panel.getBoundingClientRect().top < 0) window.scrollTo({ top: panel.offsetTop - 0.4 * window.innerHeight });
}

let clicked = false; // the address is about to change because of a click on the graph

function go(name) {
  if (window.location.hash.slice(1) === name) return;
  clicked = true;
  window.location.hash = name;
}

// What the canvas reports; bound anew when the drawing is made anew.
function events() {
  network.on("click", (event) => {
    if (event.nodes.length) go(entities[event.nodes[0]].id);
    else if (event.edges.length) go(`edge-${event.edges[0]}`);
    else go("");
  });
  network.on("doubleClick", (event) => {
    if (event.nodes.length) unfold(entities[event.nodes[0]]);
  });
}

function buttons() {
  byId("fit").addEventListener("click", () => look(nodes.getIds()));
  byId("zoom-in").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.3, animation: !calm && { duration: 150 } }));
  byId("zoom-out").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.3, animation: !calm && { duration: 150 } }));
  byId("reset").addEventListener("click", () => {
    network.destroy();
    offKinds.clear();
    offRelations.clear();
    focus = null;
    draw(byId("canvas"));
    events();
    filterChanged();
    open();
    if (window.location.hash) window.location.hash = "";
  });
}

function translate() {
  relabel();
  input.placeholder = say("search");
  input.setAttribute("aria-label", say("search.label"));
  byId("canvas").setAttribute("aria-label", say("graph"));
  panel.setAttribute("aria-label", say("panel"));
  legend();
  relabelGraph();
  route(false);
}

byId("language").addEventListener("click", () => {
  language = language === ZH ? EN : ZH;
  translate();
});
byId("print").addEventListener("click", () => window.print());
byId("relations-all").addEventListener("click", () => {
  offRelations.clear();
  filterChanged();
});
byId("relations-none").addEventListener("click", () => {
  data.relations.forEach((_, at) => offRelations.add(at));
  filterChanged();
});
document.addEventListener("click", (event) => {
  if (!byId("relations").contains(event.target)) byId("relations").open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") byId("relations").open = false;
});
window.addEventListener("hashchange", () => {
  if (window.location.hash === "#search") return;
  route(!clicked);
  clicked = false;
  arrive();
});
window.addEventListener("beforeprint", () => {
  for (const each of panel.querySelectorAll("details")) each.open = true;
});

if (entities.length) {
  try {
    draw(byId("canvas"));
    events();
    buttons();
  } catch (error) {
    network = null;
    byId("canvas").textContent = say("broken");
    console.error(error);
  }
} else {
  document.body.classList.add("empty");
}
if (network) open();
translate();
if (window.location.hash) route();
// A handle for people who open the console, and for the tests.
window.kgViewer = { network: () => network, nodes: () => nodes, edges: () => edges };
