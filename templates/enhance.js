// What a page gains where scripts run: tables that can be put in order, and charts that tell their numbers.
// All that it shows is on the page already; without it nothing is missing.
"use strict";

// ---- Tables: a button in each header puts the rows in order ----

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

for (const table of document.querySelectorAll(".section.table table")) {
  const headers = [...table.tHead.rows[0].cells];
  if (table.tBodies[0].rows.length < 2) continue;
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    button.addEventListener("click", () => order(table, headers, column));
    header.append(button);
  });
}

function order(table, headers, column) {
  const header = headers[column];
  const [body] = table.tBodies;
  const isNumber = header.classList.contains("number");
  const before = header.getAttribute("aria-sort") ?? (isNumber ? "ascending" : "descending");
  const direction = before === "ascending" ? "descending" : "ascending";
  const rows = [...body.rows];
  rows.sort((one, other) => compare(one.cells[column], other.cells[column], direction === "ascending" ? 1 : -1));
  body.append(...rows);
  mark(headers, header, direction);
}

// An arrow in the header that orders the rows; in none where there is no such header.
function mark(headers, header, direction) {
  for (const each of headers) {
    each.removeAttribute("aria-sort");
    each.querySelector(".arrow")?.remove();
  }
  if (!header) return;
  header.setAttribute("aria-sort", direction);
  const arrow = element("span", "arrow", direction === "ascending" ? "↑\u00a0" : "↓\u00a0");
  arrow.setAttribute("aria-hidden", "true");
  header.firstElementChild.prepend(arrow);
}

// Numbers and dates by what they are, not by how they are written; what is not known comes last both ways.
function compare(one, other, sign) {
  const gaps = one.classList.contains("unknown") - other.classList.contains("unknown");
  if (gaps || one.classList.contains("unknown")) return gaps;
  if ("value" in one.dataset && "value" in other.dataset) return sign * (one.dataset.value - other.dataset.value);
  return sign * collator.compare(one.textContent.trim(), other.textContent.trim());
}

// Paper has the first rows of the report's own order, and says so: it is put back while a browser prints.
for (const table of document.querySelectorAll(".section.table table.cut")) {
  const first = orderOf(table);
  let chosen = first;
  addEventListener("beforeprint", () => { chosen = orderOf(table); putBack(table, first); });
  addEventListener("afterprint", () => putBack(table, chosen));
}

function orderOf(table) {
  const header = table.tHead.querySelector("[aria-sort]");
  return { rows: [...table.tBodies[0].rows], header, direction: header?.getAttribute("aria-sort") };
}

function putBack(table, { rows, header, direction }) {
  table.tBodies[0].append(...rows);
  mark([...table.tHead.rows[0].cells], header, direction);
}

// ---- Charts: the numbers of a place, under the pointer, the finger or the arrow keys ----

for (const figure of document.querySelectorAll(".figure")) {
  const table = figure.querySelector(".numbers table");
  for (const picture of table ? figure.querySelectorAll("svg[data-plot]") : []) tell(picture, table);
}

function tell(picture, table) {
  const [left, top, width, height] = picture.dataset.plot.split(" ").map(Number);
  const [first, count] = picture.dataset.columns.split(" ").map(Number);
  const rows = picture.dataset.rows.split(" ").map(row => table.tBodies[0].rows[row]);
  const names = [...table.tHead.rows[0].cells].slice(1 + first, 1 + first + count);
  const lies = picture.dataset.along === "y";
  const box = picture.parentElement;
  const tip = element("div", "tip");
  const line = element("div", "place");
  let shown = -1;

  box.classList.add("telling");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Numbers of the chart, with the arrow keys");
  tip.setAttribute("role", "status");
  tip.hidden = line.hidden = true;
  box.append(tip, ...(lies ? [] : [line]));

  function show(row) {
    shown = Math.max(0, Math.min(rows.length - 1, row));
    const cells = [...rows[shown].cells];
    tip.replaceChildren(element("strong", "", cells[0].textContent), ...names.map((name, series) => {
      const item = element("span", "");
      item.append(...copies(name), element("b", "number", cells[1 + first + series].textContent || "–"));
      return item;
    }));
    tip.hidden = line.hidden = false;
    put();
  }

  function put() {
    const scale = picture.clientWidth / picture.viewBox.baseVal.width;
    const middle = (shown + 0.5) / rows.length;
    const x = (left + (lies ? width / 2 : middle * width)) * scale;
    const half = tip.offsetWidth / 2;
    tip.style.left = `${Math.max(half, Math.min(box.clientWidth - half, x))}px`;
    tip.style.top = `${(top + (lies ? middle * height : 0)) * scale}px`;
    Object.assign(line.style, { left: `${x}px`, top: `${top * scale}px`, height: `${height * scale}px` });
  }

  function hide() {
    tip.hidden = line.hidden = true;
    shown = -1;
  }

  function point(event) {
    const frame = picture.getBoundingClientRect();
    const scale = frame.width / picture.viewBox.baseVal.width;
    const at = lies ? (event.clientY - frame.top) / scale - top : (event.clientX - frame.left) / scale - left;
    const row = Math.floor((at / (lies ? height : width)) * rows.length);
    if (row !== shown || tip.hidden) show(row);
  }

  box.addEventListener("pointermove", point);
  box.addEventListener("pointerdown", point);
  box.addEventListener("pointerleave", hide);
  box.addEventListener("blur", hide);
  box.addEventListener("focus", () => { if (shown < 0 && box.matches(":focus-visible")) show(0); });
  box.addEventListener("keydown", event => {
    const steps = {
      ArrowRight: shown + 1, ArrowDown: shown + 1, ArrowLeft: shown - 1, ArrowUp: shown - 1, Home: 0, End: rows.length - 1,
    };
    if (event.key in steps) show(steps[event.key]);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
  });
}

function copies(cell) {
  return [...cell.childNodes].map(node => node.cloneNode(true));
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
