// What our tables add to the widget of itables, whose code stands before this as `itable`: a choice goes to the kernel
// with the version of the rows it was made in; search, order and page outlast new rows; and keys choose rows.

// What is not known comes last whichever way a column is sorted; -1 says so (`table.py`).
const sorting = window.$.fn.dataTable.ext.type.order;
sorting["rank-asc"] = (one, other) => (one < 0) - (other < 0) || one - other;
sorting["rank-desc"] = (one, other) => (one < 0) - (other < 0) || other - one;

function render({ model, el }) {
  let state = null; // what the reader has searched for and sorted by
  let table = null; // of DataTables
  let waiting = 0;
  let focused = null; // the part of the table that had the focus when new rows came
  const tell = () => {
    const message = { of: model.get("version"), rows: model.get("selected_rows") };
    clearTimeout(waiting); // choosing another row is one less, then one more
    waiting = setTimeout(() => model.send(message));
  };
  const drawn = {
    stateSave: true,
    stateSaveCallback(_, saved) {
      const { select, ...rest } = saved; // which rows are chosen is the kernel's to say
      state = rest;
    },
    stateLoadCallback: () => state,
    drawCallback() {
      table = this.api();
      inTabOrder();
    },
  };
  const proxy = {
    get(name) {
      if (name !== "_dt_args") return model.get(name);
      el.querySelector("table").id ||= `wb-table-${Math.random().toString(36).slice(2)}`; // each table is a DataTables of its own
      return { ...model.get(name), ...drawn };
    },
    set: (...change) => model.set(...change),
    on: (...listener) => model.on(...listener),
    save_changes: tell,
  };
  const lines = () => [...el.querySelectorAll("tbody tr")].filter((line) => table.row(line).any());
  function inTabOrder(line) { // one row only: the one that had the focus, the chosen one, or the first
    const all = lines();
    const chosen = line ?? all.find((one) => one.classList.contains("selected")) ?? all[0];
    for (const one of all) {
      one.tabIndex = one === chosen ? 0 : -1;
      one.ariaSelected = String(one.classList.contains("selected"));
    }
  }
  function turn(to, last) {
    table.page(to).draw("page");
    lines().at(last ? -1 : 0)?.focus();
  }
  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // the notebook would take an arrow, or a letter, for its own
    const line = event.target.closest("tbody tr");
    if (!line) return;
    const all = lines();
    const at = all.indexOf(line);
    const { page, pages } = table.page.info();
    const row = table.row(line);
    const chooses = Boolean(model.get("_dt_args").select);
    if (event.key === "Enter" && chooses) {
      table.rows({ selected: true }).deselect();
      row.select();
    } else if (event.key === " " && chooses) line.classList.contains("selected") ? row.deselect() : row.select();
    else if (event.key === "ArrowDown") at + 1 < all.length ? all[at + 1].focus() : page + 1 < pages && turn("next");
    else if (event.key === "ArrowUp") at > 0 ? all[at - 1].focus() : page > 0 && turn("previous", true);
    else if (event.key === "PageDown") page + 1 < pages && turn("next");
    else if (event.key === "PageUp") page > 0 && turn("previous");
    else if (event.key === "Home") turn("first");
    else if (event.key === "End") turn("last", true);
    else return;
    event.preventDefault();
  }
  function show() { // the chosen row, on whatever page it is
    const [first] = model.get("selected_rows");
    const at = table.rows({ order: "applied", search: "applied" }).indexes().toArray().indexOf(first);
    const { start, end, length } = table.page.info();
    if (at >= 0 && (at < start || at >= end)) table.page(Math.floor(at / length)).draw("page");
    inTabOrder();
  }
  function before() {
    const active = el.contains(document.activeElement) ? document.activeElement : null;
    focused = active && (active.closest("tbody tr") ? "tr" : active.type === "search" ? "input[type=search]" : null);
  }
  function after() {
    const node = table.table().node();
    node.setAttribute("aria-label", model.get("name"));
    show();
    const again = focused === "tr" ? el.querySelector("tbody tr[tabindex='0']") : focused && el.querySelector(focused);
    again?.focus({ preventScroll: true });
  }
  el.classList.add("wb-table", "mathjax_ignore", "tex2jax_ignore");
  el.addEventListener("keydown", pressed);
  el.addEventListener("focusin", (event) => event.target.matches("tbody tr") && inTabOrder(event.target));
  model.on("change:_dt_args", before);
  itable.render({ model: proxy, el });
  model.on("change:_dt_args", after);
  model.on("change:selected_rows", show);
  model.on("msg:custom", ({ come }) => come && el.scrollIntoView({ block: "center" }));
  after();
}

export default { render };
