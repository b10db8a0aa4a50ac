// Writing a section: a suggested passage goes to the end of the text without leaving the page.
"use strict";

for (const form of document.querySelectorAll("form.writing")) {
  const text = form.querySelector("textarea[name=text]");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button || !text) return;
    event.preventDefault();
    const before = text.value.trimEnd();
    text.value = before ? before + "\n\n" + button.value : button.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    const note = document.createElement("span");
    note.className = "badge completed";
    note.setAttribute("role", "status");
    button.replaceWith(note);
    note.textContent = form.dataset.taken;
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollTop = text.scrollHeight;
  });
}
