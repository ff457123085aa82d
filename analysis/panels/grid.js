// A table of which the kernel sends one page at a time. Cells are text, never HTML.

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// A file name may be broken after its dots and lines, other words only at spaces.
const breakable = (text) => text.split(/(\S{20,})/).flatMap((part, odd) =>
  odd % 2 ? part.split(/(?<=[_.])/).flatMap((piece, at) => (at ? [document.createElement("wbr"), piece] : [piece])) : [part]);
const content = (cell) =>
  typeof cell === "string" ? breakable(cell) : [cell[0], element("b", {}, cell[1]), cell[2]];
const LONG = 50; // characters that no narrow column should hold
const ARROWS = { ascending: " ▲", descending: " ▼", none: "" };

function render({ model, el }) {
  let wanted = null; // the row that gets the focus once its page is here
  let box = null; // what scrolls
  const width = new ResizeObserver(() => { box.nextSibling.hidden = box.scrollWidth <= box.clientWidth + 1; });
  el.classList.add("wb-grid");
  el.classList.toggle("wb-chooses", model.get("chooses"));

  function ask(message) {
    el.setAttribute("aria-busy", "true");
    model.send(message);
  }
  function choose(row) {
    if (!model.get("chooses")) return settle(row);
    const { first, names } = model.get("page");
    model.set("chosen", row); // marked at once; sent by name, since the kernel may have other rows by now
    model.send({ ask: "choose", row, name: names[row - first] });
    settle(row);
  }
  function turn(first, row) {
    wanted = row;
    ask({ ask: "turn", first });
  }
  function settle(row) { // only one row is in the order of the Tab key
    for (const line of el.querySelectorAll("tbody tr")) {
      const at = Number(line.dataset.row);
      line.tabIndex = at === row ? 0 : -1;
      line.setAttribute("aria-selected", String(at === model.get("chosen")));
    }
  }
  function go(row) {
    const { first, rows, size } = model.get("page");
    if (row < first || row >= first + rows.length) return turn(row - (row % size), row);
    settle(row);
    el.querySelector(`tr[data-row="${row}"]`).focus();
  }
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.stopPropagation(); // the notebook would take an arrow, or a letter, for its own
    const line = event.target.closest("tr[data-row]");
    if (!line) return;
    const at = Number(line.dataset.row);
    const { total, size } = model.get("page");
    const ways = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + size, PageUp: at - size, Home: 0, End: total - 1 };
    if (event.key === "Enter" || event.key === " ") choose(at);
    else if (event.key in ways) go(Math.max(0, Math.min(total - 1, ways[event.key])));
    else return;
    event.preventDefault();
  }

  function header({ name, right, under, sort }) {
    const kind = under ? (sort === null ? "wb-unseen" : "wb-part") : right ? "wb-right" : "";
    const cell = element("th", { scope: "col", role: "columnheader", class: kind });
    if (sort === null) cell.append(name);
    else {
      cell.setAttribute("aria-sort", sort);
      const button = element("button", { type: "button", title: "sort by this column" }, name + ARROWS[sort]);
      button.onclick = () => ask({ ask: "sort", column: name, descending: sort === "ascending" });
      cell.append(button);
    }
    return cell;
  }
  function arranged(cells, columns) { // those of some columns last, on lines of their own
    const under = element("div", { role: "presentation", class: "wb-under" },
      ...cells.filter((_, at) => columns[at].under));
    return [...cells.filter((_, at) => !columns[at].under), ...(under.hasChildNodes() ? [under] : [])];
  }
  function line(cells, number, columns) {
    const drawn = cells.map((cell, at) => {
      const { name, right, under } = columns[at];
      const kind = under ? "wb-part" : right ? "wb-right" : [cell].flat().join("").length > LONG ? "wb-long" : "";
      return element("td", { role: "gridcell", class: kind, "data-column": name }, ...content(cell));
    });
    const made = element("tr", { role: "row", "data-row": number, "aria-rowindex": number + 2 },
      ...arranged(drawn, columns));
    made.onclick = () => choose(number);
    return made;
  }
  function pager({ first, rows, total, size }) {
    const box = element("div", { class: "wb-pager", role: "group", "aria-label": "Pages of the table" });
    const last = total - 1 - ((total - 1) % size);
    const steps = [["First", 0, first > 0], ["Previous", first - size, first > 0],
      ["Next", first + size, first < last], ["Last", last, first < last]];
    for (const [words, to, possible] of steps) {
      const button = element("button", { type: "button", class: "jupyter-button" }, words);
      button.disabled = !possible;
      button.onclick = () => turn(to, null);
      box.append(button);
    }
    const shown = `rows ${(first + 1).toLocaleString("en")} to ${(first + rows.length).toLocaleString("en")}`;
    box.append(element("span", {}, `${shown} of ${total.toLocaleString("en")}`));
    return box;
  }

  function draw() {
    const page = model.get("page");
    const held = el.contains(document.activeElement) ? document.activeElement.closest("tr[data-row]")?.dataset.row : null;
    el.removeAttribute("aria-busy");
    width.disconnect();
    el.replaceChildren();
    if (!page.total) return el.append(element("p", {}, page.nothing ?? ""));
    const table = element("table", { role: "grid", "aria-label": model.get("name"), "aria-rowcount": page.total + 1,
      "aria-colcount": page.columns.length, class: "mathjax_ignore tex2jax_ignore" });
    const head = element("tr", { role: "row", "aria-rowindex": 1 },
      ...arranged(page.columns.map(header), page.columns));
    const lines = page.rows.map((cells, at) => line(cells, page.first + at, page.columns));
    table.append(element("thead", { role: "rowgroup" }, head), element("tbody", { role: "rowgroup" }, ...lines));
    table.style.setProperty("--columns", page.columns.filter((column) => !column.under).length);
    const more = element("p", { class: "wb-more", hidden: "" }, "More columns to the right: scroll sideways →");
    box = element("div", { class: "wb-scroll" }, table);
    el.append(box, more);
    width.observe(box);
    if (page.total > page.size) el.append(pager(page));
    const chosen = model.get("chosen");
    const onPage = (row) => row !== null && row >= page.first && row < page.first + page.rows.length;
    const focus = wanted ?? (held === null || held === undefined ? null : Number(held));
    settle([focus, chosen].find(onPage) ?? page.first);
    if (onPage(focus)) go(focus);
    wanted = null;
  }
  el.addEventListener("keydown", pressed);
  const mark = () => settle(model.get("chosen"));
  model.on("change:page", draw);
  model.on("change:chosen", mark);
  draw();
  return () => {
    width.disconnect();
    model.off("change:page", draw);
    model.off("change:chosen", mark);
  };
}

export default { render };
