// Dividing a year through the pages: the table of 2016 typed by hand, posted and undone; a board's hours; another month.
// Always true: what a test posts it undoes, in a year of its own.
import { axeInLightAndDark, expect, expectNoSidewaysScroll, test, visit } from "../support/test.ts";
import { expectValidHtml } from "../support/html.ts";
import type { Page } from "@playwright/test";

const ADMINISTRATOR = "Wietske Poelstra";
const PAGE = "/uren/toedeling?jaar=2150";
const CONTRACTS = [
  ["806", "70"],
  ["1277", "100"],
  ["2393", "200"],
] as const;
/** Pupils, fixed and decided share; the demo's seventh and eighth board stand aside. */
const BOARDS = [
  ["29,4", "", "26"],
  ["22,4", "", "21"],
  ["24,8", "", ""],
  ["20,7", "", ""],
  ["2,3", "7", ""],
  ["0,4", "5", ""],
  ["0", "", ""],
  ["0", "", ""],
] as const;
/** Per board: printed year and month of each supplier. */
const PRINTED = [
  [191, 17, 306, 28, 570, 52],
  [155, 14, 247, 22, 461, 42],
  [162, 15, 259, 24, 482, 44],
  [140, 13, 224, 20, 417, 38],
  [52, 5, 82, 7, 154, 14],
  [37, 3, 59, 5, 110, 10],
] as const;

async function type(page: Page): Promise<void> {
  const contracts = page.getByRole("table", { name: "Contracten" }).locator("tbody tr");
  for (const [row, [hours, reserve]] of CONTRACTS.entries()) {
    await contracts.nth(row).getByLabel(/^Contract met/).fill(hours);
    await contracts.nth(row).getByLabel(/^Reserve bij/).fill(reserve);
  }
  const boards = page.getByRole("table", { name: "Besturen" }).locator("tbody tr");
  for (const [row, [pupils, fixed, decided]] of BOARDS.entries()) {
    await boards.nth(row).getByLabel(/^Leerlingen/).fill(pupils);
    await boards.nth(row).getByLabel(/^Vast deel/).fill(fixed);
    await boards.nth(row).getByLabel(/^Besloten deel/).fill(decided);
    await boards.nth(row).getByLabel(/^Reden/).fill(decided === "" ? "" : "zoals gedrukt in de tabel van 2016");
  }
}

