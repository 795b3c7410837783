// Tables of a report: sort by a column, find rows by words, show those that wait, save as CSV. Needs no network.
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const FEW = 8; // rows that are found by looking
const words = JSON.parse(document.body.dataset.words);

function say(text, values = {}) {
  return words[text].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

for (const box of document.querySelectorAll(".srm-data")) {
  const table = box.querySelector("table");
  const rows = Array.from(table.tBodies[0].rows);
  if (rows.length) equip(box, table, rows);
}

function equip(box, table, rows) {
  const most = Number(box.dataset.most), total = Number(box.dataset.rows);
  const name = table.caption ? table.caption.textContent : "table";
  const tools = add(box, "div", { className: "srm-tools", role: "group", ariaLabel: say("Tools for: {title}", { title: name }) });
  box.prepend(tools);
  // the caption again, where no wide table and no tool can run into it; who is read to hears the caption
  if (table.caption) add(tools, "span", { className: "srm-title", textContent: name, ariaHidden: "true" });
  let order = rows, wanted = [], whole = false, texts = null;

  const status = document.createElement("span");
  status.setAttribute("role", "status");
  if (rows.length > FEW) {
    const label = add(tools, "label", { textContent: `${say("Find")} ` });
    const find = add(label, "input", { type: "search" });
    find.addEventListener("input", () => {
      wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      show();
    });
  }
  tools.append(status);
  const more = rows.length > most ? add(tools, "button", { type: "button" }) : null;
  more?.addEventListener("click", () => { whole = !whole; show(); });
  const csv = add(tools, "button", { type: "button", textContent: "CSV", ariaLabel: say("Save as CSV: {title}", { title: name }) });
  csv.addEventListener("click", () => save(table, found(), name));

  const heads = Array.from(table.tHead.rows[0].cells);
  if (rows.length > 1) heads.forEach((head, place) => sortable(head, place));
  show();

  function found() {
    if (!wanted.length) return order;
    texts ??= new Map(rows.map(row => [row, Array.from(row.cells, cell => cell.textContent).join(" ").toLowerCase()]));
    return order.filter(row => wanted.every(word => texts.get(row).includes(word)));
  }

  function show() {
    const fits = found(), shown = new Set(whole ? fits : fits.slice(0, most));
    for (const row of rows) row.hidden = !shown.has(row);
    const count = number => number.toLocaleString(document.documentElement.lang);
    const sizes = { shown: count(shown.size), count: count(fits.length) };
    const part = fits.length > shown.size;
    status.textContent = wanted.length ? say(part ? "{count} found, {shown} shown" : "{count} found", sizes) :
      part ? say("{shown} of {count} shown", sizes) : "";
    if (more) {
      more.textContent = whole ? say("Show {count} only", { count: count(most) }) :
        say("Show all {count}", { count: count(rows.length) });
      more.setAttribute("aria-expanded", whole);
    }
    const note = box.querySelector(".srm-more");
    if (note && rows.length < total) {
      note.textContent = say("{count} more rows are in the workbook.", { count: count(total - rows.length) });
    }
    else if (note && total) note.hidden = true;
  }

  function sortable(head, place) {
    // a <button> wraps as a block, whose edge would part the last word from the mark of its footnote
    const button = document.createElement("span");
    Object.assign(button, { role: "button", tabIndex: 0, title: say("Sort") });
    button.append(...Array.from(head.childNodes).filter(node => node.nodeName !== "SUP"));
    head.prepend(button);
    button.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault(); // the page does not scroll
      button.click();
    });
    button.addEventListener("click", () => {
      const next = { ascending: "descending", descending: "none" }[head.ariaSort] ?? "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      if (next !== "none") head.setAttribute("aria-sort", next);
      order = next === "none" ? rows : sorted(rows, place, next === "descending" ? -1 : 1);
      table.tBodies[0].append(...order);
      show();
    });
  }
}

function sorted(rows, place, sign) {
  const keys = new Map(rows.map(row => [row, key(row.cells[place])]));
  const gap = value => value === null;
  return rows.slice().sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (gap(a) || gap(b)) return gap(a) - gap(b); // gaps stand last, whichever way
    return sign * (typeof a === "number" ? a - b : collator.compare(a, b));
  });
}

function key(cell) {
  if (cell.dataset.v !== undefined) return cell.dataset.v === "" ? null : Number(cell.dataset.v);
  return cell.textContent === "–" ? null : cell.textContent;
}

function save(table, rows, name) {
  const quoted = text => `"${text.replaceAll('"', '""')}"`;
  // a spreadsheet would run a text that begins like a formula
  const harmless = text => quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const head = Array.from(table.tHead.rows[0].cells, cell => harmless(cell.dataset.name));
  const lines = rows.map(row => Array.from(row.cells, cell => {
    if (cell.dataset.v !== undefined) return cell.dataset.v;
    return cell.textContent === "–" ? "" : harmless(cell.textContent);
  }));
  const text = [head, ...lines].map(line => line.join(",")).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
  link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60)}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function add(parent, tag, parts) {
  const child = Object.assign(document.createElement(tag), parts);
  parent.append(child);
  return child;
}

