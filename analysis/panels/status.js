// The line that says how much is shown, read out when it changes; "Working …" beside it after half a second.

function render({ model, el }) {
  el.classList.add("wb-status");
  const words = document.createElement("span");
  const busy = document.createElement("span");
  words.setAttribute("role", "status");
  busy.className = "wb-working";
  busy.textContent = "Working …";
  el.append(words, busy);
  const draw = () => {
    words.textContent = model.get("value");
    el.classList.toggle("wb-failed", model.get("failed"));
    busy.hidden = !model.get("busy");
    el.setAttribute("aria-busy", String(model.get("busy")));
  };
  model.on("change", draw);
  draw();
  return () => model.off("change", draw);
}

export default { render };
