// The HTML a server sends, checked as a document: wrong nesting is what breaks hydration.
// Always true: it looks at the bytes of the answer, not at what the browser made of them.
import { expect, type Response } from "@playwright/test";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:standard"],
  rules: {
    // How the markup is written is the renderer's business.
    "attr-quotes": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "no-inline-style": "error",
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "long-title": "off",
    "require-sri": "off",
    // Safari drops the list role from an unstyled list; we say it again.
    "no-redundant-role": "off",
  },
});

const RADIO_NOT_RESTORED = /^autocomplete attribute cannot be used on <input type="radio">$/;

export async function expectValidHtml(response: Response): Promise<void> {
  // The renderer marks places with the shortest comment a browser reads; the validator only knows the longer one.
  const document = (await response.text()).replaceAll("<!>", "<!---->");
  const report = await validator.validateString(document, response.url());
  // Browsers restore radios by their place; this is the way to say that they should not, also where the standard gives it no meaning.
  const messages = report.results.flatMap((result) => result.messages).filter((found) => !RADIO_NOT_RESTORED.test(found.message));
  const lines = messages.map((found) => `${found.line}:${found.column} ${found.ruleId}: ${found.message}`);
  expect(lines, `HTML of ${response.url()}`).toEqual([]);
}
