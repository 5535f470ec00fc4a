/**
 * Times isograd side by side with other libraries.
 *
 * `pnpm bench` runs everything in less than ten minutes and writes docs/benchmarks.md; `--quick` a part in less than one; `--only
 * matmul,chain` what begins so; `--json FILE` keeps every time that was taken. Peers are installed at first use, into a folder of their own.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readOptions } from "./options.ts";
import { circumstances } from "./report/circumstances.ts";
import { isTimed, judge } from "./report/judge.ts";
import { markdown } from "./report/markdown.ts";
import { metText, ratioText, targetText, timeText } from "./report/words.ts";
import { Contender } from "./running/contender.ts";
import { javascriptPeers, launches } from "./running/contenders.ts";
import { type Measurement, measure } from "./running/measure.ts";
import { installPeers } from "./running/peers.ts";
import { workloads } from "./workloads/table.ts";

/** Of no use where time is short. */
const slowContenders = ["tfjs-cpu", "jax-js"];

const options = readOptions(process.argv.slice(2));
/** Seconds that the rounds are cut to fit into, and seconds after which no workload is begun. */
const [wholeRun, lastCall] = options.quick ? [36, 48] : [440, 560];
const began = performance.now();

console.log("Installing peers where missing ...");
const absent = installPeers();
const contenders = (await launches())
  .filter(({ name }) => !(options.quick && slowContenders.includes(name)))
  .map((launch) => new Contender(launch));
for (const contender of contenders) contender.absent = absent.get(javascriptPeers[contender.name]) ?? null;

const measurements: Measurement[] = [];
try {
  for (const [k, workload] of options.workloads.entries()) {
    const elapsed = (performance.now() - began) / 1000;
    if (elapsed > lastCall) {
      const leftOut = options.workloads.slice(k).map(({ name }) => name);
      console.log(`\nLeft out for want of time: ${leftOut.join(", ")}`);
      break;
    }
    const left = wholeRun - elapsed;
    const seconds = Math.min(
      5,
      Math.max(options.quick ? 0.5 : 2, (0.6 * left) / (options.workloads.length - k)),
    );
    const rounds = options.quick ? 5 : 9;
    const measurement = await measure(workload, contenders, {
      rounds,
      seconds,
      limit: options.quick ? 5 : 15,
    });
    measurements.push(measurement);
    print(measurement);
  }
} finally {
  for (const contender of contenders) contender.stop();
}

const present = await circumstances();
for (const fact of present.facts) console.log(fact);
if (options.json !== null) writeFileSync(options.json, JSON.stringify({ ...present, measurements }, null, 1));
if (measurements.length === workloads.length)
  writeFileSync(
    fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url)),
    markdown(measurements, present),
  );
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);

function print(measurement: Measurement): void {
  const { workload, results } = measurement;
  const { best, pytorch, native, threads, met } = judge(measurement);
  console.log(`\n${workload.name}  target ${targetText(workload.target)}; met: ${metText(met)}`);
  if (best !== null) console.log(`  ${ratioText(best.ratio)} × as fast as ${best.name}`);
  if (threads !== null) console.log(`  ${threads.toPrecision(2)} × with two threads`);
  if (pytorch !== null) console.log(`  ${ratioText(pytorch)} of PyTorch's time`);
  if (native !== null) console.log(`  ${native.toPrecision(2)} of PyTorch's time with BLAS`);
  if (isTimed(results.peak))
    console.log(
      `  ${(100 * results.peak.ratio.median).toFixed(0)} % of what 128-bit vectors reach in registers`,
    );
  for (const [name, result] of Object.entries(results)) {
    const rate =
      workload.flops && isTimed(result)
        ? `  ${(workload.flops / result.median / 1e9).toFixed(1)} GFLOP/s`
        : "";
    console.log(
      `  ${name.padEnd(16)} ${isTimed(result) ? timeText(result.median) + rate : `- ${result.failure.slice(0, 120)}`}`,
    );
  }
}
