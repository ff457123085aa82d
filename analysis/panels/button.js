// A button that acts only once the kernel has what this page held back: the page sends a control's next change when
// the kernel has answered the one before, and a press would overtake it. So a press first asks for a sign of the
// kernel's; by the time this comes, everything held back is sent.

export default () => {
  let pressed = 0; // how many presses of this page wait for the sign
  return {
    initialize({ model }) {
      const sign = () => {
        if (!pressed) return; // it is for another page
        pressed -= 1;
        model.send({ ask: "act" });
      };
      model.on("msg:custom", sign);
      return () => model.off("msg:custom", sign);
    },
    render({ model, el }) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "jupyter-widgets jupyter-button";
      button.style.width = "auto";
      button.textContent = model.get("description");
      button.onclick = () => {
        pressed += 1;
        model.send({ ask: "sign" });
      };
      const draw = () => {
        button.disabled = model.get("disabled");
      };
      model.on("change:disabled", draw);
      draw();
      el.append(button);
      return () => model.off("change:disabled", draw);
    },
  };
};
