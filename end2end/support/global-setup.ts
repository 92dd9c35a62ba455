// One server for the whole run, so that starting it is paid once.
// Always true: with WIJKPOT_URL set, the tests look at that server and start none.
import { startServer } from "./server.ts";

export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env["WIJKPOT_URL"] !== undefined) return undefined;
  const server = await startServer();
  process.env["WIJKPOT_URL"] = server.url;
  return () => server.stop();
}
