"use strict";
// The page of a review: goes from one thing to decide to the next by keyboard, and saves each by itself.
const items = [...document.querySelectorAll("form.item")];
const reviewer = document.getElementById("reviewer");
const counter = document.getElementById("left");
const words = JSON.parse(document.body.dataset.words);
const saved = new Map();
let current = null;

function at(form) { return items.indexOf(form); }

function go(form, { scroll = true } = {}) {
  if (!form) return;
  if (current) current.classList.remove("current");
  document.querySelectorAll(".text .spot").forEach((spot) => spot.classList.remove("spot"));
  current = form;
  form.classList.add("current");
  form.focus({ preventScroll: true });
  history.replaceState(null, "", "#" + form.id);
  if (scroll) form.scrollIntoView({ block: "nearest" });
  const spot = form.dataset.mark && document.getElementById(form.dataset.mark);
  if (spot) {
    spot.classList.add("spot");
    if (matchMedia("(min-width: 56rem)").matches) spot.scrollIntoView({ block: "center" });
  }
}

function undecidedAfter(form) {
  const open = (one) => !one.dataset.verdict && one.dataset.group !== "numbers" && one.dataset.group !== "missing";
  return items.slice(at(form) + 1).find(open) || items.find(open);
}

function fieldsOf(form) {
  const fields = {};
  for (const one of form.querySelectorAll("[name]")) {
    if (one.type !== "checkbox") fields[one.name] = one.value;
    else fields[one.name] = [fields[one.name], one.checked ? one.value : ""].filter(Boolean).join(" ");
  }
  return fields;
}

function show(form, reasons, ask) {
  const closed = form.querySelector(".edit") ? "" : Object.values(reasons).join("; ");
  for (const why of form.querySelectorAll(".why")) {
    const reason = reasons[why.dataset.for] || (why.dataset.for ? "" : closed);
    why.textContent = reason;
    why.hidden = !reason;
    const control = form.querySelector(`[name="${why.dataset.for}"]`);
    if (control) control.setAttribute("aria-invalid", reason ? "true" : "false");
  }
  const sure = form.querySelector("[data-do=sure]");
  if (sure) { sure.hidden = !ask; if (ask) sure.focus(); }
}

// The controls are made when they are wanted, with what was saved last; what was typed and not saved goes with them.
function edit(form, open) {
  if (open && !form.querySelector(".edit")) {
    form.append(form.querySelector("template").content.cloneNode(true));
    for (const one of saved.has(form) ? form.querySelectorAll("[name]") : []) {
      const value = saved.get(form)[one.name];
      if (one.type === "checkbox") one.checked = value.split(" ").includes(one.value);
      else one.value = value;
    }
  }
  if (open) {
    const first = form.querySelector(".edit :is(input, select, textarea)");
    first.focus();
    if (first.select) first.select();
  } else {
    form.querySelector(".edit")?.remove();
    show(form, {}, false);
    form.focus({ preventScroll: true });
  }
}

async function send(body) {
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ reviewer: reviewer.value, ...body }),
    });
    if (!answer.ok) return { saved: {}, refused: {}, failed: await answer.text() };
    return await answer.json();
  } catch {
    return { saved: {}, refused: {}, failed: words.no_answer };
  }
}

function count(answer) {
  if (answer.left === undefined) return;
  counter.dataset.left = answer.left;
  const summary = items.find((one) => one.dataset.key === "summary");
  if (!summary.dataset.verdict && answer.summary) {
    summary.querySelector(".value").textContent = answer.summary;
    saved.set(summary, { summary: answer.summary });
  }
  counter.textContent = answer.left ? words.left.replace("{n}", answer.left) : words.none_left;
}

function settle(form, answer) {
  const key = form.dataset.key;
  const made = answer.saved[key];
  const refused = answer.refused[key];
  if (made) {
    form.dataset.seen = made.seen;
    form.dataset.verdict = made.verdict;
    form.querySelector(".by").textContent = made.verdict ? `${words["verdict." + made.verdict]} ${made.by}` : "";
    if (made.value !== undefined) form.querySelector(".value").textContent = made.value;
    show(form, {}, false);
  } else if (refused) show(form, refused.reasons, refused.ask);
  else if (answer.failed) show(form, { "": answer.failed }, false);
  return Boolean(made);
}

