import type { Measurement } from "../running/measure.ts";
import type { Circumstances } from "./circumstances.ts";
import { isTimed, judge } from "./judge.ts";
import { metText, ratioText, targetText, timeText } from "./words.ts";

/** The page docs/benchmarks.md. */
export function markdown(measurements: readonly Measurement[], circumstances: Circumstances): string {
  return [
    "# Benchmarks",
    "",
    "Made by `pnpm bench`; do not edit. Each contender runs in a process of its own on one thread, `isograd-threads` on two, and computes each",
    "workload once to be compared with us before any is timed. Then they take turns. Times are medians of one run; ratios are medians over the",
    "rounds of their time and ours in the same round, with the quartiles in brackets. Read the ratios: they hold better than the times. `~`",
    "stands before the first and only run of who needs more than a second and a half.",
    "",
    `${circumstances.date}, ${circumstances.machine}, Node ${circumstances.node}.`,
    "",
    ...table(measurements),
    "",
    "_× best_: how many times as fast as the fastest JavaScript peer we are; _two threads_: the same with two threads of ours. _/ PyTorch_: our",
    "time over PyTorch's; _with BLAS_: the same with `@isograd/autograd/blas`. Targets are about one thread of ours without it, where they say",
    "nothing else.",
    "",
    ...products(measurements),
    "## Size and start",
    "",
    ...circumstances.facts.map((fact) => `- ${fact}`),
    "",
    "## Who could not take part",
    "",
    ...failures(measurements),
    "",
  ].join("\n");
}

function table(measurements: readonly Measurement[]): string[] {
  const names = Object.keys(measurements[0].results).filter((name) => name !== "peak");
  const heads = ["workload", ...names, "× best", "two threads", "/ PyTorch", "with BLAS", "target", "met"];
  const rows = measurements.map((measurement) => {
    const { best, pytorch, native, threads, met } = judge(measurement);
    return [
      measurement.workload.name,
      ...names.map((name) => {
        const result = measurement.results[name];
        return isTimed(result) ? (result.cold ? "~" : "") + timeText(result.median) : "-";
      }),
      best === null ? "-" : `${ratioText(best.ratio)} ${best.name}`,
      threads === null ? "-" : threads.toPrecision(2),
      pytorch === null ? "-" : ratioText(pytorch),
      native === null ? "-" : native.toPrecision(2),
      targetText(measurement.workload.target),
      metText(met),
    ];
  });
  return aligned([heads, ...rows]);
}

/** What the products reach of what multiplying and adding in registers reaches. */
function products(measurements: readonly Measurement[]): string[] {
  const rows = measurements.flatMap(({ workload, results: { isograd, peak } }) => {
    if (workload.flops === undefined || !isTimed(isograd) || !isTimed(peak)) return [];
    const rates = [isograd, peak].map(({ median }) => ((workload.flops as number) / median / 1e9).toFixed(1));
    return [[workload.name, ...rates, `${(100 * peak.ratio.median).toFixed(0)} %`]];
  });
  if (rows.length === 0) return [];
  const heads = ["product", "GFLOP/s", "SIMD peak, GFLOP/s", "reached"];
  return ["## Matrix products and the peak of 128-bit vectors", "", ...aligned([heads, ...rows]), ""];
}

/** A table as the formatter lays it out. */
function aligned([heads, ...rows]: readonly string[][]): string[] {
  const widths = heads.map((head, k) => Math.max(3, head.length, ...rows.map((cells) => cells[k].length)));
  const line = (cells: readonly string[], fill: string): string =>
    `| ${cells.map((cell, k) => cell.padEnd(widths[k], fill)).join(" | ")} |`;
  return [
    line(heads, " "),
    line(
      heads.map(() => ""),
      "-",
    ),
    ...rows.map((cells) => line(cells, " ")),
  ];
}

function failures(measurements: readonly Measurement[]): string[] {
  const workloadsOf = new Map<string, string[]>();
  for (const { workload, results } of measurements) {
    for (const [name, result] of Object.entries(results)) {
      if (isTimed(result) || name === "peak") continue;
      const key = `${name}: ${result.failure.slice(0, 160)}`;
      workloadsOf.set(key, [...(workloadsOf.get(key) ?? []), workload.name]);
    }
  }
  return [...workloadsOf].sort().map(([why, names]) => `- ${why} (${names.join(", ")})`);
}
