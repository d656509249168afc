// The words of a page that a fact rests on, and where they stand.

const DOT = "\u00a0· "; // never at the beginning of a line

function day(date) {
  return date.startsWith("--") ? date.slice(2) : date;
}

function place(article, line) {
  const page = pages[article.page];
  return [
    page.newspaper || say("unknown.paper"),
    page.date ? day(page.date) : say("undated"),
    page.number ? say("page", { n: page.number }) : "",
    page.file,
    line ? say("line", { n: line }) : "",
  ].filter(Boolean);
}

function confidence(value) {
  return el("span", { class: "confidence", title: say("confidence.help") }, say("confidence", { n: value.toFixed(2) }));
}

function evidence(quote) {
  const article = articles[quote.article];
  const modality = data.modalities[quote.modality];
  return el(
    "figure",
    { class: "evidence" },
    el("blockquote", {}, quote.prefix, el("mark", {}, quote.exact), quote.suffix),
    el(
      "figcaption",
      {},
      el("a", { href: `#${article.id}`, class: "headline" }, article.title || say("untitled")),
      el(
        "span",
        { class: "place" },
        place(article, quote.line).join(DOT),
        modality ? [DOT, confidence(quote.confidence)] : null,
      ),
      modality && modality[0] !== "asserted" ? el("span", { class: "tag doubt" }, named(modality)) : null,
    ),
  );
}

// The first quotation in the open, the others folded away, and a word on those that the file leaves out.
function evidences(fact) {
  const [best, ...others] = fact.quotes;
  const left =
    fact.quotes.length < fact.quoted
      ? el("p", { class: "note" }, say("evidence.left", { all: fact.quoted, n: fact.quotes.length }))
      : null;
  return [
    best ? evidence(best) : null,
    others.length
      ? el("details", { class: "others" }, el("summary", {}, say("evidence.one", { n: others.length })), others.map(evidence))
      : null,
    left,
  ];
}

function money(text) {
  const yuan = Number(text);
  if (!Number.isFinite(yuan) || text.trim() === "") return text;
  const round = (n) => Number(n.toFixed(4)).toLocaleString("en-US", { maximumFractionDigits: 4 });
  if (language === EN) {
    if (yuan >= 1e9) return `CNY ${round(yuan / 1e9)} billion`;
    return yuan >= 1e6 ? `CNY ${round(yuan / 1e6)} million` : `CNY ${round(yuan)}`;
  }
  if (yuan >= 1e8) return `${round(yuan / 1e8)} 亿元`;
  return yuan >= 1e4 ? `${round(yuan / 1e4)} 万元` : `${round(yuan)} 元`;
}

function detail(fact) {
  const relation = data.relations[fact.relation][0];
  if (relation === "amount") return money(fact.detail);
  if (relation === "stake" && fact.detail) return `${fact.detail}%`;
  if (relation === "byline") return data.labels[`detail.${fact.detail}`] ? say(`detail.${fact.detail}`) : fact.detail;
  return fact.detail;
}
