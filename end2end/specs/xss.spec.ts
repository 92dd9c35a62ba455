// Text from people is text. Always true: whatever somebody types, no other element and no script comes of it.
import { ASK, cancel, fill, moments, search, toBooking } from "../support/asking.ts";
import { expect, hydrated, signInAs, test, visit } from "../support/test.ts";
import type { Page } from "@playwright/test";

const PAYLOAD = "</textarea><script>window.hacked=1</script><img src=x onerror=window.hacked=1>";

test.use({ place: "Kindcentrum Oeverpark en Sluiswijkschool" });

test("a question that tries to be a page stays a question", async ({ page, turn, problems, scripts }) => {
  void turn;
  if (scripts) problems.allow(/answer 422: POST .*\/api\/afspraak\/vraag/, /status of 422/);
  await signInAs(page, "Ruben Fokkinga");
  await search(page, "gedrag");
  await visit(page, (await moments(page)).at(-1) ?? "");
  const level = await page.locator("input[name=niveau]").last().locator("xpath=..").innerText();

  // Refused: it comes back in the field it was typed in.
  await fill(page, { level: level.trim(), question: PAYLOAD, goal: "   " });
  await page.getByRole("button", { name: ASK }).click();
  await expect(page.locator(".outcome.refused").getByRole("heading")).toHaveText("Er staat nog geen doel");
  await expect(page.getByLabel("Wat is je vraag?")).toHaveValue(PAYLOAD);
  await nothingHappened(page, scripts);
  // And once more as the server sends it.
  await page.getByLabel("Wat wil je bereiken").fill(PAYLOAD);
  const booking = await toBooking(page, page.getByRole("button", { name: ASK }));

  await expect(page.locator(".question")).toHaveText(PAYLOAD);
  await expect(page.locator(".goal")).toHaveText(PAYLOAD);
  await nothingHappened(page, scripts);
  await visit(page, booking);
  await expect(page.locator(".question")).toHaveText(PAYLOAD);
  await nothingHappened(page, scripts);

  await cancel(page, booking, PAYLOAD);
  await expect(page.locator(".booking-ended")).toContainText(PAYLOAD);
  await nothingHappened(page, scripts);
});

test("a search that tries to be a page stays a search", async ({ page, scripts }) => {
  await signInAs(page, "Ruben Fokkinga");
  await search(page, `"><script>window.hacked=1</script>`);
  await hydrated(page);
  await expect(page.getByRole("searchbox")).toHaveValue(`"><script>window.hacked=1</script>`);
  await nothingHappened(page, scripts);
});

async function nothingHappened(page: Page, scripts: boolean): Promise<void> {
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  const found = await page.locator("script").evaluateAll((all) => all.filter((one) => one.textContent?.startsWith("window.hacked")).length);
  expect(found).toBe(0);
  if (scripts) expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
}
