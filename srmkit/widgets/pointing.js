// Shows HTML and tells which candidate in it was pointed at.
const MOST_STOPS = 300; // more stops of the tab key than that help nobody: the box above the reasons takes a name

function nameOf(target) {
  const drawn = target.closest("[data-candidate]");
  if (drawn) return drawn.dataset.candidate;
  const row = target.closest("tbody tr");
  return row?.querySelector("th[scope=row]")?.textContent ?? "";
}

function render({ model, el }) {
  const mark = () => {
    for (const one of el.querySelectorAll("[data-candidate], tbody tr")) {
      const chosen = nameOf(one) === model.get("chosen") && model.get("chosen") !== "";
      one.style.outline = chosen ? "2px solid #1f2933" : "";
      if (!one.matches("[data-candidate]:not(g)")) continue; // a shadow would blur words
      one.style.filter = chosen ? "drop-shadow(0 0 3px #1f2933)" : "";
    }
  };
  const show = () => {
    const scrolled = el.querySelector(".srm-scroll")?.scrollLeft ?? 0;
    el.innerHTML = model.get("value");
    const wide = el.querySelector(".srm-scroll");
    if (wide) wide.scrollLeft = scrolled; // what one looks at stays in sight
    const places = el.querySelectorAll("[data-candidate], tbody tr");
    for (const one of places) {
      one.style.cursor = "pointer";
      one.setAttribute("tabindex", places.length <= MOST_STOPS ? "0" : "-1");
    }
    mark();
  };
  const choose = target => {
    const name = nameOf(target);
    if (!name) return;
    model.set("chosen", name);
    model.save_changes();
  };
  el.addEventListener("click", event => choose(event.target));
  el.addEventListener("keydown", event => {
    if (event.key === "Enter" && nameOf(event.target)) {
      event.preventDefault();
      event.stopPropagation(); // the notebook would take it
      choose(event.target);
    }
  });
  model.on("change:value", show);
  model.on("change:chosen", mark);
  // the reasons may open below the edge of the window: the page moves just as far as it takes to see them begin
  model.on("msg:custom", ({ look_at }) => setTimeout(() => el.closest(".srm-explorer")?.querySelector(look_at)
    ?.scrollIntoView({ block: "nearest", behavior: "smooth" }), 100));
  show();
}

export default { render };
