// An article as pieces of text with the layers that cover each. Everything is text, never HTML.

function render({ model, el }) {
  let at = -1; // which mark the reader stands at
  el.classList.add("wb-reader");
  const heading = document.createElement("div");
  const about = document.createElement("div");
  const tools = document.createElement("div");
  const note = document.createElement("span");
  const paper = document.createElement("div");
  heading.className = "wb-heading";
  about.className = "wb-about";
  tools.className = "wb-tools";
  note.setAttribute("role", "status");
  paper.className = "wb-paper mathjax_ignore tex2jax_ignore";
  paper.dir = "auto";
  paper.tabIndex = 0;
  paper.setAttribute("role", "region");
  const step = (words, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "jupyter-button";
    button.textContent = words;
    button.onclick = () => {
      const count = model.get("page").marks.length;
      stand(at < 0 ? (by > 0 ? 0 : count - 1) : (at + by + count) % count);
    };
    return button;
  };
  tools.append(step("Previous mark", -1), step("Next mark", 1), note);
  el.append(heading, about, tools, paper);

  const pieces = () => [...paper.querySelectorAll("[data-start]")];
  const over = (start, end) => pieces().filter((p) => Number(p.dataset.start) < end && Number(p.dataset.end) > start);

  function scrollTo(first) { // only the article moves, never the notebook
    const offset = first.getBoundingClientRect().top - paper.getBoundingClientRect().top;
    paper.scrollTop += offset - paper.clientHeight / 3;
  }
  function stand(number) {
    const marks = model.get("page").marks;
    const [start, end, words] = marks[number];
    at = number;
    for (const piece of pieces()) piece.classList.remove("wb-here");
    const here = over(start, end);
    for (const piece of here) piece.classList.add("wb-here");
    if (here.length) scrollTo(here[0]);
    note.textContent = `${number + 1} of ${marks.length}: ${words}`;
  }
  function pointed(event) { // the innermost mark under the pointer says what it is
    const piece = event.target.closest("[data-start]");
    if (!piece || !document.getSelection().isCollapsed) return;
    const start = Number(piece.dataset.start);
    const under = model.get("page").marks.map(([s, e], n) => [e - s, n, s <= start && start < e]).filter((m) => m[2]);
    if (under.length) stand(under.sort((one, other) => one[0] - other[0])[0][1]);
  }

  function offset(node, place) { // characters, as the kernel counts them: not halves of them
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!piece) return null;
    if (piece.dataset.unseen) return Number(place ? piece.dataset.end : piece.dataset.start);
    return Number(piece.dataset.start) + Array.from(piece.textContent.slice(0, place)).length;
  }
  function selected() {
    const selection = document.getSelection();
    if (selection.isCollapsed || !selection.rangeCount || !paper.contains(selection.anchorNode)) return;
    const range = selection.getRangeAt(0);
    const span = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    if (span.includes(null) || span[0] >= span[1]) return;
    model.send({ ask: "select", span, article: model.get("page").article });
  }

  function draw() {
    const { heading: source, pieces: parts, marks, at: span, nothing, article } = model.get("page");
    heading.textContent = source ?? "";
    about.textContent = model.get("page").about ?? "";
    paper.setAttribute("aria-label", article ? `Text of ${article}` : "Text of the article");
    tools.hidden = !marks || marks.length < 2;
    note.textContent = marks?.length ? `${marks.length.toLocaleString("en")} marks` : "";
    at = -1;
    if (!parts) return paper.replaceChildren(nothing ?? "");
    paper.replaceChildren(...parts.flatMap(([start, end, text, layers, label, unseen]) => {
      const piece = document.createElement(layers.includes("chosen") ? "mark" : "span");
      Object.assign(piece.dataset, { start, end }, unseen ? { unseen } : {});
      piece.className = layers.map((layer) => `wb-${layer}`).join(" ");
      piece.textContent = text;
      if (!label) return [piece];
      const small = document.createElement("sup");
      small.textContent = ` ${label}`;
      return [piece, small];
    }));
    const here = span ? over(...span) : [];
    if (here.length) scrollTo(here[0]);
    else paper.scrollTop = 0;
    at = span ? marks.findIndex(([start, end]) => start === span[0] && end === span[1]) : -1;
    if (at >= 0) note.textContent = `${at + 1} of ${marks.length}: ${marks[at][2]}`;
  }
  paper.addEventListener("click", pointed);
  paper.addEventListener("mouseup", () => setTimeout(selected));
  paper.addEventListener("keyup", selected);
  el.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  model.on("change:page", draw);
  draw();
  return () => model.off("change:page", draw);
}

export default { render };
