// Notes under correction: Enter divides, Backspace joins, Alt+arrow moves; the lines of a statement are shown beside it.
"use strict";

const form = document.querySelector("form[data-review]");
const whole = form.querySelector("[data-all-of-it]");
const rows = () => [...whole.querySelectorAll("[data-row]")];
const FIELDS = ["text", "place", "heading", "label", "owners", "lines"];
const field = (row, name) => row.querySelector(`[name^="${name}-"]`); // each row's fields carry its key: text-7
const rekey = (row, key) => {
  row.querySelector("[name=row]").value = key;
  for (const name of FIELDS) field(row, name).name = `${name}-${key}`;
};
const isText = (node) => node.name?.startsWith("text-");
const state = () => new URLSearchParams(new FormData(form)).toString();
const changed = () => form.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept by this
let timer = null, added = 0;

// What the statements were before the last change travels with the page; "Undo" brings it back.
const keep = () => {
  const now = [...new FormData(form)].filter(([name]) => /^(row|headings|(text|place|heading|label|owners|lines)-.*)$/.test(name));
  whole.querySelector("[name=before]").value = new URLSearchParams(now).toString();
  form.querySelector("[data-undo]").hidden = false;
};

// Numbers, and what the buttons name, follow the order on the page.
const renumber = () => rows().forEach((row, at) => {
  const number = at + 1, above = rows()[at - 1];
  row.id = "r" + number;
  row.querySelector(".noted-number").textContent = number;
  field(row, "text").setAttribute("aria-label", `${form.dataset.rowName} ${number}`);
  field(row, "place").setAttribute("aria-label", `${form.dataset.placeName} ${number}`);
  for (const button of row.querySelectorAll("[data-do]")) button.value = `${button.dataset.do}:${at}`;
  row.querySelector("[data-do=merge]").hidden = !above || field(above, "place").value !== field(row, "place").value;
});

const focus = (row, at) => {
  const text = field(row, "text");
  text.focus();
  if (at !== undefined) text.setSelectionRange(at, at);
};

// The server tells what became of each line; what was typed while it did is asked about anew.
const ask = async (what) => {
  clearTimeout(timer);
  const before = state(), data = new URLSearchParams(before);
  data.set("do", what);
  const answer = await fetch(location.pathname, { method: "POST", body: data });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-all-of-it]");
  return page && state() === before ? page : null;
};

const take = (page, selector) => {
  const mine = whole.querySelectorAll(selector), theirs = page.querySelectorAll(selector);
  mine.forEach((node, at) => { node.className = theirs[at].className; node.replaceChildren(...theirs[at].childNodes); });
};

const look = async () => {
  const page = await ask("look").catch(() => null);
  if (!page || page.querySelectorAll("[data-row]").length !== rows().length) return;
  for (const selector of ["[data-sum]", "[data-notes]", "[data-where]", "[data-told]", "[data-count]"]) take(page, selector);
  rows().forEach((row, at) => rekey(row, at + 1)); // the lines that were taken carry the server's keys
  show(document.activeElement?.closest?.("[data-row]"));
};

const later = () => { clearTimeout(timer); timer = setTimeout(look, 700); };
const moved = () => { renumber(); changed(); later(); };

// A line break, typed or pasted, divides the statement there.
const divide = (row) => {
  const text = field(row, "text"), after = text.value.length - text.selectionStart;
  const parts = text.value.split("\n").map((part) => part.trim());
  text.value = parts.shift();
  let last = row;
  for (const part of parts) {
    const next = row.cloneNode(true);
    rekey(next, "x" + ++added);
    next.querySelector("[data-told]").replaceChildren();
    for (const name of ["aria-invalid", "aria-describedby", "autofocus"]) field(next, "text").removeAttribute(name);
    field(next, "text").classList.remove("is-invalid");
    last.after(next);
    field(next, "place").value = field(row, "place").value;
    for (const name of ["heading", "label", "owners"]) field(next, name).value = field(row, name).value;
    field(next, "label").value = "";
    field(next, "text").value = part;
    last = next;
  }
  const length = field(last, "text").value.length;
  focus(last, Math.max(0, length - after));
  moved();
};

