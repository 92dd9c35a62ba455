// Where every hour went: the overview for the meeting, the book of hours, a posting put right, the same numbers as files.
// Always true: what a test moves it moves back.
import { readFile } from "node:fs/promises";
import { axeInLightAndDark, expect, expectNoSidewaysScroll, hydrated, signInAs, test, visit } from "../support/test.ts";
import { expectValidHtml } from "../support/html.ts";

test.setTimeout(90_000);

const REGISTRAR = "Corrie Blankestijn";
const AUDITOR = "Diederik Landsman";

test("every number of the overview leads to the postings behind it", async ({ page }) => {
  await signInAs(page, AUDITOR);
  await expectValidHtml(await visit(page, "/rapportage/alv"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Waar gingen de uren heen?");
  const bars = page.getByRole("figure", { name: "De uren van de besturen naast elkaar" }).getByRole("img");
  await expect(bars.first()).toHaveAccessibleName(/gebruikt/);
  await axeInLightAndDark(page);
  await expectNoSidewaysScroll(page);

  const boards = page.getByRole("table").first();
  const number = boards.locator("tbody tr").first().locator("td a").first();
  const hours = (await number.textContent())?.trim() ?? "";
  expect(hours).toMatch(/\d/);
  await number.click();
  await expect(page).toHaveURL(/\/uren\/boekingen\?/);
  await hydrated(page);
  await expect(page.getByRole("main")).toContainText(hours);
  await expectNoSidewaysScroll(page);
});

test("another period is chosen, and a period without hours says so", async ({ page }) => {
  await signInAs(page, AUDITOR);
  await visit(page, "/rapportage/alv?periode=2031-2032");
  await expect(page.getByRole("heading", { name: "Nog geen uren" })).toBeVisible();
  const now = new Date().getFullYear();
  await page.getByLabel("Periode").selectOption(String(now));
  await page.getByRole("button", { name: "Toon" }).click();
  await expect(page).toHaveURL(new RegExp(`periode=${now}`));
  await expect(page.getByText(`Kalenderjaar ${now}.`)).toBeVisible();
});

test("what the page shows is in the files", async ({ page, scripts }) => {
  test.skip(!scripts, "a link is a link");
  await signInAs(page, AUDITOR);
  await visit(page, "/rapportage/alv");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV-bestand" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^alv-.*\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith("\uFEFF")).toBe(true);
  const lines = text.trim().split("\r\n");
  expect(lines.length).toBeGreaterThan(10);
  expect(new Set(lines.map((line) => line.split(";").length)).size).toBe(1);
  const book = page.waitForEvent("download");
  await page.getByRole("link", { name: "Excel-bestand" }).click();
  expect((await book).suggestedFilename()).toMatch(/^alv-.*\.xlsx$/);
});

test("it is printed without what only a screen needs", async ({ page, scripts, isMobile }) => {
  test.skip(!scripts || isMobile, "paper is as wide everywhere");
  await signInAs(page, AUDITOR);
  await visit(page, "/rapportage/alv");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("table").first()).toBeVisible();
  for (const part of [page.locator("header nav"), page.getByRole("button", { name: "Toon" }), page.locator(".downloads")]) {
    await expect(part.first()).toBeHidden();
  }
});

test.describe("the book of hours", () => {
  test.use({ place: "De Meerpaal" });

  test("is searched, and a posting that is wrong is put right", async ({ page, enter, turn }) => {
    void turn;
    const giver = await enter("Fenna Hoekema");
    await visit(giver, "/wijkpot");
    const form = giver.getByRole("region", { name: "Doneer uren", exact: true });
    await form.getByRole("radio", { name: /^Driesprong/ }).check({ force: true });
    await form.getByLabel("Hoeveel?").selectOption("15");
    await form.getByRole("button", { name: "Doneer aan de wijkpot" }).click();
    await expect(giver.locator("#gezegd")).toBeVisible();

    await signInAs(page, REGISTRAR);
    await expectValidHtml(await visit(page, "/uren/boekingen"));
    await axeInLightAndDark(page);
    await expectNoSidewaysScroll(page);
    await page.getByLabel("Soort").selectOption({ label: "Donatie" });
    await page.getByRole("button", { name: "Toon boekingen" }).click();
    await expect(page).toHaveURL(/soort=donation/);
    await hydrated(page);
    const first = page.getByRole("table", { name: "Boekingen" }).locator("tbody tr").first();
    await expect(first).toContainText(/De Meerpaal.*, Driesprong van [a-z]+/);
    await first.getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Boeking /);
    await hydrated(page);
    await axeInLightAndDark(page);
    await expectNoSidewaysScroll(page);

    await page.getByLabel("Waarom klopt zij niet?").fill("Deze gift hoorde bij een andere school.");
    await page.getByRole("button", { name: "Draai deze boeking terug" }).click();
    await expect(page.locator("#gezegd")).toContainText("is rechtgezet");
    await hydrated(page);
    await expect(page.getByRole("button", { name: "Draai deze boeking terug" })).toHaveCount(0);
    await page.getByRole("region", { name: "Wat er gebeurde" }).getByRole("link", { name: /^Boeking / }).click();
    await expect(page.getByRole("main")).toContainText("Deze gift hoorde bij een andere school.");
  });

  test("refuses a period that ends before it begins, and keeps what was chosen", async ({ page, problems }) => {
    problems.allow(/422/);
    await signInAs(page, REGISTRAR);
    await visit(page, "/uren/boekingen?van=2026-12-01&tot=2026-11-01");
    await expect(page.getByRole("main")).toContainText(/eind|voor|eerder/i);
  });
});
