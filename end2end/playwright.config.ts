// Four ways to look at every page: wide and narrow, with scripts and without.
// Always true: a spec says nothing about which of the four it runs in; what differs, support/test.ts knows.
import { defineConfig, type Project } from "@playwright/test";
import { chromium, chromiumArguments } from "./support/chromium.ts";

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const noScripts = { javaScriptEnabled: false };

const projects: Project[] = [
  { name: "desktop", use: desktop },
  { name: "phone", use: phone },
  { name: "desktop-no-scripts", use: { ...desktop, ...noScripts } },
  { name: "phone-no-scripts", use: { ...phone, ...noScripts } },
];

const executablePath = chromium();

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  globalSetup: "./support/global-setup.ts",
  projects,
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try hides a race; there is no second try.
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    // A page that still glides to its place is clicked beside the mark.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: "only-on-failure",
    // Recording every step takes as long as the steps; `--trace on` does it when a failure asks for it.
    trace: "off",
    launchOptions: { args: chromiumArguments(), ...(executablePath === undefined ? {} : { executablePath }) },
  },
});
