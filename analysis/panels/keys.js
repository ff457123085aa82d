// Keys for the buttons of the panel around this: "Accept (A)" is pressed by A, unless somebody types. While a field is
// typed in, only Enter and Esc are keys.

const TYPED = "input:not([type=checkbox]), textarea, select";

function render({ model, el }) {
  const panel = () => el.closest(".wb-review");
  function pressed(event) {
    const root = panel();
    if (!root?.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const names = { Enter: "Enter", Escape: "Esc" };
    if (event.key === "Enter" && event.target.matches("button, summary, a")) return;
    const typing = event.target.matches(TYPED) && !event.target.readOnly;
    const key = names[event.key] ?? (typing ? null : event.key.toUpperCase());
    const button = [...root.querySelectorAll("button")].find(
      (one) => one.textContent.trim().endsWith(`(${key})`) && !one.disabled && one.offsetParent,
    );
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    if (typing) event.target.blur(); // what was typed counts now
    root.focus({ preventScroll: true });
    button.click();
  }
  function focus(tries = 20) {
    const label = model.get("focus")[0];
    const labels = [...(panel()?.querySelectorAll(".widget-label") ?? [])];
    const field = label ? labels.find((one) => one.textContent === label)?.parentElement.querySelector(TYPED) : panel();
    if (!field?.offsetParent && tries) return setTimeout(focus, 25, tries - 1); // it is drawn in a moment
    field?.focus({ preventScroll: true });
    field?.select?.();
  }
  function arrive(tries = 200) {
    const root = panel();
    if (!root) return tries && setTimeout(arrive, 25, tries - 1);
    root.tabIndex = 0;
    root.setAttribute("data-lm-suppress-shortcuts", "true"); // the notebook would take a letter for a command
  }
  document.addEventListener("keydown", pressed, true);
  model.on("change:focus", () => focus());
  arrive();
  return () => document.removeEventListener("keydown", pressed, true);
}

export default { render };
