// The policy, the nightly check and a school's switch: chosen through the pages, with scripts on and off.
// Always true: what a test chooses it puts back, for others book by the same policy.
import { axeInLightAndDark, expect, expectNoSidewaysScroll, test, visit } from "../support/test.ts";
import { expectValidHtml } from "../support/html.ts";

const ADMINISTRATOR = "Wietske Poelstra";

test.describe("the policy", () => {
  test.use({ place: "beleid" });

  test("each setting says what it does, where it comes from and who chose it", async ({ enter }) => {
    const page = await enter(ADMINISTRATOR);
    await expectValidHtml(await visit(page, "/beheer/beleid"));
    await expect(page.getByRole("heading", { level: 1, name: "Beleid" })).toBeVisible();
    const settings = page.getByRole("region");
    await expect(settings).toHaveCount(8);
    for (const setting of await settings.all()) {
      await expect(setting.getByText("Waar dit vandaan komt")).toBeVisible();
      await expect(setting.getByRole("button", { name: /^(Kies|Zet) / })).toBeVisible();
    }
    await axeInLightAndDark(page);
    await expectNoSidewaysScroll(page);
  });

  test("a choice is kept with who made it, and what cannot be is refused without losing it", async ({ enter, turn, problems, scripts }) => {
    void turn;
    if (scripts) problems.allow(/answer 422: POST .*\/api\/beleid\/kies/, /status of 422/);
    const page = await enter(ADMINISTRATOR);
    await visit(page, "/beheer/beleid");
    const setting = page.getByRole("region", { name: "Dag van het bericht" });
    const day = setting.getByRole("spinbutton");
    await setting.locator("form").evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
    await day.fill("31");
    await setting.getByRole("button", { name: "Kies deze dag" }).click();
    await expect(setting.getByText("Kies een heel getal van 1 tot en met 28.").first()).toBeVisible();
    await expect(setting.getByRole("spinbutton")).toHaveValue("31");

    await setting.getByRole("spinbutton").fill("12");
    await setting.getByRole("button", { name: "Kies deze dag" }).click();
    await expect(page.getByText("Je keuze is opgeslagen")).toBeVisible();
    await expect(setting.getByText("12 van de maand")).toBeVisible();
    await expect(setting.getByText(`Gekozen door ${ADMINISTRATOR}`)).toBeVisible();

    await setting.getByRole("spinbutton").fill("15");
    await setting.getByRole("button", { name: "Kies deze dag" }).click();
    await expect(setting.getByText("15 van de maand")).toBeVisible();
  });

  test("is for administrators only", async ({ enter, problems }) => {
    problems.allow(/answer 403: .*\/beheer\/(beleid|controle)/, /answer 403: .*\/api\/pagina/, /status of 403/);
    const page = await enter("Fenna Hoekema");
    for (const path of ["/beheer/beleid", "/beheer/controle"]) {
      expect((await visit(page, path)).status()).toBe(403);
    }
  });
});

test("the nightly check names every rule and how it went", async ({ enter }) => {
  const page = await enter(ADMINISTRATOR);
  await visit(page, "/");
  await page.getByRole("link", { name: /alles klopt|nog niet gekeken/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nachtelijke controle" })).toBeVisible();
  await expect(page.getByText("Elk saldo is de som van zijn boekingen")).toBeVisible();
  await expect(page.getByText("Klopt niet")).toHaveCount(0);
  await axeInLightAndDark(page);
  await expectNoSidewaysScroll(page);
});

test.describe("a school that gives by itself", () => {
  test("switches it on and off on the page of its hours", async ({ enter, turn }) => {
    void turn;
    const page = await enter("Fenna Hoekema");
    await visit(page, "/uren");
    const card = page.getByRole("region", { name: "Automatisch doneren" });
    await card.getByRole("button", { name: "Zet aan" }).click();
    await expect(page.getByText("Automatisch doneren staat aan")).toBeVisible();
    await expect(card.getByText("Aangezet door Fenna Hoekema")).toBeVisible();
    await axeInLightAndDark(page);
    await card.getByRole("button", { name: "Zet uit" }).click();
    await expect(page.getByText("Automatisch doneren staat uit")).toBeVisible();
    await expect(card.getByRole("button", { name: "Zet aan" })).toBeVisible();
  });
});
