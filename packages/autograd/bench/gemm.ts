/**
 * Times matrix products on one thread: the WebAssembly kernels against plain loops, in all four layouts.
 *
 * Run it with `tsx packages/autograd/bench/gemm.ts [f32|f64]`. The contenders take turns; printed are medians over the rounds, and the
 * spread from the first to the third quartile in per cent of the median.
 */
import { MatrixMultiplier } from "../src/kernels/matrix-multiplier.ts";
import { sharedArena } from "../src/kernels/wasm/arena.ts";
import { micro, repeatsOf, summary, time } from "./timing.ts";

const layouts = ["NN", "NT", "TN", "TT"] as const;
const sizes = [
  [8, 16, 16],
  [16, 16, 16],
  [32, 32, 32],
  [128, 10, 64],
  [64, 64, 128],
  [128, 64, 64],
  [128, 64, 784],
  [784, 64, 128],
  [256, 256, 256],
  [512, 512, 512],
  [1024, 1024, 1024],
] as const;
const roundMilliseconds = 15;

/** Fewer for the sizes at which plain loops take a second. */
const roundsOf = (multiplications: number): number => (multiplications > 2 ** 26 ? 5 : 15);

const contenders = [
  ["wasm", new MatrixMultiplier(sharedArena)],
  ["loops", new MatrixMultiplier(() => null)],
] as const;

const View = process.argv[2] === "f64" ? Float64Array : Float32Array;
let checksum = 0;

for (const [m, n, k] of sizes) {
  const x = new View(m * k).map((_, at) => Math.sin(at));
  const y = new View(k * n).map((_, at) => Math.cos(at));
  const out = new View(m * n);
  for (const layout of layouts) {
    const [leftRow, leftColumn] = layout[0] === "N" ? [k, 1] : [1, m];
    const [rightRow, rightColumn] = layout[1] === "N" ? [n, 1] : [1, k];
    const a = { data: x, offset: 0, rowStride: leftRow, columnStride: leftColumn };
    const b = { data: y, offset: 0, rowStride: rightRow, columnStride: rightColumn };
    const tasks = contenders.map(([name, multiplier]) => {
      const run = () => multiplier.gemm(m, n, k, a, b, out, 0);
      return { name, run, repeats: repeatsOf(run, roundMilliseconds), times: [] as number[] };
    });
    const rounds = roundsOf(m * n * k);
    for (let round = 0; round < rounds; round++) {
      for (const task of tasks) task.times.push(time(task.run, task.repeats));
      checksum += out[out.length - 1];
    }
    const [fast, slow] = tasks.map(({ times }) => summary(times));
    const rate = (2 * m * n * k) / fast.median / 1e6;
    console.log(
      `[${m}, ${k}] x [${k}, ${n}]`.padEnd(26),
      layout,
      `wasm ${micro(fast.median)} ±${fast.spread} %  ${rate.toFixed(1).padStart(5)} GFLOP/s`,
      `  loops ${micro(slow.median)} ±${slow.spread} %  ratio ${(slow.median / fast.median).toFixed(1)}`,
    );
  }
}
console.log(`checksum ${checksum}`);
