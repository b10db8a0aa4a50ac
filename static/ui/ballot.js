// A vote by points: the buttons beside an option work without a journey to the server, and what is left is counted.
"use strict";

for (const form of document.querySelectorAll("form[data-points]")) {
  const { points, picks, stride } = Object.fromEntries(Object.entries(form.dataset).map(([key, value]) => [key, Number(value)]));
  const fields = [...form.querySelectorAll(".dial input")];
  const sum = form.querySelector(".sum");
  const number = (field) => (/^\s*\d{1,6}\s*$/.test(field.value) ? Number(field.value) : 0);
  const spent = () => fields.reduce((total, field) => total + number(field), 0);
  const show = () => {
    const left = points - spent(), picked = fields.filter((field) => number(field) > 0).length;
    form.querySelector("[data-left]").textContent = String(left).replace("-", "−");
    form.querySelector("[data-picked]").textContent = picked;
    sum.classList.toggle("too-much", left < 0 || picked > picks);
    sum.classList.toggle("ready", left === 0 && picked === picks);
    for (const field of fields) field.closest("li").classList.toggle("chosen", number(field) > 0);
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=step]");
    if (!button) return;
    event.preventDefault();
    const field = button.closest(".dial").querySelector("input");
    const more = Math.min(stride, Math.max(0, points - spent()));
    const now = button.value.endsWith("+") ? number(field) + more : Math.max(0, number(field) - stride);
    field.value = now || "";
    show();
  });
  form.addEventListener("input", (event) => {
    const row = event.target.closest("li");
    row?.classList.remove("wrong");
    row?.querySelector(".invalid-feedback")?.remove();
    for (const name of ["aria-invalid", "aria-describedby"]) event.target.removeAttribute(name);
    show();
  });
  window.addEventListener("pageshow", show);
  show();
}
