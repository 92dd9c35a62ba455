// The house: pages anybody may open, and what every answer carries.
// Always true: these pages need no sign-in, no scripts, and no other host.
import { axeInLightAndDark, expect, expectNoSidewaysScroll, test, visit } from "../support/test.ts";
import { expectValidHtml } from "../support/html.ts";

const PAGES = [
  { path: "/loket", status: 200 },
  { path: "/spelregels", status: 200 },
  { path: "/toegankelijkheid", status: 200 },
  { path: "/inloggen", status: 200 },
  { path: "/bestaat-niet", status: 404 },
];

for (const { path, status } of PAGES) {
  test.describe(path, () => {
    test.beforeEach(({ problems }) => {
      if (status >= 400) problems.allow(new RegExp(`answer ${status}: GET .*${path}$`), new RegExp(`status of ${status}`));
    });

    test(`answers ${status} with one heading and a title`, async ({ page }) => {
      const response = await visit(page, path);
      expect(response.status()).toBe(status);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      await expect(page.getByRole("heading", { level: 1 })).not.toBeEmpty();
      await expect(page).toHaveTitle(/\S/);
      await expect(page.locator("html")).toHaveAttribute("lang", "nl");
      await expectValidHtml(response);
    });

    test("is accessible in light and dark", async ({ page }) => {
      await visit(page, path);
      await axeInLightAndDark(page);
    });

    test("does not scroll sideways", async ({ page }) => {
      await visit(page, path);
      await expectNoSidewaysScroll(page);
    });

    test("carries the headers that keep strangers out", async ({ page }) => {
      const headers = (await visit(page, path)).headers();
      const policy = directives(headers["content-security-policy"] ?? "");
      expect(policy["script-src"]).toMatch(/'nonce-[\w+/=-]{16,}'/);
      expect(policy["script-src"]).not.toMatch(/'unsafe-inline'|'unsafe-eval'|\*/);
      expect(policy["style-src"]).not.toMatch(/'unsafe-inline'/);
      expect(policy["default-src"]).toBe("'self'");
      expect(policy["object-src"]).toBe("'none'");
      expect(policy["base-uri"]).toMatch(/^'(none|self)'$/);
      expect(policy["form-action"]).toBe("'self'");
      expect(policy["frame-ancestors"]).toBe("'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toMatch(/^(no-referrer|same-origin|strict-origin-when-cross-origin)$/);
      expect(headers["server"]).toBeUndefined();
    });
  });
}

test("every answer has a nonce of its own", async ({ page }) => {
  const nonce = async () => /'nonce-([^']+)'/.exec((await visit(page, "/loket")).headers()["content-security-policy"] ?? "")?.[1];
  const first = await nonce();
  expect(first).toBeTruthy();
  expect(await nonce()).not.toBe(first);
});

test("the bundle may be kept for ever, a page may not", async ({ page, request, scripts }) => {
  test.skip(!scripts, "without scripts no bundle is fetched");
  const bundle = page.waitForResponse((response) => response.url().endsWith(".wasm"));
  const document = await visit(page, "/loket");
  expect(document.headers()["cache-control"] ?? "").not.toContain("immutable");
  const wasm = await bundle;
  expect(wasm.url()).toMatch(/\/pkg\/wijkpot\.[0-9a-f]{16}\.wasm$/);
  expect(wasm.headers()["cache-control"]).toContain("immutable");
  expect(wasm.headers()["content-type"]).toBe("application/wasm");
  expect((await request.get("/pkg/wijkpot.0000000000000000.wasm")).status()).toBe(404);
});

test("the keyboard reaches the content first", async ({ page }) => {
  await visit(page, "/loket");
  await page.keyboard.press("Tab");
  const skip = page.locator(":focus");
  await expect(skip).toHaveAttribute("href", /^(\/loket)?#/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#/);
});

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy
      .split(";")
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name, ...values]) => [name ?? "", values.join(" ")]),
  );
}
