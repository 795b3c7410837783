
// Finds runs among those of the page: all words anywhere in a run, in any order, capitals or not.
const said = document.getElementById("said");
const texts = said ? JSON.parse(said.textContent) : {};
const say = (text, values = {}) => (texts[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const figure = count => count.toLocaleString(document.documentElement.lang);
const form = document.getElementById("find");
if (form) {
  const words = document.getElementById("words"), state = document.getElementById("state");
  const shown = document.getElementById("shown");
  let runs;  // read when somebody searches, not while the page opens
  const find = () => {
    runs ??= Array.from(document.querySelectorAll("section.card"), card => [card, card.textContent.toLowerCase()]);
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [card, text] of runs) {
      const fits = (!state.value || card.dataset.state.split(" ").includes(state.value)) && wanted.every(word => text.includes(word));
      card.hidden = !fits;
      count += fits;
    }
    shown.textContent = count === runs.length ? "" : say("{count} of {all} runs", { count: figure(count), all: figure(runs.length) });
  };
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", find);
  if (words.value || state.value) find();  // as the browser kept them
}
