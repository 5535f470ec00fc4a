import {
  backward,
  Generator,
  linear,
  mean,
  mul,
  parameter,
  randn,
  relu,
  square,
  sub,
  type Tensor,
  tanh,
  zeros,
} from "../../src/index.ts";
import { live } from "./live.ts";

export interface Training {
  /** Extents from the input to the output. */
  readonly widths: readonly number[];
  readonly batch: number;
  readonly steps: number;
}

/** What a loop of plain training steps leaves behind, in bytes. */
export interface TrainingMemory {
  /** The mean resident size over the second fifth of the steps, and over the last. */
  readonly residentEarly: number;
  readonly residentLate: number;
  /** What is alive after collection, a fifth of the way and at the end. */
  readonly liveEarly: number;
  readonly liveLate: number;
  /** Whether all that was held over the steps still reads as it did. */
  readonly heldIsRight: boolean;
  readonly secondsAStep: number;
}

export function train({ widths, batch, steps }: Training): TrainingMemory {
  const generator = new Generator(1);
  const parameters = widths
    .slice(1)
    .flatMap((width, k) => [
      parameter(mul(randn(generator, [width, widths[k]]), 1 / Math.sqrt(widths[k]))),
      parameter(zeros([width])),
    ]);
  const activation = widths[0] > 100 ? relu : tanh;
  const x = randn(generator, [batch, widths[0]]);
  const y = randn(generator, [batch, widths[widths.length - 1]]);
  const held: { readonly tensor: Tensor; readonly values: readonly number[] }[] = [];
  const hold = (...tensors: readonly Tensor[]): void => {
    for (const each of tensors) held.push({ tensor: each, values: Array.from(each.values()) });
  };
  const resident: number[] = [];
  let liveEarly = 0;
  const began = performance.now();
  for (let step = 0; step < steps; step++) {
    let h = x;
    for (let k = 0; k < parameters.length; k += 2) {
      h = linear(h, parameters[k], parameters[k + 1]);
      if (k + 2 < parameters.length) h = activation(h);
    }
    const loss = mean(square(sub(h, y)));
    backward(loss);
    if (step === 1) hold(x, h, loss, ...parameters.flatMap((p) => [p.snapshot(), p.grad as Tensor]));
    for (const each of parameters) {
      each.assign(sub(each, mul(each.grad as Tensor, 0.01)).detach());
      each.grad = null;
    }
    if (step % Math.ceil(steps / 200) === 0) resident.push(process.memoryUsage.rss());
    if (step === Math.floor(steps / 5)) liveEarly = live();
  }
  const seconds = (performance.now() - began) / 1000;
  const fifth = Math.floor(resident.length / 5);
  return {
    residentEarly: average(resident.slice(fifth, 2 * fifth)),
    residentLate: average(resident.slice(-fifth)),
    liveEarly,
    liveLate: live(),
    heldIsRight: held.every(({ tensor: each, values }) =>
      each.values().every((value, k) => value === values[k]),
    ),
    secondsAStep: seconds / steps,
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0) / values.length;
