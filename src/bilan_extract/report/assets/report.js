(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const live = byId("live");

  /** Say something to those who do not see what changed. */
  function say(message) {
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = message; });
  }

  /** Letters alone: no accents, no capitals, ligatures apart. */
  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’ʼ]/g, "'");
  }

  /** An element with its content as text. */
  function make(name, text, properties = {}) {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    return Object.assign(element, properties);
  }

  function count(number, noun) {
    return `${number} ${noun}${number > 1 ? "s" : ""}`;
  }

  // -- sorting

  const collator = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

  function keyOf(row, column) {
    const cell = row.cells[column];
    return cell.dataset.key ?? cell.textContent.trim();
  }

  function sortBy(button) {
    const head = button.closest("th");
    const table = head.closest("table");
    const body = table.tBodies[0];
    const rising = head.getAttribute("aria-sort") !== "ascending";
    const numeric = body.rows.length > 0 && body.rows[0].cells[head.cellIndex].classList.contains("number");
    const sign = rising ? 1 : -1;
    const keyed = [...body.rows].map((row) => [keyOf(row, head.cellIndex), row]);
    const unknown = (key) => (key === "~" ? 1 : 0); // stays at the end whichever way the rest goes
    keyed.sort(([a], [b]) => unknown(a) - unknown(b) || sign * (numeric ? a - b : collator.compare(a, b)));
    body.append(...keyed.map(([, row]) => row));
    for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", rising ? "ascending" : "descending");
    say(`Tableau trié par ${button.textContent}, ordre ${rising ? "croissant" : "décroissant"}`);
  }

  for (const button of all(".sort")) button.addEventListener("click", () => sortBy(button));

  const documents = byId("find-document");
  if (documents) {
    const rows = all("#documents tbody tr").map((row) => [row, fold(row.textContent)]);
    documents.addEventListener("submit", (event) => event.preventDefault());
    documents.addEventListener("input", () => {
      const wanted = fold(byId("f-document").value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [row, text] of rows) {
        const fits = wanted.every((word) => text.includes(word));
        row.classList.toggle("filtered", !fits);
        shown += fits ? 1 : 0;
      }
      byId("found").textContent = wanted.length ? `${shown} sur ${rows.length}` : "";
    });
  }
  if (!byId("data")) return;
  const data = JSON.parse(byId("data").textContent);

  // -- tabs

  const tabs = all("#tabs a");

  function openTab(name, focus = false) {
    for (const tab of tabs) {
      const chosen = tab.id === `t-${name}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).classList.toggle("current", chosen);
      if (chosen && focus) tab.focus();
    }
    byId("filters").hidden = !("filtered" in byId(`p-${name}`).dataset);
  }

  function moveTab(event) {
    const at = tabs.indexOf(event.currentTarget);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (event.key === " ") event.currentTarget.click();
    else if (next !== undefined) openTab(tabs[(next + tabs.length) % tabs.length].id.slice(2), true);
    else return;
    event.preventDefault();
  }

  byId("tabs").setAttribute("role", "tablist");
  byId("tabs").setAttribute("aria-label", "Parties du rapport");
  for (const tab of tabs) {
    const name = tab.id.slice(2);
    tab.parentElement.setAttribute("role", "presentation");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `p-${name}`);
    const panel = byId(`p-${name}`);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    tab.addEventListener("keydown", moveTab);
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      openTab(name, true);
      remember(`p-${name}`);
    });
  }
  openTab("plan");

  // -- the address: what is shown and the filters, so that it can be sent to someone

  const KEPT = { texte: "f-text", niveau: "f-ambition", statut: "f-status", annee: "f-year" };
  let shownId = "";

  /** Put what is shown into the address, as a new step of the history where it was a link that led there. */
  function remember(id = shownId, step = false) {
    shownId = id;
    const wanted = new URLSearchParams();
    for (const [name, field] of Object.entries(KEPT)) if (byId(field)?.value) wanted.set(name, byId(field).value);
    const query = String(wanted);
    const hash = id || query ? `#${encodeURI(id)}${query ? `?${query}` : ""}` : "";
    const address = location.href.split("#")[0] + hash;
    if (address === location.href) return;
    try {
      history[step ? "pushState" : "replaceState"](null, "", address);
    } catch { /* a page that may not have an address of its own (srcdoc, a preview) is read all the same */ }
  }

  /** Show what the address says. */
  function restore() {
    const [name, query] = location.hash.slice(1).split(/\?(.*)/s);
    const wanted = new URLSearchParams(query ?? "");
    let changed = false;
    for (const [key, id] of Object.entries(KEPT)) {
      const field = byId(id);
      const value = wanted.get(key) ?? "";
      if (!field || field.value === value) continue;
      if (field.options && ![...field.options].some((option) => option.value === value)) continue;
      field.value = value;
      changed = true;
    }
    if (changed) filter();
    let id = name;
    try { id = decodeURIComponent(name); } catch { /* a broken address shows the page from its start */ }
    shownId = id;
    const element = id ? byId(id) : null;
    if (!element) return;
    if (element.classList.contains("panel")) openTab(id.slice(2));
    else if (element.classList.contains("page")) showPage(id.slice(5), false);
    else if (id.startsWith("e-")) showBoth(id.slice(2));
    else reveal(element);
  }
  window.addEventListener("popstate", restore);

  // -- what opens and closes

  function setFold(button, open) {
    button.setAttribute("aria-expanded", String(open));
    byId(button.getAttribute("aria-controls")).hidden = !open;
  }

  for (const button of all(".fold")) {
    button.addEventListener("click", () => setFold(button, button.getAttribute("aria-expanded") !== "true"));
  }
  byId("fold-all").addEventListener("click", (event) => {
    const open = event.target.textContent === "Tout déplier";
    for (const button of all("#p-plan .priority > .bar .fold")) setFold(button, open);
    if (open) for (const button of all("#p-plan .fold")) setFold(button, true);
    event.target.textContent = open ? "Tout replier" : "Tout déplier";
  });
  byId("print").addEventListener("click", () => window.print());

  // -- from a statement to its place, and back

  const wide = matchMedia("(min-width: 64rem) and (min-height: 30rem)"); // plan and pages beside each other

  const framesOf = new Map();
  for (const frame of all(".frame[data-for]")) {
    const target = frame.dataset.for;
    if (framesOf.has(target)) framesOf.get(target).push(frame);
    else framesOf.set(target, [frame]);
  }

  function clearHere() {
    for (const element of all(".here")) element.classList.remove("here");
  }

  function enter(frame) {
    for (const other of all('.frame[tabindex="0"]', frame.ownerSVGElement)) other.tabIndex = -1;
    frame.tabIndex = 0;
    frame.focus({ preventScroll: true });
  }

  /** Show where an element stands on the pages. */
  function showPlace(target, page, focus) {
    clearHere();
    const frames = framesOf.get(target) ?? [];
    byId(`e-${target}`)?.classList.add("here");
    for (const frame of frames) frame.classList.add("here");
    if (frames.length) {
      const number = frames[0].closest(".page").id.slice(5);
      frames[0].scrollIntoView({ block: "center", inline: "nearest" });
      if (focus) enter(frames[0]);
      byId("go-page").value = number;
      say(`Emplacement montré page ${number}`);
      byId("back").hidden = false;
      lastShown = target;
      remember(`e-${target}`);
    } else if (page) showPage(page, focus);
  }

  let lastShown = "";
  byId("back").addEventListener("click", () => showStatement(lastShown));

  /** An element of the report, and beside it its place. */
  function showBoth(target) {
    if (wide.matches) showPlace(target, null, false);
    showStatement(target);
  }

  function showPage(number, focus) {
    const title = one(`#page-${number} h3`);
    if (!title) return;
    title.scrollIntoView({ block: "start" });
    if (focus) title.focus({ preventScroll: true });
    byId("go-page").value = number;
    say(`Page ${number} montrée`);
    remember(`page-${number}`);
  }

  /** Show an element of the report: its tab, what it is folded into, and the element itself. */
  function reveal(element) {
    const panel = element.closest(".panel");
    if (!panel) {
      element.scrollIntoView();
      element.focus();
      return;
    }
    openTab(panel.id.slice(2));
    if (element.closest(".filtered")) {
      byId("filters").reset();
      filter();
      say("Filtres effacés pour montrer cet endroit");
    }
    for (let inside = element.closest(".inside"); inside; inside = inside.parentElement.closest(".inside")) {
      const button = one(`[aria-controls="${CSS.escape(inside.id)}"]`);
      if (button) setFold(button, true);
    }
    if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
    element.scrollIntoView({ block: element.clientHeight > 400 ? "start" : "center" });
    element.focus({ preventScroll: true });
  }

  function showStatement(target) {
    const element = byId(`e-${target}`);
    if (!element) return;
    clearHere();
    for (const frame of framesOf.get(target) ?? []) frame.classList.add("here");
    reveal(element);
    element.classList.add("here");
    remember(`e-${target}`);
  }

  function walkFrames(event, frame) {
    const frames = all(".frame", frame.ownerSVGElement);
    const at = frames.indexOf(frame);
    const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: frames.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") showStatement(frame.dataset.for);
    else if (next === undefined) return;
    else if (frames[next]) {
      enter(frames[next]);
      frames[next].scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    event.preventDefault();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".place");
    const frame = event.target.closest(".frame[data-for]");
    const link = event.target.closest('a[href^="#"]:not([role="tab"])');
    const words = event.target.closest(".words");
    if (button) {
      if (button.dataset.for) showPlace(button.dataset.for, button.dataset.page, true);
      else showPage(button.dataset.page, true);
    } else if (frame) {
      showStatement(frame.dataset.for);
    } else if (link) {
      const element = byId(decodeURIComponent(link.hash.slice(1)));
      if (element) {
        event.preventDefault();
        remember(element.id, true);
        if (element.id.startsWith("e-")) showBoth(element.id.slice(2));
        else reveal(element);
      }
    } else if (words && wide.matches && String(window.getSelection()) === "") {
      const owner = words.closest("[data-id]");
      if (owner) showPlace(owner.dataset.id, null, false);
    }
  });
  document.addEventListener("keydown", (event) => {
    const frame = event.target.closest?.(".frame[data-for]");
    if (frame) walkFrames(event, frame);
  });

  byId("go").addEventListener("submit", (event) => {
    event.preventDefault();
    showPage(byId("go-page").value, true);
  });
  let zoom = 1;
  function setZoom(factor) {
    zoom = Math.min(4, Math.max(0.5, zoom * factor));
    byId("sheets").style.setProperty("--zoom", zoom);
    say(`Pages à ${Math.round(zoom * 100)}\u00a0%`);
  }
  byId("smaller").addEventListener("click", () => setZoom(0.8));
  byId("larger").addEventListener("click", () => setZoom(1.25));

  // -- filters

  const records = all("[data-kind]").map((element) => {
    const kind = element.dataset.kind;
    const engagement = element.closest(".engagement[data-progress]");
    const label = kind === "statement" ? one(".bar", element.closest(".block")).firstChild.textContent : "";
    const heading = kind === "statement" ? "" : one(".bar", element).firstChild.textContent;
    const own = kind === "statement" ? one(".words", element) : one(":scope > .words", element);
    return {
      element, kind, label,
      parent: kind === "statement" ? engagement?.dataset.id : undefined,
      text: fold(`${heading} ${own.textContent} ${label}`),
      level: element.closest(".ambition")?.dataset.id,
      status: element.dataset.status,
      progress: engagement?.dataset.progress,
      years: (element.dataset.years ?? "").split(" "),
    };
  });
  const recordOf = new Map(records.map((record) => [record.element.dataset.id, record]));
  const rows = all("tr[data-owner]");

  function read() {
    return {
      words: fold(byId("f-text").value).split(/\s+/).filter(Boolean),
      level: byId("f-ambition")?.value ?? "",
      status: byId("f-status").value,
      year: byId("f-year")?.value ?? "",
    };
  }

  function fits(record, wanted) {
    const says = (other) => other !== undefined && wanted.words.every((word) => other.text.includes(word));
    const [kind, status] = [wanted.status.slice(0, 1), wanted.status.slice(2)];
    return (!wanted.level || record.level === wanted.level)
      && (!kind || (kind === "s" ? record.status : record.progress) === status)
      && (!wanted.year || record.years.includes(wanted.year))
      && (says(record) || says(recordOf.get(record.parent)));
  }

  function filter() {
    const wanted = read();
    const active = wanted.words.length > 0 || Boolean(wanted.level || wanted.status || wanted.year);
    const shown = new Set(records.filter((record) => fits(record, wanted)));
    byId("p-plan").classList.toggle("filtering", active);
    for (const record of records) record.element.classList.toggle("filtered", active && !shown.has(record));
    for (const holder of all("#p-plan .block, #p-plan .engagement, #p-plan .priority, #p-plan .ambition")) {
      const own = recordOf.get(holder.dataset.id);
      const kept = !active || shown.has(own) || one("[data-kind]:not(.filtered)", holder) !== null;
      holder.classList.toggle("filtered", !kept);
    }
    for (const row of rows) row.classList.toggle("filtered", active && !shown.has(recordOf.get(row.dataset.owner)));
    for (const [target, frames] of framesOf) {
      const out = active && byId(`e-${target}`)?.closest("#p-plan .filtered");
      for (const frame of frames) frame.classList.toggle("dim", Boolean(out));
    }
    report(active, shown);
    remember();
    for (const panel of all(".panel[data-filtered]")) panel.scrollTop = 0;
  }

  function report(active, shown) {
    const total = (kind, some) => some.filter((record) => record.kind === kind).length;
    const [statements, engagements] = [total("statement", [...shown]), all("#p-plan .engagement[data-progress]:not(.filtered)").length];
    byId("found").textContent = active
      ? `${count(statements, "énoncé")} sur ${total("statement", records)}, ${count(engagements, "engagement")} sur ${total("engagement", records)}`
      : "";
    for (const table of all("#figures, #dates")) {
      const every = table.tBodies[0].rows.length;
      const kept = every - all("tr.filtered", table.tBodies[0]).length;
      const name = table.id === "figures" ? "Chiffres" : "Dates";
      table.caption.textContent = `${name} du plan (${active ? `${kept} sur ${every}` : every})`;
    }
  }

  let waiting = 0;
  byId("filters").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  byId("filters").addEventListener("reset", () => setTimeout(filter));
  byId("filters").addEventListener("submit", (event) => { event.preventDefault(); filter(); });

  // -- corrections

  const FIELDS = { status: "Statut", engagement: "Engagement", text: "Texte", value: "Valeur", date: "Date", delete: "Supprimé", add: "Ajouté" };
  const NAMES = { item: "un énoncé", block: "un encadré", engagement: "un engagement", focus: "un focus" };
  const ORDER = ["value", "date", "delete", "add", "status", "engagement", "text"];
  const BOUNDS = { exact: "exactement", about: "environ", at_least: "au moins", at_most: "au plus" };
  const ownerNames = new Map(data.owners);
  const quantityOf = new Map();
  const placeOrder = new Map();
  for (const [target, place] of Object.entries(data.places)) {
    placeOrder.set(target, placeOrder.size);
    for (const [id, words, value, unit] of place.figures ?? []) quantityOf.set(id, { owner: target, words, value, unit });
    for (const [id, words, start, end, edtf] of place.dates ?? []) quantityOf.set(id, { owner: target, words, start, end, edtf });
  }
  /** What was decided, by place and field: {target, field, value, note}. */
  const decided = new Map();
  let unsaved = false;

  const keyFor = (target, field, value) => `${field} ${target}${field === "add" ? ` ${"date" in value} ${value.text}` : ""}`;
  const ownerOf = (target) => quantityOf.get(target)?.owner ?? target;

  function before(target, field) {
    if (field === "add" || field === "delete") return "";
    if (field === "value") return quantityOf.get(target).value;
    if (field === "date") return quantityOf.get(target).edtf;
    const place = data.places[target];
    return field === "status" ? place.status : field === "engagement" ? place.owner : place.text;
  }

  function decide(target, field, value, note) {
    const key = keyFor(target, field, value);
    const old = decided.get(key);
    if (value === before(target, field)) decided.delete(key);
    else decided.set(key, { target, field, value, note });
    const now = decided.get(key);
    if (JSON.stringify(now?.value) !== JSON.stringify(old?.value) || now?.note !== old?.note) unsaved = true;
  }

  const addedTo = (target) => [...decided.values()].filter((entry) => entry.field === "add" && entry.target === target);

  // a date in EDTF, as far as this page writes it, and the two days that the form shows

  const lastDay = (year, month) => String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, "0");

  function edtfOf(start, end) {
    if (start === end) return start;
    if (!start || !end) return `${start || ".."}/${end || ".."}`;
    const [[y, m, d], [y2, m2, d2]] = [start.split("-"), end.split("-")];
    const sides = `${m}-${d}` === "01-01" && `${m2}-${d2}` === "12-31" ? [y, y2]
      : d === "01" && d2 === lastDay(+y2, +m2) ? [`${y}-${m}`, `${y2}-${m2}`] : [start, end];
    return sides[0] === sides[1] ? sides[0] : sides.join("/");
  }

  function daysOf(edtf) {
    const sides = edtf.split("/").map((side) => {
      const [year, month, day] = side === ".." ? [] : side.replace("~", "").split("-");
      if (!year) return ["", ""];
      if (day) return [`${year}-${month}-${day}`, `${year}-${month}-${day}`];
      return month ? [`${year}-${month}-01`, `${year}-${month}-${lastDay(+year, +month)}`] : [`${year}-01-01`, `${year}-12-31`];
    });
    return [sides[0][0], sides.at(-1)[1]];
  }

  function daysShown(start, end) {
    const [first, last] = [start, end].map((day) => day.split("-").reverse().join("/"));
    if (first === last) return first;
    return first && last ? `du ${first} au ${last}` : first ? `à partir du ${first}` : `jusqu’au ${last}`;
  }

  function inOrder() {
    const rank = (entry) => placeOrder.get(ownerOf(entry.target)) * 10 + ORDER.indexOf(entry.field);
    return [...decided.values()].sort((a, b) => rank(a) - rank(b));
  }

  const number = (value) => value.toLocaleString("fr", { maximumFractionDigits: 6 });

  function shownValue(field, value) {
    if (field === "engagement") return ownerNames.get(value) ?? value;
    if (field === "date") return daysShown(...daysOf(value));
    return field === "value" ? number(value) : value;
  }

  function sentence(entry) {
    const { target, field, value } = entry;
    const note = entry.note ? ` (${entry.note})` : "";
    if (field === "delete") return `Supprimé\u00a0: «\u00a0${value}\u00a0»${note}`;
    if (field === "add") {
      const bound = value.bound && value.bound !== "exact" ? `${BOUNDS[value.bound]} ` : "";
      const said = "date" in value ? daysShown(...daysOf(value.date)) : `${bound}${number(value.value)} ${value.unit ?? ""}`;
      return `Ajouté\u00a0: «\u00a0${value.text}\u00a0» = ${said.trim()}${note}`;
    }
    const words = quantityOf.get(target)?.words;
    const what = field === "value" ? `Valeur de «\u00a0${words}\u00a0»` : field === "date" ? `Date «\u00a0${words}\u00a0»` : FIELDS[field];
    const old = field === "date" ? daysShown(quantityOf.get(target).start, quantityOf.get(target).end) : shownValue(field, before(target, field));
    return `${what}\u00a0: ${old} → ${shownValue(field, value)}${note}`;
  }

  function drawChanges() {
    for (const list of all(".changes")) list.remove();
    const panel = byId("changes");
    panel.replaceChildren();
    for (const entry of inOrder()) {
      const owner = ownerOf(entry.target);
      const element = byId(`e-${owner}`);
      let list = one(":scope > .changes", element);
      if (!list) {
        list = make("ul", undefined, { className: "changes" });
        const after = one(":scope > .tools, :scope > .bar", element);
        after.after(list);
      }
      list.append(make("li", `Corrigé. ${sentence(entry)}`));
      panel.append(changeEntry(entry, owner));
    }
    byId("none").hidden = decided.size > 0;
    byId("t-corrections").textContent = decided.size ? `Corrections (${decided.size})` : "Corrections";
  }

  function excerpt(target) {
    const text = data.places[target].text.replace(/\s+/g, " ").trim() || "Encadré sans étiquette";
    return text.length > 80 ? `${text.slice(0, 80).replace(/\s\S*$/, "")}…` : text;
  }

  function changeEntry(entry, owner) {
    const line = make("li", undefined, { className: "entry" });
    const tools = make("div", undefined, { className: "tools" });
    const link = make("a", excerpt(owner), { href: `#e-${owner}`, className: "goto" });
    const undo = make("button", "Retirer cette correction", { type: "button" });
    undo.addEventListener("click", () => {
      decided.delete(keyFor(entry.target, entry.field, entry.value));
      unsaved = decided.size > 0;
      drawChanges();
      byId("t-corrections").focus();
      say("Correction retirée");
    });
    tools.append(undo);
    line.append(link, make("div", sentence(entry)), tools);
    return line;
  }

  const editor = byId("editor");
  let editing = null;

  function labelled(id, text, control) {
    const field = make("div", undefined, { className: "field" });
    control.id = id;
    field.append(make("label", text, { htmlFor: id }), control);
    return field;
  }

  function current(target, field) {
    return decided.get(keyFor(target, field))?.value ?? before(target, field);
  }

  function statusField(target) {
    const group = make("fieldset");
    group.append(make("legend", "Statut"));
    for (const [value, text] of [["réalisé", "Réalisé"], ["à venir", "À venir"]]) {
      const label = make("label");
      label.append(make("input", undefined, { type: "radio", name: "status", value, checked: current(target, "status") === value }), text);
      group.append(label, " ");
    }
    return group;
  }

  function engagementField(target) {
    const select = make("select");
    for (const [value, text] of data.owners) select.append(make("option", text, { value }));
    select.value = current(target, "engagement");
    return labelled("editor-engagement", "Engagement (ou niveau sans engagement)", select);
  }

  function input(type, value, properties = {}) {
    return make("input", undefined, { type, value, ...(type === "number" ? { step: "any" } : {}), ...properties });
  }

  function choice(options, value) {
    const select = make("select");
    for (const [key, text] of options) select.append(make("option", text, { value: key }));
    select.value = value;
    return select;
  }

  let parts = 0; // fields of the form so far, for their ids

  /** A group of fields with a legend: {label: control}. */
  function group(legend, controls, ...more) {
    const set = make("fieldset");
    const row = make("div", undefined, { className: "parts" });
    for (const [label, control] of Object.entries(controls)) row.append(labelled(`editor-part-${parts += 1}`, label, control));
    set.append(make("legend", legend), row, ...more);
    return set;
  }

  function deletion(target, what) {
    const label = make("label");
    const box = input("checkbox", "", { checked: decided.has(keyFor(target, "delete")) });
    box.dataset.delete = target;
    label.append(box, `Supprimer\u00a0: ce n’est pas ${what}`);
    return label;
  }

  function figureField([target, words, , unit]) {
    const value = input("number", current(target, "value"));
    value.dataset.figure = target;
    return group(`Chiffre «\u00a0${words}\u00a0»`, { [`Valeur${unit ? ` (${unit})` : ""}`]: value }, deletion(target, "un chiffre"));
  }

  function dateField([target, words, start, end]) {
    const changed = decided.get(keyFor(target, "date"))?.value;
    const [first, last] = changed === undefined ? [start, end] : daysOf(changed);
    const controls = { "Premier jour": input("date", first), "Dernier jour": input("date", last) };
    const set = group(`Date «\u00a0${words}\u00a0»`, controls, deletion(target, "une date"));
    set.dataset.date = target;
    return set;
  }

  /** The fields of a figure or date that was overlooked. */
  function addition(isDate, value = {}) {
    const words = input("text", value.text ?? "");
    const [first, last] = value.date ? daysOf(value.date) : ["", ""];
    const controls = isDate ? { "Premier jour": input("date", first), "Dernier jour": input("date", last) } : {
      Valeur: input("number", value.value ?? ""),
      Nature: choice(Object.entries(data.kinds), value.kind ?? "count"),
      Précision: choice(Object.entries(BOUNDS), value.bound ?? "exact"),
      "Unité (facultative)": input("text", value.unit ?? ""),
    };
    const drop = make("button", "Retirer", { type: "button" });
    const set = group(isDate ? "Date ajoutée" : "Chiffre ajouté", { "Mots du texte": words, ...controls }, drop);
    set.dataset.added = isDate ? "date" : "figure";
    drop.addEventListener("click", () => { set.remove(); one("#editor-add button").focus(); });
    return set;
  }

  function additions(target) {
    const place = make("div", undefined, { id: "editor-added" });
    for (const entry of addedTo(target)) place.append(addition("date" in entry.value, entry.value));
    const buttons = make("div", undefined, { id: "editor-add", className: "parts" });
    for (const [isDate, text] of [[false, "Ajouter un chiffre"], [true, "Ajouter une date"]]) {
      const button = make("button", text, { type: "button" });
      button.addEventListener("click", () => {
        const set = addition(isDate);
        place.append(set);
        one("input", set).focus();
      });
      buttons.append(button);
    }
    return [place, buttons];
  }

  function openEditor(target) {
    const place = data.places[target];
    editing = target;
    byId("editor-title").textContent = `Corriger ${NAMES[place.kind]}`;
    const fields = byId("editor-fields");
    fields.replaceChildren();
    if (place.status) fields.append(statusField(target));
    if (place.owner) fields.append(engagementField(target));
    if (place.kind !== "block") {
      fields.append(labelled("editor-text", "Texte", make("textarea", undefined, { value: current(target, "text") })));
      fields.append(...(place.figures ?? []).map(figureField), ...(place.dates ?? []).map(dateField), ...additions(target));
    } else fields.append(make("p", "Ce statut vaut pour tous les énoncés de l’encadré."));
    const known = [...decided.values()].find((entry) => ownerOf(entry.target) === target);
    byId("editor-note").value = known?.note ?? "";
    byId("editor-error").textContent = "";
    editor.showModal();
    one("input, textarea, select", fields)?.focus();
  }

  /** The two days of a group as EDTF, or undefined where they are no period. */
  function readDays(set) {
    const [start, end] = all('input[type="date"]', set).map((field) => field.value);
    const broken = all('input[type="date"]', set).some((field) => field.validity.badInput);
    return broken || (!start && !end) || (start && end && start > end) ? undefined : [start, end];
  }

  /** What the form says, or a sentence about what is wrong with it. */
  function readEditor() {
    const place = data.places[editing];
    const values = [];
    if (place.status) values.push([editing, "status", one('input[name="status"]:checked', editor).value]);
    if (place.owner) values.push([editing, "engagement", byId("editor-engagement").value]);
    if (place.kind === "block") return values;
    const text = byId("editor-text").value;
    if (!text.trim()) return "Le texte ne peut pas être vide.";
    values.push([editing, "text", text]);
    return readQuantities(values) ?? readAdded(values, text) ?? values;
  }

  function readQuantities(values) {
    for (const box of all("[data-delete]", editor)) {
      values.push([box.dataset.delete, "delete", box.checked ? quantityOf.get(box.dataset.delete).words : ""]);
    }
    for (const field of all("[data-figure]", editor)) {
      if (field.value === "" || !Number.isFinite(field.valueAsNumber)) return "Une valeur doit être un nombre.";
      values.push([field.dataset.figure, "value", field.valueAsNumber]);
    }
    for (const set of all("[data-date]", editor)) {
      const { words, start, end, edtf } = quantityOf.get(set.dataset.date);
      const days = readDays(set);
      if (!days) return `Les jours de «\u00a0${words}\u00a0» ne font pas une période.`;
      values.push([set.dataset.date, "date", days[0] === start && days[1] === end ? edtf : edtfOf(...days)]);
    }
    return undefined;
  }

  function readAdded(values, text) {
    for (const set of all("[data-added]", editor)) {
      const [words, value, unit] = all("input", set);
      if (!words.value || !text.includes(words.value)) return "Les mots d’un ajout se recopient du texte, tels quels.";
      if (set.dataset.added === "date") {
        const days = readDays(set);
        if (!days) return "Les jours d’une date ajoutée ne font pas une période.";
        values.push([editing, "add", { text: words.value, date: edtfOf(...days) }]);
      } else {
        if (value.value === "" || !Number.isFinite(value.valueAsNumber)) return "Une valeur doit être un nombre.";
        const [kind, bound] = all("select", set).map((field) => field.value);
        values.push([editing, "add", { text: words.value, kind, value: value.valueAsNumber, unit: unit.value.trim() || null, bound }]);
      }
    }
    return undefined;
  }

  byId("editor-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const values = readEditor();
    if (typeof values === "string") {
      byId("editor-error").textContent = values;
      return;
    }
    const note = byId("editor-note").value.trim() || null;
    for (const entry of addedTo(editing)) {
      decided.delete(keyFor(entry.target, "add", entry.value));
      unsaved = true;
    }
    for (const [target, field, value] of values) decide(target, field, value, note);
    drawChanges();
    editor.close();
    say(`${count(decided.size, "correction")} à enregistrer`);
  });
  byId("cancel").addEventListener("click", () => editor.close());
  for (const button of all("[data-correct]")) button.addEventListener("click", () => openEditor(button.dataset.correct));

  byId("mode").addEventListener("click", () => {
    const on = document.documentElement.classList.toggle("correcting");
    byId("mode").setAttribute("aria-pressed", String(on));
    say(on ? "Mode correction : chaque énoncé a un bouton Corriger" : "Mode correction quitté");
  });

  function correctionsFile() {
    const corrections = inOrder().map(({ target, field, value, note }) => ({
      target: `${data.root}/${target}`, sha256: data.sha256, field,
      source_text: data.places[ownerOf(target)].text, value, note, ...(data.step > 1 ? { step: data.step } : {}),
    }));
    return `${JSON.stringify({ schema_version: "1.0", corrections }, null, 1)}\n`;
  }

  byId("save").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([correctionsFile()], { type: "application/json" }));
    const link = make("a", undefined, { href: address, download: `corrections-${data.root}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    unsaved = false;
    say(`${count(decided.size, "correction")} dans le fichier`);
  });

  const EDTF = /^(\.\.|\d{4}(-\d\d){0,2}~?)(\/(\.\.|\d{4}(-\d\d){0,2}~?))?$/;

  function isAddition(value) {
    if (typeof value !== "object" || value === null || typeof value.text !== "string") return false;
    if ("date" in value) return typeof value.date === "string" && EDTF.test(value.date);
    return Object.hasOwn(data.kinds, value.kind) && Number.isFinite(value.value);
  }

  function fitsPlan(entry) {
    const target = typeof entry.target === "string" && entry.target.startsWith(`${data.root}/`) ? entry.target.slice(data.root.length + 1) : "";
    const quantity = quantityOf.get(target);
    const known = ["value", "date", "delete"].includes(entry.field) ? quantity
      : Object.hasOwn(data.places, target) && Object.hasOwn(FIELDS, entry.field);
    if (!known || entry.sha256 !== data.sha256 || data.places[ownerOf(target)].text !== entry.source_text) return null;
    const value = entry.value;
    const right = {
      value: () => quantity.value !== undefined && Number.isFinite(value),
      date: () => quantity.edtf !== undefined && typeof value === "string" && EDTF.test(value),
      delete: () => value === quantity.words,
      add: () => data.places[target].kind !== "block" && isAddition(value),
      engagement: () => ownerNames.has(value) && data.places[target].owner !== undefined,
      status: () => ["réalisé", "à venir"].includes(value) && data.places[target].status !== undefined,
      text: () => typeof value === "string" && value.trim() !== "" && data.places[target].kind !== "block",
    }[entry.field]();
    return right ? target : null;
  }

  byId("load").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    let entries;
    try {
      entries = JSON.parse(await file.text()).corrections;
      if (!Array.isArray(entries)) throw new TypeError("no list");
    } catch {
      say("Ce n’est pas un fichier de corrections");
      byId("none").hidden = false;
      byId("none").textContent = "Ce fichier n’est pas un fichier de corrections.";
      return;
    }
    let taken = 0;
    for (const entry of entries) {
      const target = entry && typeof entry === "object" ? fitsPlan(entry) : null;
      if (target === null) continue;
      decide(target, entry.field, entry.value, typeof entry.note === "string" ? entry.note : null);
      taken += 1;
    }
    drawChanges();
    const message = `${count(taken, "correction")} sur ${entries.length} reprises ; les autres ne correspondent pas à ce plan`;
    say(taken === entries.length ? `${count(taken, "correction")} reprises` : message);
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved && decided.size) event.preventDefault(); });
  drawChanges();

  restore();
})();
