// Accessibility by machine: WCAG 2.0 A up to 2.2 AA and axe's best practice.
// Always true: an exception names its rule and is visible in the spec.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test, type Page } from "@playwright/test";
import type axeCore from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export interface AxeOptions {
  /** Rules left out, by id. */
  except?: string[];
  /** These rules and no others, by id. */
  only?: string[];
  /** A selector: only this part of the page. */
  within?: string;
}

/** Fails with a readable list when axe finds something; looks at the page as it stands. */
export async function axe(page: Page, options: AxeOptions = {}): Promise<void> {
  await withScripts(page, (twin) => look(twin, options));
}

/** axe in both colour schemes; the page ends in light. */
export async function axeInLightAndDark(page: Page, options: AxeOptions = {}): Promise<void> {
  await withScripts(page, async (twin) => {
    for (const colorScheme of ["dark", "light"] as const) {
      await twin.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await look(twin, options);
    }
  });
}

async function look(page: Page, options: AxeOptions): Promise<void> {
  const rules = Object.fromEntries((options.except ?? []).map((rule) => [rule, { enabled: false }]));
  await page.evaluate(source);
  const violations = await page.evaluate(
    async ({ tags, rules, within, only }) => {
      const axe = (globalThis as unknown as { axe: typeof axeCore }).axe;
      const runOnly: axeCore.RunOnly = only === undefined ? { type: "tag", values: tags } : { type: "rule", values: only };
      const found = await axe.run(within ?? document, { runOnly, rules, resultTypes: ["violations"] });
      return found.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`.replace(/\s+/g, " ")),
      }));
    },
    { tags: TAGS, rules, within: options.within, only: options.only },
  );
  const list = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.join("\n  ")}`);
  expect(list, `axe on ${page.url()}`).toEqual([]);
}

/**
 * axe waits on timers, and those stand still where scripts are off. A page without scripts is therefore looked at through
 * its twin: the same document at the same address, its own scripts taken out, in a context where axe can run.
 */
async function withScripts(page: Page, use: (twin: Page) => Promise<void>): Promise<void> {
  const { javaScriptEnabled, viewport, isMobile, hasTouch, locale } = test.info().project.use;
  const browser = page.context().browser();
  if (javaScriptEnabled !== false || browser === null) return use(page);
  const html = (await page.content()).replace(/<script\b[\s\S]*?<\/script>/gi, "").replace(/<\/?noscript[^>]*>/gi, "");
  const address = page.url().replace(/#.*$/, "");
  const context = await browser.newContext({
    // Said aloud: a new context would otherwise take over what the project says.
    javaScriptEnabled: true,
    viewport: viewport ?? null,
    isMobile: isMobile ?? false,
    hasTouch: hasTouch ?? false,
    locale: locale ?? "nl-NL",
  });
  try {
    const twin = await context.newPage();
    await twin.route(
      (url) => url.href === address,
      (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
    );
    await twin.goto(address);
    await use(twin);
  } finally {
    await context.close();
  }
}
