// One at a time: tests run beside each other against one server, and hours and moments are shared.
// Always true: a turn ends with its process, however that ended.
import { createHash } from "node:crypto";
import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Waits until nobody else has the turn with this name, and takes it; the answer gives it back. */
export async function takeTurn(name: string): Promise<() => void> {
  const file = join(tmpdir(), `wijkpot-turn-${createHash("sha256").update(name).digest("hex").slice(0, 16)}`);
  while (!take(file)) await new Promise((resolve) => setTimeout(resolve, 50));
  return () => unlinkSync(file);
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    leaveBehind(file);
    return false;
  }
}

/** Removes the turn of a process that is no more. */
function leaveBehind(file: string): void {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    // Empty: it is being written this moment.
    if (pid > 0 && !isAlive(pid)) unlinkSync(file);
  } catch {
    // Given back meanwhile.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
