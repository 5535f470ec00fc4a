/**
 * Times elementwise loops on one thread: WebAssembly vectors against plain loops, values and pullbacks.
 *
 * Run it with `tsx packages/autograd/bench/elementwise.ts [f32|f64]`. The contenders take turns; printed are medians over the rounds, the spread
 * from the first to the third quartile in per cent of the median, and how often the faster fits into the slower.
 */
import { gelu, mish, silu } from "../src/activations/gated-linear.ts";
import { elu, softplus } from "../src/activations/rectified.ts";
import { sigmoid, tanh } from "../src/activations/sigmoidal.ts";
import { chooseLoop, type ElementwiseLoop, plainLoop } from "../src/kernels/choose-loop.ts";
import { runElementwise } from "../src/kernels/elementwise.ts";
import { dense } from "../src/kernels/strided.ts";
import { productOf } from "../src/scalar/arithmetic.ts";
import { compileLoop } from "../src/scalar/compile.ts";
import { derive } from "../src/scalar/derive.ts";
import { Scalar, substitute } from "../src/scalar/expression.ts";
import { exp, log } from "../src/scalar/transcendental.ts";
import { micro, repeatsOf, summary, time } from "./timing.ts";

const dtype = process.argv[2] === "f64" ? "f64" : "f32";
const View = dtype === "f64" ? Float64Array : Float32Array;
const sizes = [64, 128, 256, 1024, 16_384, 1_000_000];
const rounds = 15;
const roundMilliseconds = 10;

const x0 = Scalar.input(0);
const expressions: Readonly<Record<string, Scalar>> = {
  exp: Scalar.apply(exp, [x0]),
  log: Scalar.apply(log, [x0]),
  ...Object.fromEntries(
    [tanh, sigmoid, softplus, elu, silu, mish, gelu].map((activation) => [
      activation.name,
      activation.op.expression,
    ]),
  ),
};

let checksum = 0;
for (const [name, value] of Object.entries(expressions)) {
  const pullback = productOf(Scalar.input(1), substitute(derive(value, 0), [x0]));
  for (const [kind, root, arity] of [
    ["value", value, 1],
    ["pullback", pullback, 2],
  ] as const) {
    for (const size of sizes) compare(`${name} ${kind}`, root, arity, size);
  }
}
console.log(`checksum ${checksum}`);

function compare(title: string, root: Scalar, arity: 1 | 2, size: number): void {
  const x = new View(size).map((_, k) => 4 * Math.sin(k) + 4.1 * Number(title.startsWith("log")));
  const cotangent = new View(size).map((_, k) => Math.cos(k));
  const tasks = [chooseLoop(root, arity, dtype, []), plainLoop(compileLoop(root, arity))].map((loop) => {
    const run = taskOf(loop, size, x, cotangent, arity);
    return { run, repeats: repeatsOf(run, roundMilliseconds), times: [] as number[] };
  });
  for (let round = 0; round < rounds; round++)
    for (const task of tasks) task.times.push(time(task.run, task.repeats));
  const [fast, slow] = tasks.map(({ times }) => summary(times));
  console.log(
    `${title} [${size}]`.padEnd(28),
    `vectors ${micro(fast.median)} ±${fast.spread} %  plain ${micro(slow.median)} ±${slow.spread} %  ratio ${(slow.median / fast.median).toFixed(1)}`,
  );
}

/** What an operation does: a new array, filled by the loop. */
function taskOf(
  loop: ElementwiseLoop,
  size: number,
  x: Float32Array | Float64Array,
  cotangent: Float32Array | Float64Array,
  arity: 1 | 2,
): () => void {
  const operands = [x, cotangent].slice(0, arity).map((data) => dense(data, [size]));
  return () => {
    const out = new View(size);
    runElementwise(loop, operands, [size], out);
    checksum += out[size - 1];
  };
}
