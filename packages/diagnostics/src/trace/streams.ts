import type { Tensor } from "@isograd/autograd";
import type { Contraction } from "./network.ts";

/** Where a signal comes from: the deepest contraction behind it, and what else flowed together there. */
interface Stream {
  readonly deepest: Contraction;
  merged: readonly Stream[];
}

/** Which contraction each tensor comes from, on its longest way. */
export class Streams {
  readonly #streams = new WeakMap<Tensor, Stream>();

  originOf(tensor: Tensor): Contraction | null {
    return this.#streams.get(tensor)?.deepest ?? null;
  }

  /** `outputs` come out of `contraction`, which adds `others` to its product. */
  begin(contraction: Contraction, others: readonly Tensor[], outputs: readonly Tensor[]): void {
    const merged = others.flatMap((other) => this.#streams.get(other) ?? []);
    for (const output of outputs) this.#streams.set(output, { deepest: contraction, merged });
  }

  /** `outputs` were made of `inputs`: of two ways the longer counts, of equal ones the last. */
  merge(inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
    let joint: Stream | undefined;
    for (const input of inputs) {
      const stream = this.#streams.get(input);
      if (stream === undefined || stream === joint) continue;
      if (joint === undefined) joint = stream;
      else {
        const { deepest } = stream.deepest.depth >= joint.deepest.depth ? stream : joint;
        joint = { deepest, merged: [joint, stream] };
      }
    }
    if (joint !== undefined) for (const output of outputs) this.#streams.set(output, joint);
  }

  /** A contraction takes `signal`: all that flowed together in it feeds on. Each stream is walked once, by loop. */
  consume(signal: Tensor): void {
    const first = this.#streams.get(signal);
    const pending = first === undefined ? [] : [first];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      next.deepest.feeds = true;
      pending.push(...next.merged);
      next.merged = [];
    }
  }
}
