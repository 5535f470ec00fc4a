import { run } from "./run.ts";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

try {
  await run(process.argv.slice(2), console.log, stop.signal);
} catch (error) {
  if (!stop.signal.aborted) throw error;
  console.error("stopped by Ctrl-C");
  process.exitCode = 130;
}
