// Every amount of hours that stands in the book leads to its postings, on every page anybody of the cast can walk to.
// Always true: what leads nowhere is named below, with why there is nothing behind it.
import type { Page } from "@playwright/test";
import { expect, test, visit } from "../support/test.ts";

/** Addresses of one kind that are looked at: a page and another like it. */
const OF_A_KIND = 2;

/** What is no page to look at: files, what changes something, and the postings themselves. */
const OTHERWISE = /\.(csv|xlsx|ics)|uitloggen|^\/(api|live|pkg)\/|^\/uren\/boeking/;
/** Where an amount is not one of the book: the page, the place, and why. */
const LEADS_NOWHERE: [RegExp, string, string][] = [
  [/./, "form, label, option, button, summary", "what one is about to do; a link inside a control is none"],
  [/./, "a:not([href^='/uren/boek'])", "the name of what waits, which is not in the book yet"],
  [/./, ".visually-hidden, [aria-hidden], title", "the same words a second time, or a picture beside its numbers"],
  [/^\/afspraken$/, "td.num", "how long a visit takes; the visit leads to what it was paid with"],
  [/^\/afspraken\//, ".booking-facts, .note, .pay h2", "how long a visit takes, and what happened to it, in words"],
  [/^\/afspraken\/.*\/verplaats|^\/experts\//, ".pay, .pay-part, .soft, p", "what would be paid"],
  [/^\/zoeken/, ".ticks", "the same amount again, in a reason"],
  [/^\/zoeken/, ".key-list span:not(:has(a))", "what a board or a pot has for this school: a part of what it has"],
  [/^\/wijkpot/, ".rank", "asked, and not posted"],
  [/^\/wijkpot|^\/beheer\/beleid/, ".measure, .policy-facts, dd", "a rule"],
  [/^\/wijkpot/, ".gifts b:not(:has(a))", "offered or asked, and not posted"],
  [/^\/uren\/verdeling/, "td[data-label=samen]", "what a division would be about: what one has left and what others were given"],
  [/^\/uren\/toedeling/, ".decided", "what was decided; the division leads to what was posted"],
  [/^\/uren\/afwijking/, "h3:not(:has(a))", "asked, and not posted"],
];
/** Whose tables of all boards hold numbers of others, which are theirs to open. */
const OFFICE = ["Corrie Blankestijn", "Wietske Poelstra", "Diederik Landsman"];
const OF_OTHERS = /^\/wijkpot|^\/rapportage/;
/** Where such numbers stand. */
const TOGETHER = "td.num, table td, .lede";

test("every amount of the book leads to its postings", async ({ page, scripts, viewport, enter }) => {
  test.skip(scripts || viewport?.width !== 1280, "what the server sends is the same for all");
  test.setTimeout(240_000);
  await visit(page, "/inloggen");
  const cast = await page.locator(".cast button").evaluateAll((all) => {
    const role = (one: Element): string => one.querySelector("small")?.textContent ?? "";
    return all.map((one) => (one.textContent ?? "").replace(role(one), "").trim());
  });
  expect(cast.length).toBeGreaterThan(10);
  let amounts = 0;
  for (const name of new Set(cast)) {
    amounts += await walk(await enter(name), name);
  }
  expect(amounts).toBeGreaterThan(1_000);
});

/** Walks along every link one can reach; the answer is how many amounts led somewhere. */
async function walk(page: Page, name: string): Promise<number> {
  const seen = new Map<string, number>();
  const loose: string[] = [];
  let amounts = 0;
  const lists = new Map<string, string>();
  const todo = ["/"];
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    const kind = kindOf(path);
    const times = seen.get(kind) ?? 0;
    if (times >= OF_A_KIND || OTHERWISE.test(path)) continue;
    seen.set(kind, times + 1);
    const answer = await page.request.get(path);
    if (!answer.ok() || !(answer.headers()["content-type"] ?? "").includes("text/html")) continue;
    const of = new URL(path, "http://x").pathname;
    const allowed = LEADS_NOWHERE.filter(([pages]) => pages.test(of)).map(([, place]) => place);
    if (!OFFICE.includes(name) && OF_OTHERS.test(of)) allowed.push(TOGETHER);
    const found = await page.evaluate(look, { html: await answer.text(), allowed });
    amounts += found.numbers.length;
    for (const href of found.numbers) if (!lists.has(kindOf(href))) lists.set(kindOf(href), href);
    loose.push(...found.loose.map((text) => `${path}: ${text}`));
    todo.push(...found.links);
  }
  expect(loose, `amounts that lead nowhere, for ${name}`).toEqual([]);
  for (const href of lists.values()) {
    const answer = await page.request.get(href);
    expect(answer.status(), `${href} for ${name}`).toBe(200);
    expect(await answer.text(), `${href} for ${name}`).toMatch(/id="post-\d+"/);
  }
  return amounts;
}

/** Pages that differ in an id, a number or an answer are of a kind. */
function kindOf(path: string): string {
  const url = new URL(path, "http://x");
  const names = [...new Set(url.searchParams.keys())].sort().join("&");
  return `${url.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "…")}?${names}`;
}

/** Runs in the browser: the links of a page, the lists its amounts lead to, and the amounts that lead to none. */
function look({ html, allowed }: { html: string; allowed: string[] }): { links: string[]; numbers: string[]; loose: string[] } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const links = [...page.querySelectorAll('a[href^="/"]')].map((link) => (link.getAttribute("href") ?? "").split("#")[0] ?? "");
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const loose: string[] = [];
  const numbers: string[] = [];
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const text = node.textContent ?? "";
    const parent = node.parentElement;
    if (parent === null || parent.closest("script, style") !== null || !/[1-9][\d.]*\u00a0u\b/.test(text)) continue;
    const href = parent.closest("a")?.getAttribute("href") ?? "";
    if (href.startsWith("/uren/boek")) numbers.push(href);
    else if (!allowed.some((place) => parent.closest(place) !== null)) {
      const place = [parent.parentElement, parent].map((one) => `${one?.localName}.${one?.className}`).join(" > ");
      loose.push(`${text.trim().replace(/\u00a0/g, " ")} (${place})`);
    }
  }
  return { links, numbers, loose };
}
