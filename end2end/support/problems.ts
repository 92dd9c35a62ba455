// Listens to the browser and remembers what went wrong behind a page that looked fine.
// Always true: a test with an unexplained problem fails, however green its assertions.
import type { BrowserContext } from "@playwright/test";

export class Problems {
  readonly #found: string[] = [];
  readonly #allowed: RegExp[] = [];

  constructor(context: BrowserContext, base: string) {
    this.listen(context, base);
  }

  /** Listens to one more browser. */
  listen(context: BrowserContext, base: string): void {
    const origin = new URL(base).origin;
    context.on("console", (message) => {
      const text = message.text();
      const bad = message.type() === "error" || (message.type() === "warning" && /hydrat|reactive|wasm|preload/i.test(text));
      if (bad) this.#found.push(`console ${message.type()}: ${text} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#found.push(`page error: ${error.error().message}`));
    context.on("response", (response) => {
      if (response.status() >= 400 && new URL(response.url()).origin === origin) {
        this.#found.push(`answer ${response.status()}: ${response.request().method()} ${response.url()}`);
      }
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "failed";
      // A page that is left behind breaks off what it was still fetching.
      if (why !== "net::ERR_ABORTED" && new URL(request.url()).origin === origin) {
        this.#found.push(`request ${why}: ${request.method()} ${request.url()}`);
      }
    });
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== origin) this.#found.push(`another host is asked: ${request.url()}`);
    });
  }

  /** Says that a problem is what this test is about: the 404 of a page that is not there, say. */
  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** What nobody allowed. */
  unexplained(): string[] {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)));
  }
}
