// Accessibility by machine: WCAG 2.0 A up to 2.2 AA and axe's best practice.
// Always true: an exception names its rule and is visible in the spec.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axeCore from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with a readable list when axe finds something; looks at the page as it stands. */
export async function axe(page: Page, options: { except?: string[]; within?: string } = {}): Promise<void> {
  const rules = Object.fromEntries((options.except ?? []).map((rule) => [rule, { enabled: false }]));
  await page.evaluate(source);
  const violations = await page.evaluate(
    async ({ tags, rules, within }) => {
      const axe = (globalThis as unknown as { axe: typeof axeCore }).axe;
      const found = await axe.run(within ?? document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations"] });
      return found.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`.replace(/\s+/g, " ")),
      }));
    },
    { tags: TAGS, rules, within: options.within },
  );
  const list = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.join("\n  ")}`);
  expect(list, `axe on ${page.url()}`).toEqual([]);
}

/** axe in both colour schemes; the page ends in light. */
export async function axeInLightAndDark(page: Page, options: { except?: string[]; within?: string } = {}): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await axe(page, options);
  }
}
