// Grouping statements: ranges, keys and dragging, and moves that bring back only what they changed.
"use strict";

for (const form of document.querySelectorAll("#grouping")) {
  const list = form.querySelector("ul#statements"), said = form.querySelector("#said"), count = form.querySelector("#ticked");
  if (!list) continue;
  const sent = new Set(); // on their way; another move does not take them along
  let moves = Promise.resolve(), last = null, dragged = [], recent = [];

  const boxes = () => [...list.querySelectorAll("li:not([hidden]) [name=statements]")];
  const ticked = () => boxes().filter((box) => box.checked && !sent.has(box.value)).map((box) => box.value);
  const shown = form.querySelector("#shown");
  const show = () => {
    count.textContent = ticked().length + " " + form.dataset.ticked;
    if (shown) shown.textContent = "(" + boxes().length + ")";
  };
  const box = (key) => document.getElementById("c" + key);
  // The statement after the last of those given, or else the one before them.
  const beside = (keys) => {
    const all = boxes().filter((one) => !sent.has(one.value) || keys.includes(one.value));
    const at = all.findLastIndex((one) => keys.includes(one.value));
    const free = (one) => !keys.includes(one.value);
    return (all.slice(at + 1).find(free) || all.slice(0, Math.max(at, 0)).findLast(free))?.value;
  };
  const focus = (key) => {
    const wrong = form.querySelector("#new-need [aria-invalid=true]");
    (wrong || (key && box(key)) || boxes()[0])?.focus();
    wrong?.setSelectionRange?.(wrong.value.length, wrong.value.length);
  };

  const fail = () => {
    said.innerHTML = '<span class="invalid-feedback"></span>';
    said.firstChild.textContent = form.dataset.failed;
  };
  // What the move changed takes its place by its id, all of it before the page is painted; the rest is what is said of
  // it. Whoever has been signed out is answered by another page, which does not belong in here.
  const ask = async (data) => {
    const answer = await fetch(location.pathname + location.search, { method: "POST", body: data, headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) return fail();
    const page = document.createElement("template");
    page.innerHTML = await answer.text();
    for (const node of page.content.querySelectorAll("[data-swap]")) {
      node.removeAttribute("data-swap");
      const old = document.getElementById(node.id);
      node.remove();
      old?.replaceWith(node);
      const row = node.closest("#statements > li");
      if (row) row.hidden = node.matches(".off"); // no :has(.off) in the style sheet: every move would look through all rows
    }
    said.replaceChildren(page.content);
  };

  // Moves are sent one after the other, each with the statements it was about when it was made.
  const send = (act, keys) => {
    renewToken(form);
    const data = new FormData(form);
    data.delete("statements");
    data.set("do", act);
    for (const key of keys) {
      data.append("statements", key);
      sent.add(key);
      document.getElementById("s" + key).classList.add("sent");
    }
    const one = act.split(":")[2] && act.startsWith("unlink");
    const next = act === "undo" ? recent[0] : one || act === "theme" ? keys[0] : beside(keys);
    const from = document.activeElement; // who has gone elsewhere when the answer comes is left there
    const byKey = list.contains(from) && act !== "undo" && !one;
    if (byKey) focus(next);
    recent = keys;
    show();
    moves = moves.then(() => ask(data)).catch(fail)
      .then(() => {
        const done = !said.querySelector(".invalid-feedback") && !one && act !== "theme";
        for (const key of keys) {
          sent.delete(key);
          document.getElementById("s" + key)?.classList.remove("sent");
          if (done && box(key)) box(key).checked = false;
        }
        show();
        const now = document.activeElement;
        if (now === document.body || (!byKey && (now === from || (from.id && now.id === from.id)))) focus(next);
      });
  };
  const press = (act) => {
    const one = act.split(":")[2];
    send(act, one ? [one] : act === "undo" ? [] : ticked());
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    press(event.submitter?.value || "new");
  });
  // Ticks: Shift takes everything between; a press on like statements ticks them when they are all here.
  form.addEventListener("change", show);
  list.addEventListener("click", (event) => {
    const alike = event.target.closest("[data-alike]");
    if (alike) {
      const all = alike.dataset.alike.split(",").map(box);
      if (all.includes(null)) return;
      event.preventDefault();
      for (const one of all) one.checked = true;
      show();
      said.textContent = count.textContent;
      return;
    }
    const label = event.target.closest("label");
    const one = label ? label.control : event.target;
    if (one.name !== "statements" || (label && !event.shiftKey)) return;
    if (label) {
      event.preventDefault(); // would mark the text between as well
      one.checked = !one.checked;
      one.focus();
    }
    const all = boxes(), here = all.indexOf(one), there = all.findIndex((other) => other.value === last);
    if (event.shiftKey && there >= 0) {
      for (const other of all.slice(Math.min(here, there), Math.max(here, there) + 1)) other.checked = one.checked;
    }
    last = one.value;
    show();
  });
  list.addEventListener("mousedown", (event) => { if (event.shiftKey) event.preventDefault(); });

  // Keys count only while one stands in the list, so they disturb neither typing nor speech.
  list.addEventListener("keydown", (event) => {
    const own = event.target.closest("li")?.querySelector("[name=statements]");
    if (!own || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key, all = boxes();
    if (key === "ArrowDown" || key === "ArrowUp") {
      all[all.indexOf(own) + (key === "ArrowDown" ? 1 : -1)]?.focus();
    } else if (key === "Enter" && event.target === own) own.click();
    else if (key === "z") form.querySelector("#undo button")?.click();
    else {
      const need = /^[1-9a-y]$/.test(key) && form.querySelector(`[data-key="${key}"]`);
      if (!need) return;
      const keys = ticked();
      send(need.value, keys.length ? keys : [own.value]);
    }
    event.preventDefault();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name === undefined || !event.target.matches("select, [data-all]")) return;
    event.preventDefault(); // a choice is made with its own button
  });

  // Dragging: the ticked when one of them is taken hold of, else that one alone.
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("li");
    if (row) row.draggable = !event.target.closest("button, a, input");
  });
  list.addEventListener("dragstart", (event) => {
    const own = event.target.closest("li")?.querySelector("[name=statements]");
    if (!own) return;
    dragged = own.checked ? ticked() : [own.value];
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.effectAllowed = "move";
    form.classList.add("dragging");
  });
  const over = (event) => (dragged.length ? event.target.closest("[data-need]") : null);
  const mark = (need) => {
    for (const old of form.querySelectorAll(".over")) old.classList.remove("over");
    need?.classList.add("over");
  };
  form.addEventListener("dragover", (event) => {
    const need = over(event);
    mark(need);
    if (need) event.preventDefault();
  });
  form.addEventListener("drop", (event) => {
    const need = over(event);
    if (!need) return;
    event.preventDefault();
    send("link:" + need.dataset.need, dragged);
  });
  form.addEventListener("dragend", () => {
    dragged = [];
    mark(null);
    form.classList.remove("dragging");
  });
  show();
}
