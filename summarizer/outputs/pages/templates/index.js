"use strict";
(() => {
  const SIZE = 100;
  const table = document.getElementById("articles");
  const bodies = [...table.tBodies];
  const rows = bodies.flatMap(body => [...body.rows]);
  const heads = [...table.tHead.querySelectorAll("th[data-kind]")];
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const chips = document.getElementById("chips");
  const [previous, next] = document.querySelectorAll(".turn button");
  const { flags, tallies } = JSON.parse(document.getElementById("data").textContent);
  const parts = [...document.querySelectorAll(".parts :is(a, b)")];
  const elsewhere = document.getElementById("elsewhere");
  const collator = new Intl.Collator("vi");
  const vietnamese = new Intl.NumberFormat("vi");
  const keys = [];
  const here = parts.length ? " của phần này" : "";
  let texts = null, sorted = -1, down = false, page = 0, found = rows;
  bodies.slice(1).forEach(body => body.remove());
  // Where a filter's link leads without a script; with one it leads to the table.
  document.querySelectorAll("[id^='co=']").forEach(place => place.removeAttribute("id"));

  // Letters without marks, so that "dang bo" finds "Đảng bộ".
  const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

  function keysOf(column) {
    if (!keys[column]) {
      const cells = rows.map(row => row.cells[column].textContent);
      const kind = heads[column].dataset.kind;
      if (kind === "number") {
        keys[column] = cells.map(cell => cell === "" ? null : Number(cell.replace(/\./g, "")));
      } else if (kind === "date") {
        keys[column] = cells.map(cell => cell === "" ? null : cell.split("/").reverse().join(""));
      } else {
        const order = cells.map((_, at) => at).sort((a, b) => collator.compare(cells[a], cells[b]));
        const ranks = new Array(cells.length);
        order.forEach((at, rank) => {
          const before = order[rank - 1];
          ranks[at] = rank && cells[before] === cells[at] ? ranks[before] : rank;
        });
        keys[column] = cells.map((cell, at) => cell === "" ? null : ranks[at]);
      }
    }
    return keys[column];
  }

  const asked = () => new URLSearchParams(location.hash.slice(1));

  // The links to the other parts take the search and the filter with them, and say what a filter finds there.
  function point(year, flag, words) {
    const count = tally => (year === null ? Object.values(tally) : [tally[year] || {}])
      .reduce((sum, flags) => sum + (flags[flag || ""] || 0), 0);
    const told = !words.length && (year !== null || flag);
    parts.forEach((link, at) => {
      const there = told ? count(tallies[at]) : null;
      link.textContent = there === null ? at + 1 : `${at + 1}: ${vietnamese.format(there)} bài`;
      link.classList.toggle("none", there === 0);
      if (link.href) link.hash = asked();
    });
    if (elsewhere) elsewhere.textContent = words.length ? `Tìm tiếp “${search.value.trim()}” ở phần` : "Phần";
  }

  function matching() {
    const wanted = asked();
    const year = wanted.get("nam"), flag = wanted.get("co"), words = fold(search.value).split(/\s+/).filter(Boolean);
    point(year, flag, words);
    if (words.length && !texts) texts = rows.map(row => fold([...row.cells].slice(0, 4).map(cell => cell.textContent).join(" ")));
    chips.textContent = [year === null ? "" : `năm ${year || "không rõ"}`, flag ? flags[flag] || flag : ""].filter(Boolean).join(" · ");
    chips.parentElement.hidden = !chips.textContent;
    return rows.map((_, at) => at).filter(at =>
      (year === null || rows[at].cells[1].textContent === year) &&
      (!flag || rows[at].dataset.g.split(" ").includes(flag)) &&
      words.every(word => texts[at].includes(word)));
  }

  function apply() {
    found = matching();
    if (sorted >= 0) {
      const by = keysOf(sorted), sign = down ? -1 : 1;
      found.sort((a, b) => by[a] === by[b] ? a - b : by[a] === null ? 1 : by[b] === null ? -1 : by[a] < by[b] ? -sign : sign);
    }
    page = 0;
    show();
  }

  function show() {
    const from = page * SIZE, to = Math.min(from + SIZE, found.length);
    bodies[0].replaceChildren(...found.slice(from, to).map(at => rows[at]));
    status.textContent = found.length
      ? `Hiện ${vietnamese.format(from + 1)}–${vietnamese.format(to)} trong ${vietnamese.format(found.length)} bài${here}`
      : `Không có bài nào như vậy${here}`;
    previous.disabled = page === 0;
    next.disabled = to >= found.length;
  }

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      down = sorted === column ? !down : heads[column].dataset.kind !== "text";
      sorted = column;
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      apply();
    });
  });
  const turn = by => { page += by; show(); table.scrollIntoView(); };
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  search.addEventListener("input", () => {
    const wanted = asked();
    wanted.delete("list");
    if (search.value.trim()) wanted.set("tim", search.value); else wanted.delete("tim");
    history.replaceState(null, "", `#${wanted}`);
    apply();
  });
  const follow = () => {
    search.value = asked().get("tim") || "";
    apply();
    if (location.hash.includes("=")) document.getElementById("list").scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();

  // Ordering names takes a moment; it is done while nobody waits for it.
  const idle = window.requestIdleCallback || (work => setTimeout(work, 200));
  const prepare = column => { if (column < heads.length) { keysOf(column); idle(() => prepare(column + 1)); } };
  idle(() => prepare(0));
})();
