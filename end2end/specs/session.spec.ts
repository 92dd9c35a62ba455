// Signing in and out. Always true: what a wrong sign-in says is the same whoever one tries to be, and no secret comes back in a page.
import { expect, hydrated, signInAs, test, visit } from "../support/test.ts";

test("a wrong password and an unknown address get the same sentence, and the address stays", async ({ page, problems, scripts }) => {
  if (scripts) problems.allow(/answer 422: POST .*\/api\/inloggen/, /status of 422/);
  const said: string[] = [];
  // Addresses of nobody: who fails often must wait, and no test should wait for another.
  for (const email of [`niemand-${Date.now()}@wijkpot.example`, "w.poelstra@wijkpot.example"]) {
    await visit(page, "/inloggen");
    await page.getByLabel("E-mailadres").fill(email);
    await page.getByLabel("Wachtwoord", { exact: true }).fill("een wachtwoord van niemand");
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    const outcome = page.locator(".outcome.refused");
    await expect(outcome).toBeFocused();
    said.push(await outcome.innerText());
    await expect(page).toHaveURL(/\/inloggen$/);
    await expect(page.getByLabel("E-mailadres")).toHaveValue(email);
    if (!scripts) await expect(page.getByLabel("Wachtwoord", { exact: true })).toHaveValue("");
    expect(await page.content()).not.toContain("een wachtwoord van niemand");
  }
  expect(said[0]).toBe(said[1]);
});

test("who is not signed in signs in first and comes out where they were going", async ({ page }) => {
  await page.goto("/zoeken?q=gedrag&niveau=groep");
  await expect(page).toHaveURL(/\/inloggen\?naar=/);
  await hydrated(page);
  await page.getByRole("button", { name: "Fenna Hoekema" }).click();
  await page.waitForURL((url) => url.pathname === "/zoeken");
  expect(new URL(page.url()).search).toBe("?q=gedrag&niveau=groep");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("gedrag");
});

test("an address outside Wijkpot is never where one comes out", async ({ page, baseURL }) => {
  await visit(page, "/inloggen?naar=//elders.example/");
  await page.getByRole("button", { name: "Fenna Hoekema" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Fenna");
  expect(new URL(page.url()).origin).toBe(new URL(baseURL ?? "").origin);
});

test("signing out ends the session, in this window and behind the back button", async ({ page }) => {
  await signInAs(page, "Fenna Hoekema");
  await visit(page, "/afspraken");
  await page.locator(".account summary").click();
  await page.getByRole("button", { name: "Uitloggen" }).click();
  await page.waitForURL((url) => url.pathname === "/inloggen");
  await hydrated(page);
  await expect(page.locator(".account")).toHaveCount(0);
  await page.goto("/afspraken");
  await expect(page).toHaveURL(/\/inloggen\?naar=/);
});

test("the session cookie is out of reach of scripts and of other sites", async ({ page, context }) => {
  await signInAs(page, "Fenna Hoekema");
  const cookies = await context.cookies();
  expect(cookies.map(({ httpOnly, sameSite, path }) => ({ httpOnly, sameSite, path }))).toEqual([{ httpOnly: true, sameSite: "Lax", path: "/" }]);
});
