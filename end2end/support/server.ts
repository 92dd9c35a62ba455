// A Wijkpot of a test's own: a free port, an empty data folder, the demo told afresh.
// Always true: whoever starts a server stops it, and its folder goes with it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Server {
  url: string;
  /** The data folder, for tests that run another command on it. */
  data: string;
  stop(): Promise<void>;
}

/** The path of the binary under test: WIJKPOT_BIN, or where a debug build leaves it. */
export function binary(): string {
  return process.env["WIJKPOT_BIN"] ?? join(root, "target/debug/wijkpot");
}

/** Starts `wijkpot serve` and waits until it is ready; its output appears when it does not get there. */
export async function startServer(options: { demo?: boolean; data?: string; env?: Record<string, string> } = {}): Promise<Server> {
  const own = options.data === undefined;
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "wijkpot-e2e-")));
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const child = spawn(binary(), options.demo === false ? ["serve"] : ["serve", "--demo"], {
    cwd: root,
    env: { ...surroundings(), WIJKPOT_ADDR: address, WIJKPOT_DATA: data, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-20_000);
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.once("exit", () => {
      ended = true;
      resolve();
    });
    child.once("error", (error) => {
      said += String(error);
      ended = true;
      resolve();
    });
  });

  const stop = async () => {
    if (!ended) {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await end;
      clearTimeout(late);
    }
    if (own) await rm(data, { recursive: true, force: true });
  };

  // A debug build tells the demo's story in well under this; a machine with other work may need longer.
  const patience = Date.now() + 120_000;
  while (!(await ready(url))) {
    if (ended || Date.now() > patience) {
      await stop();
      throw new Error(`${binary()} ${ended ? "ended" : "was not ready"} before it answered at ${url}/readyz:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { url, data, stop };
}

/** How another command on a data folder ended, and what it said. */
export interface Answer {
  code: number;
  out: string;
  err: string;
}

/** Runs `wijkpot` with these arguments on a data folder, and waits for it. */
export function run(data: string, url: string, args: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary(), args, {
      cwd: root,
      env: { ...surroundings(), WIJKPOT_DATA: data, WIJKPOT_URL: url },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out, err }));
  });
}

/** The environment without what would lead a test to somebody else's database or address. */
function surroundings(): NodeJS.ProcessEnv {
  const given = { WIJKPOT_SITE: join(root, "target/site"), ...process.env };
  // WIJKPOT_URL says to the tests which server they look at; to a server it says what people call it.
  for (const name of ["DATABASE_URL", "WIJKPOT_URL", "WIJKPOT_DATA", "WIJKPOT_ADDR"]) delete given[name as keyof typeof given];
  return given;
}

async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
