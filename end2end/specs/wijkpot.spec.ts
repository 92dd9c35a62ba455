// Two schools of different boards in one wijk: one gives what it does not need, the other uses it.
// Always true: every test gives back what it took, so that the pot and both schools end as they began.
import { expect, hydrated, signInAs, test, visit } from "../support/test.ts";
import type { Locator, Page } from "@playwright/test";

const GIVER = "Fenna Hoekema";
const TAKER = "Noor Achterberg";
const SUPPLIER = /^Driesprong/;
const HALF_AN_HOUR = "30";

test.use({ place: "Wijkpot Havenkwartier" });
test.setTimeout(120_000);

/** The pot of one's school. */
async function toPot(page: Page): Promise<void> {
  await visit(page, "/wijkpot");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wijkpot Havenkwartier");
}

function card(page: Page, name: string): Locator {
  return page.getByRole("region", { name, exact: true });
}

async function press(page: Page, button: Locator): Promise<void> {
  await button.click();
  await expect(page.locator("#gezegd, .outcome.refused").first()).toBeVisible();
  await hydrated(page);
}

async function give(page: Page, minutes: string): Promise<void> {
  await toPot(page);
  const form = card(page, "Doneer uren");
  await form.getByRole("radio", { name: SUPPLIER }).check({ force: true });
  await form.getByLabel("Hoeveel?").selectOption(minutes);
  await press(page, form.getByRole("button", { name: "Doneer aan de wijkpot" }));
  await expect(page.locator("#gezegd").getByRole("heading")).toHaveText(/ Driesprong zit in de wijkpot$/);
}

async function draw(page: Page): Promise<void> {
  await toPot(page);
  const form = card(page, "Neem uren op");
  await form.getByRole("radio", { name: SUPPLIER }).check({ force: true });
  await form.getByLabel("Hoeveel?").selectOption(HALF_AN_HOUR);
  await form.getByLabel("Waarvoor?").selectOption("behaviour");
  await press(page, form.getByRole("button", { name: "Neem op uit de wijkpot" }));
}

/** What the pot says it holds. */
async function held(page: Page): Promise<string> {
  return (await page.locator(".pot-sum b").textContent()) ?? "";
}

test("what one school gives another of another board uses", async ({ page, enter, turn, scripts }) => {
  void turn;
  const taker = await enter(TAKER);
  await toPot(taker);
  const before = await held(taker);

  await signInAs(page, GIVER);
  await give(page, HALF_AN_HOUR);
  if (scripts) {
    // The open page hears it by itself.
    await expect(taker.locator(".pot-sum b")).not.toHaveText(before, { timeout: 2_000 });
  }
  await expect(page.locator(".moves li").first()).toContainText("De Meerpaal doneerde 30 min Driesprong");

  await draw(taker);
  await expect(taker.locator("#gezegd").getByRole("heading")).toHaveText("30 min Driesprong is van Kindcentrum Oeverpark");
  expect(await held(taker)).toBe(before);
  await expect(card(taker, "Neem uren op").getByText("eerst je eigen 30 min")).toBeVisible();
  await expect(taker.locator(".moves li").first()).toContainText("Kindcentrum Oeverpark nam 30 min Driesprong");

  // Back to how it was.
  await give(taker, "alles");
  await toPot(page);
  const mine = page.locator(".gifts li").filter({ hasText: "30 min Driesprong gedoneerd" }).filter({ hasText: "Aan de wijkpot gegeven" }).first();
  await mine.locator("summary").click();
  await press(page, mine.getByRole("button", { name: "Neem terug" }));
  await expect(page.locator("#gezegd").getByRole("heading")).toHaveText("30 min Driesprong is terug bij De Meerpaal");
  expect(await held(page)).toBe(before);
});

test("own hours go first, and a supplier one still has hours of cannot be chosen", async ({ page }) => {
  await signInAs(page, GIVER);
  await toPot(page);
  const form = card(page, "Neem uren op");
  const own = form.getByRole("radio", { name: /eerst je eigen/ });
  await expect(own.first()).toBeDisabled();
});

test("everybody of the pot reads who waits and why, and nobody what it is about", async ({ page }) => {
  await signInAs(page, GIVER);
  await toPot(page);
  const queue = page.getByRole("region", { name: "Wie wacht er op uren?" });
  await expect(queue.getByRole("row").filter({ hasText: "Kindcentrum Oeverpark" }).first()).toContainText("Enige met hoge urgentie.");
  await expect(queue.getByRole("button", { name: /Beslis|Ken toe/ })).toHaveCount(0);
});

test("who waits reads what it costs before the question is withdrawn", async ({ page }) => {
  await signInAs(page, TAKER);
  await toPot(page);
  const own = page.getByRole("row").filter({ hasText: "Kindcentrum Oeverpark" }).filter({ hasText: "Trek in" }).first();
  const button = own.getByRole("button", { name: "Trek je vraag in" });
  await expect(button).toBeHidden();
  await own.locator("summary").filter({ hasText: "Trek in" }).click();
  await expect(button).toBeVisible();
  await expect(own).toContainText("Je verliest je plaats in de rij.");
});

test("what waits for the team leads to the queue itself", async ({ page }) => {
  await signInAs(page, "Joris van Zwol");
  await visit(page, "/");
  await page.locator('main a[href*="#wachten"]').first().click();
  await page.waitForURL(/\/wijkpot\/.*#wachten$/);
  await hydrated(page);
  await expect(page.getByRole("region", { name: "Wie wacht er op uren?" })).toBeInViewport();
});

test("the district team sees what it can decide, the registrar what was asked of the reserve", async ({ page, enter }) => {
  const team = await enter("Joris van Zwol");
  await visit(team, "/wijkpot");
  await team.getByRole("link", { name: "Wijkpot Havenkwartier" }).click();
  await expect(team.getByRole("heading", { level: 1 })).toHaveText("Wijkpot Havenkwartier");
  await hydrated(team);
  const row = team.getByRole("row").filter({ hasText: "Kindcentrum Oeverpark" }).first();
  await row.locator("summary").click();
  await expect(row.getByRole("button", { name: "Ken toe" })).toBeVisible();
  await expect(row.getByRole("button", { name: "Wijs af" })).toBeVisible();

  await signInAs(page, "Corrie Blankestijn");
  await visit(page, "/wijkpot");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wijkpotten");
  await expect(page.getByText("De Scheepsbel: 20 u De Wissel uit de reserve", { exact: true })).toBeVisible();
});
