// Words of the page in two languages, and elements that are filled with text alone: what comes from a printed
// page is never read as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const ZH = 0;
const EN = 1;
let language = ZH;

function say(key, values = {}) {
  const pair = data.labels[key];
  const text = pair ? pair[language] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// The label of a row [key, Chinese, English, ...] of kinds, relations, statuses or modalities.
function named(row) {
  return row[1 + language];
}

// The same at the beginning of a line.
function headed(row) {
  const text = named(row);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function number(n) {
  return n.toLocaleString("en-US");
}

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// A small drawing of a kind's shape, for the legend and for names in the cards.
const SHAPES = {
  dot: "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6z",
  square: "M2.8 2.8h10.4v10.4h-10.4z",
  diamond: "M8 1.2l6.8 6.8l-6.8 6.8l-6.8-6.8z",
  hexagon: "M4.6 2.2h6.8l3.4 5.8l-3.4 5.8h-6.8l-3.4-5.8z",
  triangle: "M8 2l6.6 11.6h-13.2z",
  triangleDown: "M8 14l6.6-11.6h-13.2z",
};

function icon(kind) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[kind[4]]);
  path.setAttribute("fill", kind[3]);
  svg.append(path);
  return svg;
}

// Fills the fixed parts of the page anew; called at the start and when the language changes.
function relabel() {
  document.documentElement.lang = language === ZH ? "zh-CN" : "en";
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = say(each.dataset.text);
  for (const each of document.querySelectorAll("[data-title]")) {
    each.title = say(each.dataset.title);
    each.setAttribute("aria-label", say(each.dataset.title));
  }
}
