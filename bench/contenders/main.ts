import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setThreads } from "@isograd/autograd";
import type { Workload } from "../workloads/workload.ts";
import { deepbox } from "./deepbox.ts";
import type { Engine, Task } from "./engine.ts";
import { isograd } from "./isograd.ts";
import { jax } from "./jax.ts";
import { numpyTs } from "./numpy-ts.ts";
import { peak } from "./peak.ts";
import { prepare } from "./task.ts";
import { tfjs } from "./tfjs.ts";
import { time } from "./time.ts";

// A process of its own for each contender, so that none shares compiled code, memory or garbage with another. It answers lines of JSON.

const prepared =
  <T>(engine: Engine<T>) =>
  (workload: Workload): Task =>
    prepare(engine, workload);

/** Ours, with so many threads. */
const threaded = async (count: number): Promise<(workload: Workload) => Task> => {
  setThreads(count);
  return prepared(isograd);
};

const contenders: Record<string, () => Promise<(workload: Workload) => Task>> = {
  isograd: () => threaded(1),
  "isograd-threads": () => threaded(2),
  "isograd-blas": async () => {
    const { blasInfo } = await import("@isograd/autograd/blas");
    const info = blasInfo();
    if (!info.isOn) throw new Error(info.reason);
    return threaded(1);
  },
  "tfjs-wasm": async () => prepared(await tfjs("wasm")),
  "tfjs-cpu": async () => prepared(await tfjs("cpu")),
  "jax-js-jit": async () => prepared(await jax("jit")),
  "jax-js": async () => prepared(await jax("eager")),
  deepbox: async () => prepared(await deepbox()),
  "numpy-ts": async () => prepared(await numpyTs()),
  peak: async () => peak,
};

type Request = { readonly workload: Workload; readonly results: string } | { readonly seconds: number };

const say = (reply: object): void => void process.stdout.write(`${JSON.stringify(reply)}\n`);
const said = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split("\n")[0];

let make: (workload: Workload) => Task;
let task: Task | null = null;

async function answer(request: Request): Promise<object> {
  if ("seconds" in request) return time(task as Task, request.seconds);
  task = make(request.workload);
  const start = performance.now();
  const results = await task.results();
  const cold = (performance.now() - start) / 1000 / task.runs;
  results.forEach((values, k) => {
    writeFileSync(`${request.results}.${k}`, Float64Array.from(values));
  });
  return { results: results.length, cold };
}

try {
  make = await contenders[process.argv[2]]();
  say({ ready: true });
} catch (error) {
  say({ error: said(error) });
}
for await (const line of createInterface({ input: process.stdin })) {
  try {
    say(await answer(JSON.parse(line)));
  } catch (error) {
    say({ error: said(error) });
  }
}
