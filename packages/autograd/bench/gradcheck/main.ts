/**
 * Counts what gradient checking gets wrong: correct gradients that fail, and wrong ones that pass, beside checking with a fixed step and
 * PyTorch's defaults (eps 1e-6, atol 1e-5, rtol 1e-3).
 *
 * Run it with `pnpm gradcheck:bench [points a function]`; default 200. Counted as wrong are points where the function has a slope that four
 * digits of its value show, no kink, and a gradient that the sabotage changes by half of 1e-4 at least.
 */
import {
  checkGradients,
  fromData,
  type GradientReport,
  gradients,
  parameter,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { correctFunctions, correctMatrixFunctions } from "../../test/gradcheck/correct-functions.ts";
import { matrices, points } from "../../test/gradcheck/points.ts";
import { checkByFixedStep } from "./fixed-step.ts";
import { sabotages } from "./sabotage.ts";

type Differentiable = (x: Tensor) => Tensor;

const count = Number(process.argv[2] ?? 200);
const cases = [
  ...Object.values(correctFunctions).map((f, n) => ({
    f,
    inputs: points(n + 1, count).map((x) => tensor([x], { dtype: "f64" })),
  })),
  ...Object.values(correctMatrixFunctions).map((f, n) => ({ f, inputs: matrices(n + 1, count) })),
];

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function gradientOf(
  f: Differentiable,
  x: Tensor,
): { readonly value: number; readonly gradient: Float64Array } {
  const leaf = parameter(x);
  const output = f(leaf);
  const value = largest(output.values());
  if (output.node === null) return { value, gradient: new Float64Array(x.size) };
  const weights = Float64Array.from({ length: output.size }, (_, k) => 1 + ((k * 7) % 5) / 4);
  const [found] = gradients(output, [leaf], { cotangent: fromData(weights, output.shape) });
  return { value, gradient: Float64Array.from(found.values()) };
}

/** Whether the gradients differ by what a check can be asked to see. */
function differs(right: Differentiable, wrong: Differentiable, x: Tensor): boolean {
  const { value, gradient } = gradientOf(right, x);
  const other = gradientOf(wrong, x).gradient;
  const scale = largest(gradient);
  return scale > 1e-4 * Math.max(1, value) && largest(gradient.map((g, k) => g - other[k])) > 0.5e-4 * scale;
}

// Differences alone, without the help of forward mode, and of the first order: what a fixed step is asked for.
const check = (f: Differentiable, x: Tensor, seed: number): GradientReport =>
  checkGradients(f, x, { seed, order: 1, forward: false });

const started = performance.now();
const correct = { points: 0, kinks: 0, inconclusive: 0, adaptive: 0, fixed: 0 };
const smooth = new Map<Tensor, boolean>();
for (const { f, inputs } of cases) {
  inputs.forEach((x, seed) => {
    const report = check(f, x, seed);
    correct.points++;
    smooth.set(x, report.kinks === 0);
    correct.kinks += Number(report.kinks > 0);
    correct.adaptive += Number(report.failures.length > 0);
    correct.inconclusive += Number(report.inconclusive.length > 0);
    correct.fixed += Number(!checkByFixedStep(f, x));
  });
}

const row = (name: string, ...cells: (string | number)[]): void =>
  console.log(name.padEnd(34) + cells.map((cell) => String(cell).padStart(14)).join(""));
row(`${cases.length} functions x ${count} points`, "points", "adaptive", "fixed step");
row("correct, and failed", correct.points, correct.adaptive, correct.fixed);
row("correct, and inconclusive", correct.points, correct.inconclusive, "-");
row("correct, at a kink", correct.kinks, "", "");

for (const [name, { right, wrong }] of Object.entries(sabotages)) {
  const caught = { points: 0, adaptive: 0, fixed: 0 };
  for (const { f, inputs } of cases) {
    const [good, bad] = [right(f), wrong(f)];
    inputs.forEach((x, seed) => {
      if (!differs(good, bad, x) || !smooth.get(x)) return;
      caught.points++;
      caught.adaptive += Number(!check(bad, x, seed).ok);
      caught.fixed += Number(!checkByFixedStep(bad, x));
    });
  }
  row(`${name}, and caught`, caught.points, caught.adaptive, caught.fixed);
}
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
