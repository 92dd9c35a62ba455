// The picture in the README, made by looking. Always true: it is only written there when somebody asks for it.
import { copyFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, signInAs, test, visit } from "../support/test.ts";

test("the start page of a coordinator", async ({ page, scripts, isMobile }, info) => {
  test.skip(!scripts || isMobile, "one picture, wide and awake");
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await signInAs(page, "Fenna Hoekema");
  await visit(page, "/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Fenna");
  await page.evaluate(() => document.fonts.ready);
  const picture = info.outputPath("start.png");
  await page.screenshot({ path: picture });
  if (process.env["WIJKPOT_SHOTS"] !== "1") return;
  await copyFile(picture, join(dirname(fileURLToPath(import.meta.url)), "../../docs/start.png"));
});
