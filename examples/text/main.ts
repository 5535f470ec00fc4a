import { parseArgs } from "node:util";
import { run } from "./run.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    seed: { type: "string", default: "7" },
    quick: { type: "boolean", default: false },
  },
});
const models = (["lstm", "transformer"] as const).filter((name) => (values.model ?? name) === name);

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("stopped by Ctrl-C")));
try {
  await run({
    models,
    seed: Number(values.seed),
    quick: values.quick,
    print: console.log,
    signal: stop.signal,
  });
} catch (error) {
  if (!stop.signal.aborted) throw error;
  console.error("stopped by Ctrl-C");
  process.exitCode = 130;
}
