// What every spec imports: Playwright's test with our server behind it and our ears open.
// Always true: `visit` returns only when the page is usable: hydrated where scripts run, complete where they do not.
import { test as base, expect, type BrowserContext, type Page, type Response } from "@playwright/test";
import { Problems } from "./problems.ts";
import { takeTurn } from "./turn.ts";

interface Options {
  /** Whose hours and moments this test changes; `turn` keeps others away from them meanwhile. */
  place: string;
}

interface Fixtures {
  /** Whether scripts run in this project. */
  scripts: boolean;
  /** What went wrong behind the page; `problems.allow(…)` explains what should. */
  problems: Problems;
  /** Asked for by whoever changes something that a test beside it might look at. */
  turn: void;
  /** Somebody of the cast, signed in, in a browser of their own. */
  enter: (name: string) => Promise<Page>;
}

export const test = base.extend<Fixtures & Options>({
  place: ["De Meerpaal", { option: true }],
  baseURL: async ({}, use) => {
    const url = process.env["WIJKPOT_URL"];
    if (url === undefined) throw new Error("global-setup starts the server and sets WIJKPOT_URL");
    await use(url);
  },
  scripts: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled !== false);
  },
  problems: [
    async ({ context, baseURL, scripts }, use) => {
      const problems = new Problems(context, baseURL ?? "");
      // Where scripts are off, Chromium says it kept the bundle away; that is what we asked for.
      if (!scripts) problems.allow(/^request csp: GET .*\/pkg\/.*\.js$/);
      await use(problems);
      expect(problems.unexplained(), "problems behind the page").toEqual([]);
    },
    { auto: true },
  ],
  turn: [
    async ({ place, baseURL }, use) => {
      const end = await takeTurn(`${baseURL ?? ""} ${place}`);
      await use();
      end();
    },
    // Waiting for one's turn is not the test's time.
    { timeout: 300_000 },
  ],
  enter: async ({ browser, baseURL, problems }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (name) => {
      // A new context takes over what the project says: its width, its scripts.
      const context = await browser.newContext();
      contexts.push(context);
      problems.listen(context, baseURL ?? "");
      const page = await context.newPage();
      await signInAs(page, name);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect };
export { axe, axeInLightAndDark } from "./axe.ts";

/** Goes to a page and waits until it can be used. */
export async function visit(page: Page, path: string): Promise<Response> {
  const response = await page.goto(path);
  if (response === null) throw new Error(`${path} gave no answer`);
  await hydrated(page);
  return response;
}

/** Waits until the browser's half took over; at once where scripts are off. `hydrate()` sets the attribute as its last act. */
export async function hydrated(page: Page): Promise<void> {
  const scripted = test.info().project.use.javaScriptEnabled !== false;
  if (scripted) await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}

/** Signs in as somebody of the demo's cast, through the list on the sign-in page. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await visit(page, "/inloggen");
  await page.getByRole("button", { name }).click();
  await page.waitForURL((url) => url.pathname !== "/inloggen");
  await hydrated(page);
}

/** A page may scroll down, never sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window ?? 0);
}
