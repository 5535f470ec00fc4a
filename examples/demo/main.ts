import { exitCodes, Problem } from "./problem.ts";

const interruption = new AbortController();
process.once("SIGINT", () => interruption.abort(new Problem("stopped by Ctrl-C", exitCodes.interrupted)));
process.once("SIGTERM", () => interruption.abort(new Problem("stopped from outside", exitCodes.terminated)));

// Who reads the output may leave early: `pnpm demo | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.done);
  throw error;
});

const { farewell, run } = await import("./run.ts");
try {
  await run(process.argv.slice(2), process.stdout, interruption.signal);
} catch (error) {
  const { text, exitCode } = farewell(error);
  console.error(text);
  process.exitCode = exitCode;
}
