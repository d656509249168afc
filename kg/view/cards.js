// The panel: the overview, and the cards of an entity, an edge and an article.

const panel = document.getElementById("panel");
const LONG = 40; // entries of a list that are shown at once

function nameLink(index) {
  const entity = entities[index];
  return el("a", { href: `#${entity.id}`, class: "entity" }, icon(data.kinds[entity.kind]), entity.name);
}

function listed(items, make, attributes = {}) {
  const list = el("ul", attributes, items.slice(0, LONG).map(make));
  if (items.length <= LONG) return list;
  let shown = LONG;
  const more = el("button", { type: "button", class: "link", onclick: () => grow() });
  const word = () => (more.textContent = say("more", { n: Math.min(LONG, items.length - shown) }));
  const grow = () => {
    list.append(...items.slice(shown, shown + LONG).map(make));
    shown += LONG;
    if (shown >= items.length) more.remove();
    else word();
  };
  word();
  return [list, more];
}

function show(...children) {
  panel.replaceChildren(...children.flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
  const heading = panel.querySelector("h2");
  if (heading) heading.tabIndex = -1;
}

function home() {
  return el("p", { class: "home" }, el("a", { href: "#" }, `‹ ${say("overview")}`));
}

function showOverview() {
  if (!entities.length) {
    show(el("h2", {}, say("empty")), el("p", { class: "lead" }, say("empty.hint")));
    return;
  }
  const quoted = facts.reduce((sum, fact) => sum + fact.quoted, 0);
  const counts = [
    ["count.entities", entities.length],
    ["count.facts", facts.length],
    ["count.claims", quoted],
    ["count.articles", articles.length],
  ];
  show(
    el("h2", { class: "visually-hidden" }, say("overview")),
    el("p", { class: "lead" }, say("lead")),
    el("dl", { class: "counts" }, counts.map(([key, n]) => el("div", {}, el("dt", {}, say(key)), el("dd", {}, number(n))))),
    el("h3", {}, say("start")),
    el("ul", { class: "starts" }, entities.slice(0, 12).map((entity) => el("li", {}, nameLink(entity.index)))),
    el("h3", {}, say("all.entities")),
    data.kinds.map((kind, at) => browse(kind, entities.filter((entity) => entity.kind === at))),
    el("h3", {}, say("sources")),
    listed(pages, (page) =>
      el(
        "li",
        {},
        el("b", {}, page.newspaper || say("unknown.paper")),
        el(
          "span",
          { class: "place" },
          [page.date ? day(page.date) : say("undated"), page.number ? say("page", { n: page.number }) : "", page.file]
            .filter(Boolean)
            .join(DOT),
        ),
        el("span", { class: "place" }, say("sources.row", { articles: page.articles })),
      ),
      { class: "pages" },
    ),
    cut ? el("p", { class: "note" }, say("limits")) : null,
  );
}

// All entities of a kind, listed only when somebody opens the list.
function browse(kind, list) {
  if (!list.length) return null;
  const made = el(
    "details",
    { class: "browse" },
    el("summary", {}, icon(kind), headed(kind), el("span", { class: "number" }, number(list.length))),
  );
  const fill = () => made.append(...[listed(list, (entity) => el("li", {}, nameLink(entity.index)), { class: "starts" })].flat());
  made.addEventListener("toggle", fill, { once: true });
  return made;
}

function showEntity(entity) {
  const kind = data.kinds[entity.kind];
  const names = [
    ["names.alternative", entity.alternatives],
    ["names.variant", entity.variants],
  ];
  show(
    home(),
    el("p", { class: "kind" }, icon(kind), headed(kind), entity.isPrivate ? el("span", { class: "tag" }, say("private")) : null),
    el("h2", {}, entity.name),
    el(
      "dl",
      { class: "names" },
      names.filter(([, list]) => list.length).map(([key, list]) => pair(say(key), list.join(language === ZH ? "、" : ", "))),
      entity.code ? pair(say("code"), entity.code) : null,
      entity.within >= 0 ? pair(say("within"), nameLink(entity.within)) : null,
    ),
    actions(entity),
    groups(entity),
    entity.facts.length ? null : el("p", { class: "note" }, say("facts.none")),
    entity.parts.length
      ? el("section", {}, el("h3", {}, say("contains")), listed(entity.parts, (i) => el("li", {}, nameLink(i)), { class: "starts" }))
      : null,
    mentionList(entity),
  );
}

function pair(term, value) {
  return el("div", {}, el("dt", {}, term), el("dd", {}, value));
}

// Draws the neighbours of an entity, the important ones first, a handful at a time.
function unfold(entity) {
  const missing = neighbours(entity.index).filter((i) => !nodes.get(i));
  if (!missing.length) return;
  bring([entity.index, ...missing.slice(0, RELATED)], entity.index);
  highlight(entity.index);
  look([entity.index, ...neighbours(entity.index).filter((i) => nodes.get(i))]);
  count();
  showEntity(entity);
}

function actions(entity) {
  if (!network) return null;
  const missing = neighbours(entity.index).filter((i) => !nodes.get(i)).length;
  const find = () => {
    bring([entity.index], entity.index);
    network.selectNodes([entity.index]);
    look([entity.index]);
    count();
  };
  return el(
    "p",
    { class: "actions" },
    el("button", { type: "button", id: "locate", onclick: find }, say("locate")),
    missing ? el("button", { type: "button", id: "expand", onclick: () => unfold(entity) }, say("expand", { n: missing })) : null,
  );
}

// Facts by relation; those that say something of the entity before those in which it is the object.
function groups(entity) {
  const made = [];
  for (const asObject of [false, true]) {
    data.relations.forEach((relation, at) => {
      const chosen = entity.facts.filter(
        (fact) => fact.relation === at && (fact.subject === entity.index) !== asObject,
      );
      if (!chosen.length) return;
      const key = `${asObject ? "object" : "subject"}.${relation[0]}`;
      const heading = data.labels[key] ? say(key) : headed(relation);
      made.push(group(heading, chosen, (fact) => (asObject ? fact.subject : fact.object)));
    });
  }
  return made;
}

function group(heading, chosen, other) {
  return el(
    "section",
    { class: "facts" },
    el("h3", {}, heading, el("span", { class: "number" }, String(chosen.length))),
    listed(byDate(chosen), (fact) => factItem(fact, other(fact))),
  );
}

function byDate(list) {
  return [...list].sort((a, b) => (b.date || "").localeCompare(a.date || "") || a.index - b.index);
}

function factItem(fact, other, whole = false) {
  const relation = named(data.relations[fact.relation]);
  const status = fact.status >= 0 ? data.statuses[fact.status] : null;
  const modality = data.modalities[fact.modality];
  return el(
    "li",
    { class: "fact" },
    el(
      "p",
      { class: "what" },
      whole ? [nameLink(fact.subject), el("span", { class: "relation" }, relation)] : null,
      other >= 0 ? nameLink(other) : null,
      fact.detail ? el("span", { class: "detail" }, detail(fact)) : null,
      status ? el("span", { class: "tag" }, named(status)) : null,
      modality[0] !== "asserted" ? el("span", { class: "tag doubt" }, named(modality)) : null,
      fact.date ? el("time", {}, day(fact.date)) : null,
      fact.begins ? el("time", {}, say("since", { date: day(fact.begins) })) : null,
      fact.ends ? el("time", {}, say("until", { date: day(fact.ends) })) : null,
      fact.quotes.length ? null : confidence(fact.confidence),
    ),
    evidences(fact),
  );
}

function mentionList(entity) {
  if (!entity.mentioned) return null;
  const left = entity.mentions.length < entity.mentioned;
  return el(
    "details",
    { class: "mentions", open: !entity.facts.length },
    el("summary", {}, say("mentions", { n: entity.mentioned })),
    listed(entity.mentions, (mention) => el("li", {}, evidence(mention))),
    left ? el("p", { class: "note" }, say("mentions.left", { all: entity.mentioned, n: entity.mentions.length })) : null,
  );
}

function showEdge(edge) {
  show(
    home(),
    el("p", { class: "kind" }, say("edge")),
    el("h2", { class: "edge" }, nameLink(edge.subject), el("span", { class: "arrow" }, "→"), nameLink(edge.object)),
    data.relations.map((relation, at) => {
      const chosen = edge.facts.filter((fact) => fact.relation === at);
      return chosen.length ? group(headed(relation), chosen, () => -1) : null;
    }),
  );
}

function showArticle(article) {
  show(
    home(),
    el("p", { class: "kind" }, say("article")),
    el("h2", {}, article.title || say("untitled")),
    el("p", { class: "place" }, [...place(article, 0), article.lines ? say("lines", { n: article.lines }) : ""].filter(Boolean).join(DOT)),
    article.facts.length
      ? el(
          "section",
          { class: "facts" },
          el("h3", {}, say("article.facts"), el("span", { class: "number" }, String(article.facts.length))),
          listed(article.facts, (fact) =>
            factItem({ ...fact, quotes: fact.quotes.filter((q) => q.article === article.index), quoted: 0 }, fact.object, true),
          ),
        )
      : el("p", { class: "note" }, say("article.none")),
  );
}
