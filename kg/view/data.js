// The rows of the embedded data, by name.

const entities = data.entities.map((row, index) => ({
  index,
  id: row[0],
  kind: row[1],
  name: row[2],
  alternatives: row[3],
  variants: row[4],
  code: row[5],
  within: row[6],
  isPrivate: row[7] === 1,
  mentioned: row[8],
  mentions: row[9].map(quote),
  facts: [],
  edges: [],
  parts: [],
}));

const facts = data.facts.map((row, index) => ({
  index,
  relation: row[0],
  subject: row[1],
  object: row[2],
  detail: row[3],
  date: row[4],
  status: row[5],
  begins: row[6],
  ends: row[7],
  confidence: row[8],
  modality: row[9],
  quoted: row[10],
  quotes: row[11].map(quote),
}));

const pages = data.pages.map((row) => ({ file: row[0], newspaper: row[1], date: row[2], number: row[3], articles: 0 }));

const articles = data.articles.map((row, index) => ({
  index,
  id: row[0],
  title: row[1],
  printed: row[2] === 1,
  lines: row[3],
  page: row[4],
  facts: [],
}));

function quote(row) {
  const [article, line, prefix, exact, suffix, confidence, modality] = row;
  return { article, line, prefix, exact, suffix, confidence, modality };
}

// All facts that say something of one entity and another are one edge.
const edgesById = new Map();

for (const fact of facts) {
  entities[fact.subject].facts.push(fact);
  if (fact.object >= 0 && fact.object !== fact.subject) {
    entities[fact.object].facts.push(fact);
    const id = `${fact.subject}-${fact.object}`;
    let edge = edgesById.get(id);
    if (!edge) {
      const back = edgesById.has(`${fact.object}-${fact.subject}`);
      edge = { id, subject: fact.subject, object: fact.object, facts: [], back };
      edgesById.set(id, edge);
      entities[fact.subject].edges.push(edge);
      entities[fact.object].edges.push(edge);
    }
    edge.facts.push(fact);
  }
  for (const at of new Set(fact.quotes.map((q) => q.article))) articles[at].facts.push(fact);
}

for (const entity of entities) if (entity.within >= 0) entities[entity.within].parts.push(entity.index);
for (const article of articles) pages[article.page].articles += 1;

const entityById = new Map(entities.map((entity) => [entity.id, entity]));
const articleById = new Map(articles.map((article) => [article.id, article]));

const cut =
  facts.some((fact) => fact.quotes.length < fact.quoted) ||
  entities.some((entity) => entity.mentions.length < entity.mentioned);

function neighbours(index) {
  return [...new Set(entities[index].edges.map((e) => (e.subject === index ? e.object : e.subject)))].sort((a, b) => a - b);
}