const join = (row) => {
  const above = row.previousElementSibling;
  if (!above) return;
  keep();
  const [text, label, owners, lines] = ["text", "label", "owners", "lines"].map((name) => field(above, name));
  const mine = field(row, "text").value, at = text.value.length + (text.value && mine ? 1 : 0);
  const lead = label.value && field(row, "label").value ? field(row, "label").value + ": " : "";
  text.value = [text.value, lead + mine].filter(Boolean).join(" ");
  label.value = label.value || field(row, "label").value;
  owners.value = [...new Set([owners.value, field(row, "owners").value].filter(Boolean))].join(", ");
  lines.value = [...new Set([lines.value, field(row, "lines").value].filter(Boolean))].join(", ");
  row.remove();
  focus(above, at);
  moved();
};

// Within its list, and beyond the ends of it into the list under the heading above or below.
const move = (row, up) => {
  const list = row.parentNode, lists = [...whole.querySelectorAll(".noted-list")];
  const beside = up ? row.previousElementSibling : row.nextElementSibling;
  const other = lists[lists.indexOf(list) + (up ? -1 : 1)];
  if (!beside && !other) return;
  keep();
  const at = field(row, "text").selectionStart;
  if (beside) beside[up ? "before" : "after"](row);
  else {
    other[up ? "append" : "prepend"](row);
    field(row, "place").value = other.dataset.place;
    field(row, "heading").value = other.dataset.heading;
  }
  focus(row, at);
  row.scrollIntoView({ block: "nearest" });
  moved();
};

whole.addEventListener("beforeinput", (event) => {
  if (isText(event.target) && (event.inputType === "insertLineBreak" || event.data?.includes("\n"))) keep();
});

whole.addEventListener("input", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || !isText(event.target)) return row && later();
  if (event.target.value.includes("\n")) divide(row);
  else later();
});

whole.addEventListener("keydown", (event) => {
  const row = isText(event.target) && event.target.closest("[data-row]");
  if (!row) return;
  const { selectionStart: start, selectionEnd: end, value } = event.target, up = event.key === "ArrowUp";
  if (event.key === "Backspace" && !start && !end && row.previousElementSibling) join(row);
  else if (event.altKey && (up || event.key === "ArrowDown")) move(row, up);
  else if ((up && !end) || (event.key === "ArrowDown" && start === value.length)) {
    const next = rows()[rows().indexOf(row) + (up ? -1 : 1)];
    if (!next || event.shiftKey || event.ctrlKey || event.metaKey) return;
    focus(next, up ? field(next, "text").value.length : 0);
  } else return;
  event.preventDefault();
});

// The lines of the statement that has the keyboard are marked, and stand in sight.
const show = (row) => {
  for (const line of whole.querySelectorAll(".notes-lines .at")) line.classList.remove("at");
  if (!row) return;
  const lines = field(row, "lines").value.split(",").flatMap((part) => {
    const [first, last] = part.split("–").map(Number);
    return Array.from({ length: (last || first) - first + 1 }, (_none, at) => document.getElementById("n" + (first + at)));
  }).filter(Boolean);
  for (const line of lines) line.classList.add("at");
  const box = whole.querySelector("[data-notes]");
  if (lines.length) box.scrollTop = lines[0].offsetTop - box.clientHeight / 3;
};
whole.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) show(row);
});

// Buttons that only change the page, and a new heading chosen, do so without leaving it.
const press = async (what) => {
  let page = null;
  for (let tries = 0; tries < 3 && !page; tries += 1) page = await ask(what);
  if (!page) return false;
  const top = whole.querySelector("[data-notes]").scrollTop, open = whole.querySelector(".notes-side").open;
  whole.replaceChildren(...page.childNodes);
  form.querySelector("[data-undo]").hidden = !whole.querySelector("[name=before]").value;
  whole.querySelector(".notes-side").open = open;
  whole.querySelector("[data-notes]").scrollTop = top;
  const here = whole.querySelector("[autofocus]");
  if (here) { here.focus(); show(here.closest("[data-row]")); }
  changed();
  return true;
};
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || ["save", "again"].includes(button.value)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // the page is not being left
  press(button.value).then((done) => { if (!done) location.assign("#"); }, () => form.submit());
});
whole.addEventListener("change", (event) => {
  const row = event.target.name?.startsWith("place-") && event.target.closest("[data-row]"), to = event.target.value;
  if (!row) return;
  event.target.value = row.parentNode.dataset.place;
  keep();
  event.target.value = to;
  const list = [...whole.querySelectorAll(".noted-list")].filter((one) => one.dataset.place === to).pop();
  if (!list) return later();
  list.append(row);
  field(row, "heading").value = list.dataset.heading;
  event.target.focus();
  row.scrollIntoView({ block: "nearest" });
  moved();
});

if (matchMedia("(max-width:760px)").matches) whole.querySelector(".notes-side").open = false;
