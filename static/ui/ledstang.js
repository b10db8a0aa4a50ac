// Small helps on top of pages that work without them: drafts kept while typing, statements typed as lines.
"use strict";

// Signing in again in another tab changes the token that forms carry; take the one that holds now.
const renewToken = (form) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token && field) field.value = token[1];
};

// Forms marked data-draft-url are saved as a draft a moment after each change.
for (const form of document.querySelectorAll("form[data-draft-url]")) {
  const note = form.querySelector("[data-draft-note]");
  let timer = null, leaving = false, dirty = false;
  const say = (text) => { if (note) note.textContent = text; };
  const body = () => {
    renewToken(form);
    const data = new FormData(form);
    data.append("_draft_key", form.dataset.draftKey);
    data.append("_draft_title", form.dataset.draftTitle);
    data.append("_draft_url", location.pathname);
    return data;
  };
  const save = async () => {
    timer = null;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: body(), redirect: "manual" });
      if (answer.ok) say(form.dataset.saved + " " + (await answer.json()).saved_at);
      else if (answer.type === "opaqueredirect" || answer.status === 403) {
        say(form.dataset.signedOut);
        dirty = true;
        timer = setTimeout(save, 4000);
      } else say((await answer.json()).error);
    } catch {
      dirty = true;
      say(form.dataset.offline);
      timer = setTimeout(save, 4000);
    }
  };
  const typed = () => {
    dirty = true;
    if (!timer) timer = setTimeout(save, 1500);
  };
  form.addEventListener("input", typed);
  const isTyped = (field) => /text|number|date/.test(field.type) && field.value !== field.defaultValue;
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward"; // to what is saved already
  if (!isBack && [...form.elements].some(isTyped)) typed(); // while this script was on its way
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); renewToken(form); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty && !leaving) navigator.sendBeacon(form.dataset.draftUrl, body());
  });
}

// Statements: one a line. Alt+arrow moves the line; the count beneath follows.
for (const area of document.querySelectorAll("textarea[data-statements]")) {
  const count = document.createElement("p");
  count.className = "form-text";
  area.after(count);
  const words = (document.querySelector("[data-statement-words]")?.dataset.statementWords || "|").split("|");
  const show = () => {
    const lines = area.value.split("\n").filter((line) => line.trim()).length;
    count.textContent = lines === 1 ? "1 " + words[0] : lines + " " + words[1];
  };
  area.addEventListener("input", show);
  show();
  area.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const lines = area.value.split("\n");
    const at = area.value.slice(0, area.selectionStart).split("\n").length - 1;
    const to = at + (event.key === "ArrowUp" ? -1 : 1);
    if (to < 0 || to >= lines.length) return;
    [lines[at], lines[to]] = [lines[to], lines[at]];
    area.value = lines.join("\n");
    const start = lines.slice(0, to).join("\n").length + (to ? 1 : 0);
    area.setSelectionRange(start, start + lines[to].length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Menus close when focus or a click leaves them, and by Escape.
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A row that came into the page by itself gets the keyboard.
document.addEventListener("htmx:afterSwap", (event) => {
  const editor = document.querySelector("tr.editing:not([data-open])");
  if (editor) {
    editor.dataset.open = "";
    editor.querySelector("select, input:not([type=hidden])").focus();
    editor.addEventListener("keydown", (key) => { if (key.key === "Escape") editor.querySelector("a[hx-get]").click(); });
    return;
  }
  const first = event.target.querySelector?.("[data-focus]") || document.querySelector("[data-focus]");
  if (first) { first.focus(); first.removeAttribute("data-focus"); }
});

// Forms that take a while say so, and are sent once.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
    const note = form.querySelector("[data-busy-note]");
    if (note) note.hidden = false;
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    for (const note of form.querySelectorAll("[data-busy-note]")) note.hidden = true;
  }
});

// A box that ticks all boxes of a name.
for (const box of document.querySelectorAll("[data-all]")) {
  box.addEventListener("change", () => {
    for (const one of box.form.querySelectorAll(`[name="${box.dataset.all}"]`)) one.checked = box.checked;
  });
}

// Lists that are put in order by Alt+arrow or by dragging; every move is saved. Buttons do it without this.
for (const form of document.querySelectorAll("form[data-sortable]")) {
  let dragged = null;
  const press = (row, way) => row.querySelector(`[value$=":${way}"]`)?.click();
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("li");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    press(row, event.key === "ArrowUp" ? "up" : "down");
  });
  form.addEventListener("dragstart", (event) => { dragged = event.target.closest("li"); });
  form.addEventListener("dragover", (event) => {
    const row = event.target.closest("li");
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    row.parentNode.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? row : row.nextSibling);
  });
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => { if (dragged) form.requestSubmit(); });
}

// A picture that is wider than the page starts where its named text stands.
for (const box of document.querySelectorAll("[data-scroll-to]")) {
  const at = [...box.querySelectorAll("text")].find((text) => text.textContent === box.dataset.scrollTo);
  if (at) box.scrollLeft = at.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth * 0.75;
}
