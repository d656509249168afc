// Search over all names of all entities, drawn or not: right names, other names and misread ones.

const input = document.getElementById("search");
const found = document.getElementById("found");
const hits = document.getElementById("hits");
const MOST = 12;
let active = -1;

const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const searchable = entities.map((entity) => ({
  index: entity.index,
  names: [
    [entity.name, ""],
    ...entity.alternatives.map((name) => [name, "also"]),
    ...entity.variants.map((name) => [name, "misread"]),
  ].map(([name, how]) => [fold(name), name, how]),
}));

// The whole name before its beginning before any part of it; entities stand in the order of their importance.
function search(query) {
  const wanted = fold(query);
  const matches = [];
  for (const { index, names } of searchable) {
    let best = null;
    for (const [folded, name, how] of names) {
      const at = folded.indexOf(wanted);
      if (at < 0) continue;
      const rank = folded === wanted ? 0 : at === 0 ? 1 : 2;
      if (!best || rank < best.rank) best = { index, rank, name, how };
    }
    if (best) matches.push(best);
  }
  return matches.sort((a, b) => a.rank - b.rank || a.index - b.index);
}

function showHits() {
  const query = input.value.trim();
  const matches = search(query);
  active = -1;
  hits.replaceChildren(
    ...matches.slice(0, MOST).map((match, at) => {
      const entity = entities[match.index];
      const item = el(
        "li",
        { role: "option", id: `hit-${at}`, "aria-selected": "false" },
        icon(data.kinds[entity.kind]),
        el("span", { class: "hit" }, entity.name),
        match.how ? el("span", { class: "note" }, say(match.how, { name: match.name })) : null,
        el("span", { class: "note kind-note" }, named(data.kinds[entity.kind])),
      );
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => choose(entity));
      item.dataset.id = entity.id;
      return item;
    }),
  );
  const note = document.getElementById("hits-note");
  if (!matches.length) note.textContent = say("search.none", { query });
  else if (matches.length > MOST) note.textContent = say("search.more", { n: number(matches.length - MOST) });
  else note.textContent = say("search.count", { n: matches.length });
  note.className = matches.length > MOST || !matches.length ? "note" : "visually-hidden";
  found.hidden = false;
  input.setAttribute("aria-expanded", "true");
  input.removeAttribute("aria-activedescendant");
}

function closeHits() {
  found.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(entity) {
  input.value = entity.name;
  closeHits();
  if (offKinds.delete(entity.kind)) filterChanged();
  if (window.location.hash === `#${entity.id}`) route();
  else window.location.hash = entity.id;
}

function step(by) {
  const options = [...hits.children];
  if (!options.length) return;
  active = (active + by + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  options[active].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options[active].id);
}

input.addEventListener("input", showHits);
input.addEventListener("focus", () => (input.value ? input.select() : showHits()));
input.addEventListener("blur", closeHits);
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // the keys belong to the input method
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (found.hidden) showHits();
    step(event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
  } else if (event.key === "Enter" && !found.hidden) {
    const option = hits.children[Math.max(active, 0)];
    if (option) choose(entityById.get(option.dataset.id));
  } else if (event.key === "Escape" && !found.hidden) {
    closeHits();
    event.preventDefault(); // the browser would empty the box
  }
});
