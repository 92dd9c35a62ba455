// A real partnership, from its files to a booked hour: import, invite, choose a password, find, book, and prove the ledger.
// Always true: every test has a server and a data folder of its own, and no demo in it.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask, chosen } from "../support/asking.ts";
import { run, startServer, type Server } from "../support/server.ts";
import { axe, expect, hydrated, test as base, visit } from "../support/test.ts";

const FILES = join(dirname(fileURLToPath(import.meta.url)), "../../../shared/data");
const PARTNERSHIP = "PO3002";
const COORDINATOR = "ib.00cu00@scholen.example";
const SCHOOL = "00CU00";
const PASSWORD = "vier gewone woorden samen";

const test = base.extend<{ house: Server }>({
  house: async ({}, use, info) => {
    info.skip(!existsSync(FILES), `the partnership's files are not in ${FILES}`);
    info.skip(info.project.name.startsWith("phone"), "wide is enough for this one");
    const data = await mkdtemp(join(tmpdir(), "wijkpot-real-"));
    const file = (name: string) => join(FILES, name);
    const imported = await run(data, "", [
      ...["import", "--partnership", PARTNERSHIP, "--name", "Samenwerkingsverband PO3002"],
      ...["--schools", file("duo_basisonderwijs_PO3002.csv"), "--boards", file("po3002_2016_boards.csv")],
      ...["--school-boards", file("po3002_school_boards.csv"), "--contracts", file("po3002_2016_contracts.csv")],
      ...["--people", file("po3002_people.csv"), "--specialists", file("po3002_specialists.csv")],
    ]);
    expect(imported.code, imported.err).toBe(0);
    const server = await startServer({ demo: false, data });
    await use(server);
    await server.stop();
    await rm(data, { recursive: true, force: true });
  },
  baseURL: async ({ house }, use) => use(house.url),
});

test.setTimeout(90_000);

test("a coordinator who was invited books an hour from the hours that were imported", async ({ page, house }) => {
  const invited = await run(house.data, house.url, ["invite", COORDINATOR]);
  expect(invited.code, invited.err).toBe(0);
  const link = invited.out.trim();
  expect(link).toMatch(new RegExp(`^${house.url}/uitnodiging/[0-9a-f]{48}$`));
  const year = schoolYear(new Date());
  const before = await balances(house, year);

  await visit(page, link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welkom, Karlijn");
  await axe(page);
  await page.getByLabel("Nieuw wachtwoord").fill(PASSWORD);
  await page.getByRole("button", { name: "Bewaar en ga verder" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Karlijn");
  await hydrated(page);

  await page.getByRole("searchbox").fill("leerlijnen");
  await page.getByRole("button", { name: "Zoek", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^\d+ experts? voor leerlijnen$/);
  await hydrated(page);
  await page.getByRole("link", { name: /kies deze tijd bij/ }).first().click();
  await expect(page.locator("form.ask")).toBeVisible();
  await hydrated(page);
  const month = (await chosen(page, "moment"))?.slice(0, 7) ?? "";
  await ask(page, {
    level: "Leerkracht",
    question: "In groep 5 lopen de niveaus bij rekenen ver uiteen. Hoe houden we drie leerlijnen haalbaar?",
    goal: "De leerkracht werkt met drie leerlijnen en heeft daar een plan voor.",
  });
  await expect(page.locator("aside .pay-lines")).toHaveText(/Eigen uren\s*1\su/);

  const after = await balances(house, year);
  const moved = [...new Set([...before.keys(), ...after.keys()])]
    .map((account): [string, number] => [account, (after.get(account) ?? 0) - (before.get(account) ?? 0)])
    .filter(([, minutes]) => minutes !== 0);
  expect(moved.sort()).toEqual([
    [expect.stringMatching(`^booking .* Kameleon ${month}$`), 60],
    [expect.stringMatching(`^school ${SCHOOL} .* Kameleon ${month}$`), -60],
  ]);

  const checked = await run(house.data, house.url, ["check"]);
  expect(checked.code, checked.out + checked.err).toBe(0);
  expect(checked.out).toContain("Alles klopt");
});

test("an invitation works once, and the password after it", async ({ page, house, problems }) => {
  const link = (await run(house.data, house.url, ["invite", COORDINATOR])).out.trim();
  await visit(page, link);
  await page.getByLabel("Nieuw wachtwoord").fill(PASSWORD);
  await page.getByRole("button", { name: "Bewaar en ga verder" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Karlijn");
  await hydrated(page);
  await page.locator(".account summary").click();
  await page.getByRole("button", { name: "Uitloggen" }).click();
  await page.waitForURL((url) => url.pathname === "/inloggen");
  await hydrated(page);
  // No demo here: nobody is offered a way in with one click.
  await expect(page.getByText("Kijk rond als")).toHaveCount(0);
  await page.getByLabel("E-mailadres").fill(COORDINATOR);
  await page.getByLabel("Wachtwoord", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Karlijn");

  problems.allow(/answer 4\d\d: GET .*\/uitnodiging\//, /status of 4\d\d/);
  const again = await visit(page, link);
  expect(again.status()).toBe(422);
  await expect(page.getByLabel("Nieuw wachtwoord")).toHaveCount(0);
});

/** Every balance of a school year, by holder, supplier and month. */
async function balances(house: Server, year: number): Promise<Map<string, number>> {
  const answer = await run(house.data, house.url, ["export", "balances", "--partnership", PARTNERSHIP, "--school-year", String(year)]);
  expect(answer.code, answer.err).toBe(0);
  const [head, ...lines] = answer.out.trim().split(/\r?\n/);
  expect(head).toBe("holder_kind,holder,supplier,month,minutes");
  return new Map(
    lines.map((line) => {
      const fields = line.split(",");
      return [fields.slice(0, -1).join(" "), Number(fields.at(-1))];
    }),
  );
}

/** The year in which the school year of a day began: it begins on the first of August. */
function schoolYear(day: Date): number {
  return day.getMonth() >= 7 ? day.getFullYear() : day.getFullYear() - 1;
}
