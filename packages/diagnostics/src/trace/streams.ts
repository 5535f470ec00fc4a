import type { Tensor, TypedArray } from "@isograd/autograd";
import type { Contraction } from "./network.ts";
import { shareStorage } from "./storages.ts";

/** Where a signal comes from: the deepest contraction behind it, and what else flowed together there. */
interface Stream {
  readonly deepest: Contraction;
  merged: readonly Stream[];
}

/** Which contraction each tensor comes from, on its longest way. */
export class Streams {
  readonly #streams = new WeakMap<Tensor, Stream>();
  readonly #latest: WeakMap<TypedArray, Tensor> | null;

  /** @param followsDetached whether a detached tensor comes from where the tensor did; within one pass only, for that never ends from step to step */
  constructor(followsDetached = false) {
    this.#latest = followsDetached ? new WeakMap() : null;
  }

  originOf(tensor: Tensor): Contraction | null {
    return this.#streamOf(tensor)?.deepest ?? null;
  }

  #streamOf(tensor: Tensor): Stream | undefined {
    const stream = this.#streams.get(tensor);
    if (stream !== undefined || this.#latest === null || tensor.requiresGrad) return stream;
    const latest = this.#latest.get(tensor.data);
    return latest !== undefined && shareStorage(latest, tensor) ? this.#streams.get(latest) : undefined;
  }

  #set(tensor: Tensor, stream: Stream): void {
    this.#streams.set(tensor, stream);
    this.#latest?.set(tensor.data, tensor);
  }

  /** `outputs` come out of `contraction`, which adds `others` to its product. */
  begin(contraction: Contraction, others: readonly Tensor[], outputs: readonly Tensor[]): void {
    const merged = others.flatMap((other) => this.#streamOf(other) ?? []);
    for (const output of outputs) this.#set(output, { deepest: contraction, merged });
  }

  /** `outputs` were made of `inputs`: of two ways the longer counts, of equal ones the last. */
  merge(inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
    let joint: Stream | undefined;
    for (const input of inputs) {
      const stream = this.#streamOf(input);
      if (stream === undefined || stream === joint) continue;
      if (joint === undefined) joint = stream;
      else {
        const { deepest } = stream.deepest.depth >= joint.deepest.depth ? stream : joint;
        joint = { deepest, merged: [joint, stream] };
      }
    }
    if (joint !== undefined) for (const output of outputs) this.#set(output, joint);
  }

  /** A contraction takes `signal`: all that flowed together in it feeds on. Each stream is walked once, by loop. */
  consume(signal: Tensor): void {
    const first = this.#streamOf(signal);
    const pending = first === undefined ? [] : [first];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      next.deepest.feeds = true;
      pending.push(...next.merged);
      next.merged = [];
    }
  }
}
