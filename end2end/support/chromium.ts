// The browser on this machine, and how to start it quietly.
// Always true: nothing is downloaded, and the browser talks to our server only.
import { existsSync } from "node:fs";

/** The path of Chromium: from CHROMIUM, or a usual place; undefined leaves the choice to Playwright. */
export function chromium(): string | undefined {
  const places = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  return places.find((place) => place !== undefined && existsSync(place));
}

export function chromiumArguments(): string[] {
  const quiet = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  // Chromium's sandbox does not work for root, and CI runs as root in a container.
  return process.getuid?.() === 0 ? [...quiet, "--no-sandbox"] : quiet;
}
