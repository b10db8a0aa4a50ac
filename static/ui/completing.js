// Writing a section: a suggested passage goes to the end of the text without leaving the page, and each says
// whether the text holds it.
"use strict";

for (const form of document.querySelectorAll("form.writing")) {
  const text = form.querySelector("textarea[name=text]");
  const note = form.querySelector("[data-take-note]");
  const buttons = [...form.querySelectorAll("[data-take]")];
  const plain = (words) => words.split(/\s+/).filter(Boolean).join(" ");
  const show = () => {
    const held = plain(text.value);
    for (const button of buttons) {
      button.hidden = held.includes(plain(button.value));
      button.previousElementSibling.hidden = !button.hidden;
    }
  };
  if (!text) continue;
  text.addEventListener("input", () => {
    note.textContent = "";
    show();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    const before = text.value.trimEnd();
    text.value = before ? before + "\n\n" + button.value : button.value;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    note.textContent = form.dataset.taken;
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollTop = text.scrollHeight;
  });
  show();
}
