// Asking an expert, as a person does it: what they see and press, in the words of the screen.
// Always true: nothing here goes around the form; a browser without scripts does the same.
import { expect, hydrated, test, visit } from "./test.ts";
import type { Locator, Page } from "@playwright/test";

export const ASK = "Vraag aan en zet vast";

export interface Wish {
  /** The value of a moment, `2026-11-19T09:00`; what the page chose when left out. */
  moment?: string;
  level?: string;
  question: string;
  goal: string;
}

/** The form on an expert's page. */
export function askForm(page: Page): Locator {
  return page.locator("form.ask");
}

/** Searches from wherever one is. */
export async function search(page: Page, words: string): Promise<void> {
  await visit(page, `/zoeken?q=${encodeURIComponent(words)}`);
}

/** The first free moments of everybody found, as addresses. */
export async function moments(page: Page): Promise<string[]> {
  const links = page.getByRole("link", { name: /kies deze tijd bij/ });
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
}

/** Fills the form and leaves the button to the test. */
export async function fill(page: Page, wish: Wish): Promise<void> {
  if (wish.moment !== undefined) await choose(page, "moment", wish.moment);
  await page.getByRole("radio", { name: wish.level ?? "Groep", exact: true }).check({ force: true });
  await page.getByLabel("Wat is je vraag?").fill(wish.question);
  await page.getByLabel("Wat wil je bereiken").fill(wish.goal);
}

/** Chooses a radio by what it sends. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`input[type=radio][name="${name}"][value="${value}"]`).first().check({ force: true });
}

/** The value that a group of radios would send. */
export function chosen(page: Page, name: string): Promise<string | undefined> {
  return page.locator(`input[type=radio][name="${name}"]`).evaluateAll((all) => {
    const radios = all as HTMLInputElement[];
    return radios.find((radio) => radio.checked)?.value;
  });
}

/** Presses a button and waits for the booking it leads to; the answer is its address. */
export async function toBooking(page: Page, button: Locator): Promise<string> {
  const before = new URL(page.url()).pathname;
  await button.click();
  await page.waitForURL((url) => url.pathname.startsWith("/afspraken/") && url.pathname !== before);
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 2, name: "De afspraak", exact: true })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Asks for a moment and comes out at its booking. */
export async function ask(page: Page, wish: Wish): Promise<string> {
  await fill(page, wish);
  return toBooking(page, page.getByRole("button", { name: ASK }));
}

/** Cancels a booking, so that the hours and the moment are there for the next test. */
export async function cancel(page: Page, booking: string, reason = "De klas is die dag op reis."): Promise<void> {
  await test.step("cancel", async () => {
    await visit(page, booking);
    await page.getByText("Zeg de afspraak af", { exact: true }).click();
    await page.getByLabel("Waarom gaat het niet door?").fill(reason);
    await page.getByRole("button", { name: "Zeg af" }).click();
    await expect(page.locator(".booking-ended")).toContainText(`Afgezegd door`);
    await expect(page.locator(".booking-ended")).toContainText(reason);
  });
}

/** The free minutes of one's school in every month at every supplier, as `/uren` shows them. */
export async function freeHours(page: Page): Promise<Map<string, number>> {
  await visit(page, "/uren");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Uren");
  const cells = await page
    .locator('td a[href*="wat=vrij"][href*="maand="]')
    .evaluateAll((links) => links.map((link) => [link.getAttribute("href") ?? "", link.textContent ?? ""] as const));
  return new Map(
    cells.map(([href, text]) => {
      const query = new URL(href, page.url()).searchParams;
      return [`${query.get("leverancier")} ${query.get("maand")}`, minutes(text)];
    }),
  );
}

/** `3 u 15`, `30 min` or `6 u` in minutes. */
export function minutes(text: string): number {
  const found = /^(?:([\d.]+)\su)?\s?(?:(\d+)(?:\smin)?)?$/.exec(text.trim().replace(/\s+/g, " "));
  if (found === null || text.trim() === "") throw new Error(`no amount of time: "${text}"`);
  return Number((found[1] ?? "0").replace(".", "")) * 60 + Number(found[2] ?? "0");
}

/** What became less, per month and supplier, in minutes; what did not change is left out. */
export function spent(before: Map<string, number>, after: Map<string, number>): [string, number][] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.map((key): [string, number] => [key, (before.get(key) ?? 0) - (after.get(key) ?? 0)]).filter(([, less]) => less !== 0);
}