async function decide(form, verdict, sure = false) {
  const fields = verdict === "changed" || verdict === "added" ? fieldsOf(form) : {};
  const answer = await send({ decisions: [{ key: form.dataset.key, verdict, fields, seen: form.dataset.seen, sure }] });
  count(answer);
  if (form.classList.contains("new") && answer.saved[form.dataset.key]) {
    location.hash = "i-" + answer.saved[form.dataset.key].key.replaceAll(":", "-");
    location.reload();
    return;
  }
  if (!settle(form, answer)) return;
  if (verdict === "undecided") { location.reload(); return; } // with what the report had
  if (form.querySelector(".edit")) saved.set(form, fields);
  edit(form, false);
  go(undecidedAfter(form) || items[at(form) + 1] || form);
}

async function confirmAll(group) {
  const open = items.filter((one) => one.dataset.group === group && !one.dataset.verdict);
  const decisions = open.map((one) => ({ key: one.dataset.key, verdict: "confirmed", fields: {}, seen: one.dataset.seen, sure: false }));
  const answer = await send({ decisions });
  count(answer);
  open.forEach((one) => settle(one, answer));
  go(undecidedAfter(open[open.length - 1] || items[0]) || current);
}

async function complete(button) {
  const answer = await send({ decisions: [], complete: button.getAttribute("aria-pressed") !== "true" });
  count(answer);
  const why = document.getElementById("complete-why");
  why.textContent = answer.failed || (answer.refused.complete ? answer.refused.complete.reasons[""] : "");
  why.hidden = !why.textContent;
  button.setAttribute("aria-pressed", String(Boolean(answer.complete)));
  button.textContent = answer.complete ? words.looked_at : words.look_at_all;
}

function act(form, what) {
  if (what === "edit") { if (!form.classList.contains("new")) go(form, { scroll: false }); edit(form, true); }
  else if (what === "close") edit(form, false);
  else if (what === "sure") decide(form, form.querySelector("[type=submit]").dataset.do, true);
  else decide(form, what);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && button.dataset.do && button.type === "button") { act(button.form, button.dataset.do); return; }
  if (button && button.dataset.all) { confirmAll(button.dataset.all); return; }
  if (button && button.id === "complete") { complete(button); return; }
  const link = event.target.closest(".text a[href^='#i-']");
  if (link) { event.preventDefault(); go(document.getElementById(link.hash.slice(1))); return; }
  const item = event.target.closest("form.item");
  if (item && item !== current && !event.target.closest("input, select, textarea, button, a")) go(item, { scroll: false });
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  decide(event.target, event.target.querySelector("[type=submit]").dataset.do);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest("input, select, textarea");
  const editing = event.target.closest(".edit");
  if (event.key === "Escape" && editing) { edit(editing.closest("form"), false); return; }
  if (event.key === "Enter" && typing && typing.type === "checkbox") { event.preventDefault(); decide(typing.form, typing.form.querySelector("[type=submit]").dataset.do); return; }
  if (typing || event.target.closest("button, a, summary")) { if (event.key !== "ArrowDown" && event.key !== "ArrowUp" || typing) return; }
  const form = current;
  const key = event.key.toLowerCase();
  if (key === "arrowdown" || key === "j") go(items[Math.min(at(form) + 1, items.length - 1)]);
  else if (key === "arrowup" || key === "k") go(items[Math.max(at(form) - 1, 0)]);
  else if (key === "d") complete(document.getElementById("complete"));
  else if (key === "n") { const after = document.getElementById("after"); if (after) after.click(); }
  else if (!form) return;
  else if (key === "enter") { if (form.dataset.new) edit(form, true); else decide(form, "confirmed"); }
  else if (key === "e") edit(form, true);
  else if (key === "x") { if (!(form.dataset.empty && !form.dataset.new)) decide(form, "struck"); }
  else if (key === "u") { if (form.dataset.verdict) decide(form, "undecided"); }
  else return;
  event.preventDefault();
});

// Kept by the name that the server was started with: another reviewer's is not to be signed with.
const signed = `reviewer:${reviewer.defaultValue}`;
reviewer.addEventListener("change", () => localStorage.setItem(signed, reviewer.value));
reviewer.value = localStorage.getItem(signed) || reviewer.value;
const wanted = location.hash && document.getElementById(location.hash.slice(1));
go(items.includes(wanted) ? wanted : undecidedAfter(null) || items[0]);
