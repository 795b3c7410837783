// Lines to take along: a button that copies them, and the lines, which can be selected where copying is not allowed.
function render({ model, el }) {
  const button = document.createElement("button");
  const lines = document.createElement("pre");
  button.className = "jupyter-button widget-button srm-copy";
  button.type = "button";
  const words = () => model.get("words");
  const show = () => {
    lines.textContent = model.get("value");
    button.textContent = words()[0];
  };
  const select = () => window.getSelection().selectAllChildren(lines);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(model.get("value"));
      button.textContent = words()[1];
    } catch {
      select(); // no leave to copy: the lines are marked, and the keyboard can
    }
  });
  model.on("change:value", show);
  el.replaceChildren(button, lines);
  show();
}

export default { render };
