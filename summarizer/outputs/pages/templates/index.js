"use strict";
(() => {
  const SIZE = 100;
  const table = document.getElementById("articles");
  const tables = [...table.tBodies];
  const rows = tables.flatMap(body => [...body.rows]);
  const heads = [...table.tHead.querySelectorAll("th[data-kind]")];
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const chips = document.getElementById("chips");
  const [previous, next] = document.querySelectorAll(".turn button");
  const { lang, flags, kinds, provinces, bodies, tallies, words: said } = JSON.parse(document.getElementById("data").textContent);
  const parts = [...document.querySelectorAll(".parts :is(a, b)")];
  const elsewhere = document.getElementById("elsewhere");
  const collator = new Intl.Collator("vi");
  const numbers = new Intl.NumberFormat(lang);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const FIRST = 3;  // the column of the first figure
  const sums = [...table.tHead.rows[2].cells].slice(1, -1);
  const keys = [];
  const asked = () => new URLSearchParams(location.hash.slice(1));
  const here = parts.length ? ` ${said.of_part}` : "";
  let texts = null, sorted = -1, down = false, page = 0, found = rows;
  tables.slice(1).forEach(body => body.remove());
  // Where a filter's link leads without a script; with one it leads to the table.
  document.querySelectorAll("[id^='co=']").forEach(place => place.removeAttribute("id"));

  // A choice of a year, a kind or a province is a filter like those of the figures' links.
  const years = [...new Set(tallies.flatMap(Object.keys))].filter(Boolean).sort().reverse();
  const choices = [
    ["nam", years.map(year => [year, year]), row => row.cells[1].textContent],
    ["loai", Object.entries(kinds), row => row.dataset.k],
    ["tinh", provinces.map((name, at) => [String(at), name]), row => row.dataset.p],
  ].map(([id, options, of]) => {
    const choice = document.getElementById(id);
    const there = new Set(rows.map(of));
    options.filter(([value]) => parts.length || there.has(value)).forEach(([value, words]) => choice.add(new Option(words, value)));
    choice.parentElement.hidden = choice.length < 3;
    choice.addEventListener("change", () => {
      const wanted = asked();
      wanted.delete("list");
      if (choice.value) wanted.set(id, choice.value); else wanted.delete(id);
      location.hash = wanted;
    });
    return choice;
  });

  // Letters without marks, so that "dang bo" finds "Đảng bộ".
  const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

  function keysOf(column) {
    if (!keys[column]) {
      const kind = heads[column].dataset.kind;
      if (kind === "number") {
        // A number that is in no sum is struck through, and does not order its row.
        const added = cell => {
          const links = [...cell.querySelectorAll(":scope > a")].map(link => link.textContent);
          return links.length ? links : cell.firstElementChild || !cell.textContent ? [] : cell.textContent.split("+");
        };
        const sum = figures => figures.reduce((all, figure) => all + Number(figure.replace(/[.,]/g, "")), 0);
        keys[column] = rows.map(row => added(row.cells[column])).map(figures => figures.length ? sum(figures) : null);
        return keys[column];
      }
      const cells = rows.map(row => row.cells[column].textContent);
      if (kind === "date") {
        keys[column] = cells.map(cell => cell === "" ? null : lang === "vi" ? cell.split("/").reverse().join("") : Date.parse(cell));
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

  // The links to the other parts take the search and the filter with them, and say what a filter finds there.
  function point(year, flag, words) {
    const count = tally => (year === null ? Object.values(tally) : [tally[year] || {}])
      .reduce((sum, flags) => sum + (flags[flag || ""] || 0), 0);
    const other = ["loai", "tinh", "dv"].some(key => asked().has(key));
    const told = !words.length && !other && (year !== null || flag);
    parts.forEach((link, at) => {
      const there = told ? count(tallies[at]) : null;
      link.textContent = there === null ? at + 1 : fill(said.in_part, { part: at + 1, n: numbers.format(there) });
      link.classList.toggle("none", there === 0);
      if (link.href) link.hash = asked();
    });
    if (elsewhere) elsewhere.textContent = words.length ? fill(said.go_on, { words: search.value.trim() }) : said.part_word;
  }

  function matching() {
    const wanted = asked();
    const year = wanted.get("nam"), flag = wanted.get("co"), kind = wanted.get("loai"), province = wanted.get("tinh"), body = wanted.get("dv");
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    point(year, flag, words);
    if (words.length && !texts) texts = rows.map(row => fold([...row.cells].slice(0, 3).map(cell => cell.textContent).join(" ")));
    chips.textContent = [
      year === null ? "" : fill(said.year_is, { year: year || said.unknown_year }), flag ? flags[flag] || flag : "",
      kind ? kinds[kind] || kind : "", provinces[province] || "", bodies[body] || "",
    ].filter(Boolean).join(" · ");
    choices.forEach(choice => { choice.value = wanted.get(choice.id) || ""; });
    chips.parentElement.hidden = !chips.textContent;
    return rows.map((_, at) => at).filter(at =>
      (year === null || rows[at].cells[1].textContent === year) &&
      (!flag || rows[at].dataset.g.split(" ").includes(flag)) &&
      (!kind || rows[at].dataset.k === kind) && (!province || rows[at].dataset.p === province) && (!body || rows[at].dataset.b === body) &&
      words.every(word => texts[at].includes(word)));
  }

  function apply() {
    found = matching();
    if (sorted >= 0) {
      const by = keysOf(sorted), sign = down ? -1 : 1;
      found.sort((a, b) => by[a] === by[b] ? a - b : by[a] === null ? 1 : by[b] === null ? -1 : by[a] < by[b] ? -sign : sign);
    }
    sums.forEach((cell, at) => {
      const sum = found.reduce((all, row) => all + keysOf(FIRST + at)[row], 0);
      cell.textContent = sum ? numbers.format(sum) : "";
    });
    page = 0;
    show();
  }

  // On a phone a row is a card, where a figure needs the words of its head.
  const groups = [...table.tHead.rows[0].cells].flatMap(cell => Array(cell.colSpan).fill(cell.dataset.group || ""));
  const names = heads.map((head, at) => at < FIRST ? "" : `${groups[at] || ""} ${head.textContent}`.trim());
  const name = row => [...row.cells].forEach((cell, at) => { if (names[at] && cell.firstChild) cell.dataset.l = names[at]; });

  function show() {
    const from = page * SIZE, to = Math.min(from + SIZE, found.length);
    found.slice(from, to).forEach(at => name(rows[at]));
    tables[0].replaceChildren(...found.slice(from, to).map(at => rows[at]));
    status.textContent = found.length
      ? fill(said.shown, { from: numbers.format(from + 1), to: numbers.format(to), of: numbers.format(found.length) }) + here
      : said.none_shown + here;
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
