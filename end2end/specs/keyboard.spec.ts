// The same journey with the keyboard alone. Always true: no mouse is used, and wherever the focus is one can see it.
import { cancel } from "../support/asking.ts";
import { expect, hydrated, signInAs, test, visit } from "../support/test.ts";
import type { Page } from "@playwright/test";

const STOPS_MAX = 80;

test("a booking by keyboard alone", async ({ page, turn, scripts, isMobile }) => {
  void turn;
  test.skip(!scripts || isMobile, "once is enough: wide, with scripts");
  test.setTimeout(90_000);
  // Otherwise the page glides to what has the focus, and looking at it would be a matter of timing.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signInAs(page, "Fenna Hoekema");
  await visit(page, "/");

  await tabTo(page, "#q");
  await page.keyboard.type("hoogbegaafdheid");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/experts? voor hoogbegaafdheid$/);
  await hydrated(page);

  await tabTo(page, ".moments a");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/experts\//);
  await expect(page.locator("form.ask")).toBeVisible();

  await tabTo(page, "input[name=moment]");
  const before = await focused(page);
  await page.keyboard.press("ArrowDown");
  await seen(page);
  expect(await focused(page), "arrows walk along the moments").not.toBe(before);
  await tabTo(page, "input[name=niveau]");
  await page.keyboard.press("Space");
  while ((await focused(page)) === "leerling") await page.keyboard.press("ArrowRight");
  await seen(page);
  await tabTo(page, "#vraag");
  await page.keyboard.type("Hoe houden we een groep die snel klaar is aan het werk?");
  await tabTo(page, "#doel");
  await page.keyboard.type("Ze werken een half uur aan één taak.");
  await tabTo(page, "form.ask button[type=submit]");
  await page.keyboard.press("Enter");

  await page.waitForURL((url) => url.pathname.startsWith("/afspraken/"));
  await expect(page.locator("#gezegd")).toContainText(/aangevraagd|staat vast/);
  await cancel(page, new URL(page.url()).pathname);
});

/** Presses Tab until the focus is there; every stop on the way can be seen. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press("Tab");
    await seen(page);
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector} in ${STOPS_MAX} stops`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value ?? "");
}

/** The focus is in the window, not hidden under anything, and has a line around it of two pixels or more. */
async function seen(page: Page): Promise<void> {
  const problem = await page.evaluate(() => {
    const focus = document.activeElement;
    // A date is several stops in one element, and the browser draws where one is.
    if (focus === null || focus === document.body || focus.matches("input[type=date]")) return undefined;
    const name = `${focus.tagName.toLowerCase()} ${focus.id || focus.textContent?.trim().slice(0, 40) || ""}`;
    const drawn = [focus, focus.closest("label"), focus.closest(".line"), focus.nextElementSibling].filter((one) => one !== null);
    const outlined = drawn.filter((one) => {
      const style = getComputedStyle(one);
      return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
    });
    const shown = outlined[0];
    if (shown === undefined) return `${name} has the focus and does not show it`;
    const box = shown.getBoundingClientRect();
    if (box.width < 1 || box.bottom < 0 || box.top > innerHeight) return `${name} has the focus outside the window`;
    return undefined;
  });
  expect(problem).toBeUndefined();
}