test.describe("the allotment", () => {
  test.use({ place: "toedeling" });

  test("the table of 2016 typed by hand gives its 36 cells, posts exactly, and is undone", async ({ enter, turn }) => {
    void turn;
    test.setTimeout(120_000);
    const page = await enter(ADMINISTRATOR);
    await expectValidHtml(await visit(page, PAGE));
    await type(page);
    await page.getByRole("button", { name: "Bekijk de verdeling" }).click();
    const table = page.getByRole("table", { name: "Uren per bestuur en leverancier" });
    await expect(table).toBeVisible();
    const rows = table.locator("tbody tr");
    for (const [row, printed] of PRINTED.entries()) {
      const cells = rows.nth(row).locator("td");
      for (const [supplier, place] of [1, 4, 7].entries()) {
        await expect(cells.nth(place)).toHaveText(String(printed[2 * supplier]));
        await expect(cells.nth(place + 2)).toHaveText(String(printed[2 * supplier + 1]));
      }
    }
    await expect(table.locator("td.differs")).toHaveCount(2);
    await expect(table.locator("td.differs").first()).toContainText("− 1");
    const foot = table.locator("tfoot td.exact-col");
    await expect(foot).toHaveText(["736", "1.177", "2.193"]);
    await axeInLightAndDark(page);
    await expectNoSidewaysScroll(page);

    await page.getByRole("button", { name: "Boek de exacte verdeling" }).click();
    // Only the page after posting says this: going on before it came would break it off.
    await expect(page.getByText(/^De uren van .* zijn verdeeld$/)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Wat er geboekt is" })).toBeVisible();
    await expect(page.getByText("4.476 u").first()).toBeVisible();
    await visit(page, "/uren?jaar=2150");
    for (const hours of ["736 u", "1.177 u", "2.193 u"]) await expect(page.locator("main")).toContainText(hours);

    await visit(page, PAGE);
    await page.getByText("Draai deze verdeling terug").click();
    await page.getByLabel("Waarom draai je dit terug?").fill("Dit was een proef");
    await page.getByRole("button", { name: "Draai terug" }).click();
    await expect(page.getByText("De verdeling is teruggedraaid")).toBeVisible();
    await expect(page.getByText(/^Teruggedraaid op/).first()).toContainText("Dit was een proef");
  });

  test("what does not add up is told, and what was typed stays", async ({ enter, turn, problems, scripts }) => {
    void turn;
    if (scripts) problems.allow(/answer 422: POST .*\/api\/toedeling\/bekijk/, /status of 422/);
    const page = await enter(ADMINISTRATOR);
    await visit(page, PAGE);
    await type(page);
    await page.getByLabel(/^Besloten deel/).first().fill("29");
    await page.getByRole("button", { name: "Bekijk de verdeling" }).click();
    await expect(page.getByText("De aandelen zijn samen 103 %: 3 % te veel").first()).toBeVisible();
    await expect(page.getByLabel(/^Besloten deel/).first()).toHaveValue("29");
    await axeInLightAndDark(page);
  });

  test("is for administrators only", async ({ enter, problems }) => {
    problems.allow(/403/);
    const page = await enter("Gerben Ruitenberg");
    await visit(page, PAGE);
    await expect(page.getByText("Dit mag niet met jouw rol")).toBeVisible();
  });
});

test.describe("a board's hours", () => {
  test("can be divided by pupils, by hand, or kept", async ({ enter, problems, scripts }) => {
    if (scripts) problems.allow(/answer 422: POST .*\/api\/verdeling\/bekijk/, /status of 422/);
    const page = await enter("Gerben Ruitenberg");
    await expectValidHtml(await visit(page, "/uren/verdeling"));
    for (const way of ["Bekijk de verdeling naar leerlingen", "Bekijk deze verdeling", "Bekijk wat terugkomt"]) {
      await expect(page.getByRole("button", { name: way })).toBeVisible();
    }
    await page.getByLabel(/^Uren De Wissel voor/).first().fill("1,1");
    await page.getByRole("button", { name: "Bekijk deze verdeling" }).click();
    await expect(page.getByText("‘1,1’ zijn geen uren in kwartieren").first()).toBeVisible();
    await expect(page.getByLabel(/^Uren De Wissel voor/).first()).toHaveValue("1,1");
    await axeInLightAndDark(page);
    await expectNoSidewaysScroll(page);
  });

  test("another month is asked by one side and answered by the other", async ({ enter }) => {
    const planner = await enter("Anouk Terwiel");
    await expectValidHtml(await visit(planner, "/uren/afwijking"));
    await expect(planner.getByRole("heading", { level: 1, name: "Uren in een andere maand" })).toBeVisible();
    await axeInLightAndDark(planner);
    await expectNoSidewaysScroll(planner);

    const reason = `De meetweek valt later (${test.info().project.name})`;
    const board = await enter("Gerben Ruitenberg");
    await visit(board, "/uren/afwijking");
    const months = board.getByLabel("Naar maand");
    const later = await months.locator("option").last().getAttribute("value");
    await months.selectOption(later ?? "");
    await board.getByLabel("Hoeveel uren?").fill("0,25");
    await board.getByLabel("Waarom?").fill(reason);
    await board.getByRole("button", { name: "Vraag de andere maand" }).click();
    const asked = (page: Page) => page.getByRole("listitem").filter({ hasText: reason }).first();
    await expect(asked(board)).toBeVisible();
    await visit(planner, "/uren/afwijking");
    const waiting = asked(planner);
    await waiting.locator("summary").click();
    await waiting.getByLabel("Waarom niet?").fill("Dan is er niemand vrij");
    await waiting.getByRole("button", { name: "Zeg nee" }).click();
    await expect(asked(planner)).toContainText("Dan is er niemand vrij");
    await visit(board, "/uren/afwijking");
    await expect(asked(board)).toContainText("Dan is er niemand vrij");
  });
});
