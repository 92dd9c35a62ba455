// Every page of every role: accessible in light and dark, one heading, as wide as the window, and a document that needs no repair.
// Always true: a page that a role may not open is looked at too; it is a page like any other.
import { axe, expect, expectNoSidewaysScroll, hydrated, signInAs, test, visit } from "../support/test.ts";
import { expectValidHtml } from "../support/html.ts";
import type { Page } from "@playwright/test";

interface Walk {
  who: string;
  /** Pages by address. */
  pages: string[];
  /** Pages one finds by following the first link that fits, from another page. */
  found?: { on: string; link: string }[];
  /** Pages this role may not open. */
  closed?: string[];
  /** Also in dark and on a phone; other roles see pages made of the same parts. */
  thorough?: boolean;
}

const BOOKING = 'main a[href^="/afspraken/"]:not([href$="verplaats"])';
const EXPERT = 'main a[href*="moment="]';
const POT = 'main a[href^="/wijkpot/"]';
const POSTINGS = 'main a[href^="/uren/boekingen"]';

const WALKS: Walk[] = [
  {
    who: "Fenna Hoekema",
    pages: ["/", "/zoeken", "/zoeken?q=hoogbegaaftheid", "/zoeken?q=muziektherapie", "/afspraken", "/uren", "/wijkpot", "/wijkpot/alle", "/stijl"],
    found: [
      { on: "/zoeken?q=gedrag", link: EXPERT },
      { on: "/afspraken", link: BOOKING },
      { on: "/uren", link: POSTINGS },
    ],
    closed: ["/agenda"],
    thorough: true,
  },
  { who: "Harmke Wiersinga", pages: ["/", "/afspraken", "/uren", "/wijkpot"], found: [{ on: "/afspraken", link: BOOKING }] },
  {
    who: "Thijs Oldenkamp",
    pages: ["/", "/agenda", "/afspraken"],
    found: [
      { on: "/afspraken", link: BOOKING },
      { on: "/afspraken", link: 'section[aria-labelledby="komend"] a[href^="/afspraken/"]' },
    ],
    closed: ["/uren"],
    thorough: true,
  },
  { who: "Anouk Terwiel", pages: ["/", "/agenda", "/afspraken", "/uren/afwijking"], found: [{ on: "/agenda", link: 'main a[href^="/agenda?"]' }] },
  {
    who: "Gerben Ruitenberg",
    pages: ["/", "/uren", "/uren/verdeling", "/uren/afwijking", "/wijkpot"],
    found: [{ on: "/uren", link: POSTINGS }],
    closed: ["/uren/toedeling"],
    thorough: true,
  },
  { who: "Marit Slagter", pages: ["/", "/uren", "/afspraken", "/rapportage/alv"] },
  { who: "Joris van Zwol", pages: ["/", "/uren"], found: [{ on: "/wijkpot", link: POT }] },
  { who: "Corrie Blankestijn", pages: ["/", "/uren", "/uren/boekingen", "/uren/boeking/1", "/wijkpot", "/zoeken?q=autisme"] },
  { who: "Wietske Poelstra", pages: ["/", "/uren", "/uren/toedeling", "/wijkpot", "/beheer/beleid", "/beheer/controle"], found: [{ on: "/uren", link: POSTINGS }] },
  { who: "Diederik Landsman", pages: ["/", "/uren", "/rapportage/alv", "/spelregels"] },
];

for (const { who, pages, found = [], closed = [], thorough = false } of WALKS) {
  test(`the pages of ${who}`, async ({ page, problems, scripts, isMobile }) => {
    test.skip(isMobile && !scripts, "the same documents as wide, and as narrow as with scripts");
    test.setTimeout(180_000);
    await signInAs(page, who);
    const addresses = [...pages, ...closed];
    for (const { on, link } of found) {
      await visit(page, on);
      const first = await page.locator(link).first().getAttribute("href");
      expect(first, `a link on ${on}`).not.toBeNull();
      addresses.push(first ?? "");
    }
    const booking = addresses.find((address) => /^\/afspraken\/[0-9a-f-]+$/.test(address));
    if (booking !== undefined && (await mayMove(page, booking))) addresses.push(`${booking}/verplaats`);
    if (closed.length > 0) problems.allow(/answer 403: GET /, /status of 403/);

    for (const address of addresses) {
      await test.step(address.replace(/[0-9a-f-]{36}/g, "…"), async () => {
        const response = await visit(page, address);
        expect.soft(response.status(), address).toBe(closed.includes(address) ? 403 : 200);
        await expect.soft(page.locator("h1"), `${address} has one h1`).toHaveCount(1);
        await expect.soft(page, address).toHaveTitle(/\S – Wijkpot$/);
        await expectNoSidewaysScroll(page);
        // Without scripts the document is the same one: its markup is looked at there, and how it looks where scripts run.
        if (!scripts) return expectValidHtml(response);
        if (thorough || !isMobile) await axe(page);
        if (!thorough || isMobile) return;
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        await axe(page, { only: ["color-contrast", "link-in-text-block"] });
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      });
    }
    await hydrated(page);
  });
}

/** Whether the booking's page offers another moment. */
async function mayMove(page: Page, booking: string): Promise<boolean> {
  await visit(page, booking);
  return (await page.getByRole("link", { name: "Kies een ander moment" }).count()) > 0;
}
