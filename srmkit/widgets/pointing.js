// Shows HTML and tells which candidate in it was pointed at; the explorer around it can be used by keys alone.
const MOST_STOPS = 300; // more stops of the tab key than that help nobody: the box above the reasons takes a name

function nameOf(target) {
  const drawn = target.closest("[data-candidate]");
  if (drawn) return drawn.dataset.candidate;
  const row = target.closest("tbody tr");
  return row?.querySelector("th[scope=row]")?.textContent ?? "";
}

const FOLD = ".jupyter-widget-Collapse-header";
const PASSED_ON = ["Escape", "Tab"]; // the ways out of the explorer

// ipywidgets draw the heads of folds and the handles of sliders without what a keyboard or a screen reader needs
function complete(explorer) {
  for (const head of explorer.querySelectorAll(FOLD)) {
    head.setAttribute("role", "button");
    head.setAttribute("tabindex", "0");
    head.setAttribute("aria-expanded", head.parentElement.matches(".jupyter-widget-Collapse-open"));
  }
  for (const handle of explorer.querySelectorAll(".noUi-handle")) {
    const label = handle.closest(".widget-inline-hbox")?.querySelector(".widget-label");
    if (label) handle.setAttribute("aria-label", label.textContent);
  }
}

function takeKeys(event) {
  if (event.target.matches(FOLD) && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault(); // Space would scroll
    if (!event.repeat) event.target.click();
  }
  // a notebook takes plain letters for commands, such as b for a new cell; those with Ctrl are meant for it
  if (!(event.ctrlKey || event.metaKey || event.altKey || PASSED_ON.includes(event.key))) event.stopPropagation();
}

// As soon as `el` is put into its explorer: keys for all of it. Gives back what ends that.
function equip(el) {
  let end = () => cancelAnimationFrame(waiting);
  let waiting = 0;
  const begin = () => {
    const explorer = el.closest(".srm-explorer");
    if (!explorer) {
      waiting = requestAnimationFrame(begin);
      return;
    }
    if (explorer.dataset.keys) return; // picture and table are in the same explorer: one of them does it
    explorer.dataset.keys = "taken";
    explorer.addEventListener("keydown", takeKeys);
    const drawn = new MutationObserver(() => complete(explorer));
    drawn.observe(explorer, { attributeFilter: ["class"], childList: true, subtree: true });
    complete(explorer);
    end = () => {
      drawn.disconnect();
      explorer.removeEventListener("keydown", takeKeys);
      delete explorer.dataset.keys;
    };
  };
  begin();
  return () => end();
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
      choose(event.target);
    }
  });
  model.on("change:value", show);
  model.on("change:chosen", mark);
  // the reasons may open below the edge of the window: the page moves just as far as it takes to see them begin
  model.on("msg:custom", ({ look_at }) => setTimeout(() => el.closest(".srm-explorer")?.querySelector(look_at)
    ?.scrollIntoView({ block: "nearest", behavior: "smooth" }), 100));
  show();
  return equip(el);
}

export default { render };
