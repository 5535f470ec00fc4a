import {
  backward,
  checkpoint,
  Generator,
  graphNodes,
  matmul,
  mean,
  observe,
  parameter,
  rand,
  square,
  type Tensor,
  tanh,
} from "../../src/index.ts";
import { liveArrays } from "./live.ts";

export interface Step {
  readonly width: number;
  readonly batch: number;
  readonly layers: number;
  /** How many layers a checkpoint spans; 0: none. */
  readonly span: number;
  /** At the end of every how many operations memory is looked at; 0: never, the step is timed instead. */
  readonly every: number;
}

/** One step through a deep network of tanh layers, in bytes beyond what was there before. */
export interface StepMemory {
  /** The arrays that the graph holds, the parameters and their gradients: no step without checkpoints can do with less. */
  readonly kept: number;
  /** The most that was alive at once, in arrays. */
  readonly peak: number;
  /** By how much the process was larger at most. */
  readonly resident: number;
  readonly seconds: number;
}

export function step({ width, batch, layers, span, every }: Step): StepMemory {
  const [arraysBefore, residentBefore] = [liveArrays(), process.memoryUsage.rss()];
  const generator = new Generator(1);
  const scale = Math.sqrt(3 / width);
  const weights = Array.from({ length: layers }, () =>
    parameter(rand(generator, [width, width], -scale, scale)),
  );
  const x = rand(generator, [batch, width], -1, 1);
  let [operations, peak] = [0, 0];
  const looking =
    every === 0
      ? null
      : observe({
          operation: () => {
            if (operations++ % every === 0) peak = Math.max(peak, liveArrays() - arraysBefore);
          },
        });
  let [kept, seconds] = [0, Number.POSITIVE_INFINITY];
  for (let round = 0; round < (every === 0 ? 3 : 1); round++) {
    for (const weight of weights) weight.grad = null;
    const began = performance.now();
    const loss = lossOf(x, weights, span);
    if (every !== 0) kept = keptBy(loss) + 2 * layers * width * width * 4;
    backward(loss);
    seconds = Math.min(seconds, (performance.now() - began) / 1000);
  }
  looking?.remove();
  return { kept, peak, resident: process.resourceUsage().maxRSS * 1024 - residentBefore, seconds };
}

function lossOf(x: Tensor, weights: readonly Tensor[], span: number): Tensor {
  let h = x;
  const stride = span === 0 ? weights.length : span;
  for (let from = 0; from < weights.length; from += stride) {
    const part = weights.slice(from, from + stride);
    const through = (input: Tensor): Tensor =>
      part.reduce((hidden, weight) => tanh(matmul(hidden, weight)), input);
    h = span === 0 ? through(h) : checkpoint(through)(h);
  }
  return mean(square(h));
}

/** The arrays that the graph behind a tensor holds for its rules, each once, without parameters. */
function keptBy(output: Tensor): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const node of graphNodes(output))
    for (const each of [...node.inputs, node.output, ...node.outputs])
      if (each && !(each.node !== null && each.isLeaf)) buffers.add(each.data.buffer);
  return [...buffers].reduce((total, { byteLength }) => total + byteLength, 0);
}
