import { context, type Mapping, withContext } from "./context.ts";
import type { TypedArray } from "./dtype.ts";
import { GraphError } from "./errors.ts";
import { Tensor } from "./tensor.ts";

/**
 * One example of many, inside vmap: it has the shape of one example, and stands for all of them.
 *
 * It takes part in operations and in the graph as any tensor does. Its numbers cannot be read: there is not one number, but one an example.
 */
export class MappedTensor extends Tensor {
  constructor(
    readonly mapping: Mapping,
    /** All examples, along the first axis; without that axis where they are the same. */
    readonly examples: Tensor,
    /** Whether it is the same for all examples: a tensor of this vmap only in that its graph is. */
    readonly shared = false,
  ) {
    const readable = shared && isReadable(examples);
    super(
      readable ? examples.data : unread,
      shared ? examples.shape : examples.shape.slice(1),
      examples.dtype,
      shared ? examples.strides : undefined,
      shared ? examples.offset : 0,
    );
    if (!readable) Object.defineProperty(this, "data", { get: refuse });
  }

  /** Other numbers in the same place. */
  #with(examples: Tensor): MappedTensor {
    return new MappedTensor(this.mapping, examples, this.shared);
  }

  /** The same value, untracked by this vmap. */
  renewed(): MappedTensor {
    return this.#with(this.examples);
  }

  override get requiresGrad(): boolean {
    return this.node !== null || this.examples.requiresGrad;
  }

  override detach(): Tensor {
    return this.#with(this.examples.detach());
  }

  override snapshot(): Tensor {
    const copy = this.renewed();
    copy.node = this.node;
    copy.outputIndex = this.outputIndex;
    return copy;
  }

  override toString(): string {
    return `${this.shared ? "the same for" : "one of"} ${this.mapping.size} examples: ${this.examples}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

const unread = new Uint8Array(0);

/** What is one for all examples of a vmap may be one of many to a vmap around it. */
function isReadable(x: Tensor): boolean {
  let behind = x;
  while (behind instanceof MappedTensor && behind.shared) behind = behind.examples;
  return !(behind instanceof MappedTensor);
}

function refuse(): never {
  throw new GraphError(
    "vmap",
    "the numbers of a tensor that stands for many examples cannot be read; compute with operations, choose with where",
  );
}

/** The same value as a new tensor, untracked by the vmap that it belongs to. */
export function renewedIn(x: Tensor): Tensor {
  return x instanceof MappedTensor ? x.renewed() : x.detach();
}

/** As a tensor of this vmap: the same for all its examples where it does not belong to it yet. */
export function liftedTo(mapping: Mapping, x: Tensor): Tensor {
  return x instanceof MappedTensor && x.mapping === mapping ? x : new MappedTensor(mapping, x, true);
}

/** The innermost vmap that one of the tensors belongs to. @throws GraphError if that vmap has ended */
export function innermostOf(inputs: readonly Tensor[]): Mapping | null {
  let innermost: Mapping | null = null;
  for (const input of inputs) {
    if (!(input instanceof MappedTensor)) continue;
    const { mapping } = input;
    let under: Mapping | null = context.mapping;
    while (under !== null && under !== mapping) under = under.outside.mapping;
    if (under === null)
      throw new GraphError("vmap", "a tensor that stands for one example was used after its vmap ended");
    if (innermost === null || mapping.level > innermost.level) innermost = mapping;
  }
  return innermost;
}

/** What stands behind a tensor inside vmap: all examples, along axes in front. */
export function concrete(x: Tensor): Tensor {
  let all = x;
  while (all instanceof MappedTensor) all = all.examples;
  return all;
}

/**
 * The numbers of all examples, in no particular order: to check them, never to compute with them.
 *
 * @example
 * const checkedLog = (x: Tensor) => {
 *   if (everyValue(x).some((value) => value <= 0)) throw new ArgumentError("checkedLog", "expected positive numbers", x);
 *   return log(x);
 * };
 * vmap(checkedLog)(tensor([1, Math.E])); // [0, 1]
 */
export const everyValue = (x: Tensor): TypedArray => concrete(x).values();

/** Where gradients are tracked on the way from one example to all of them, and how values there and here turn into each other. */
export interface TrackedPlace {
  readonly tensor: Tensor;
  /** What is, to the given tensor, what `all` is to the tracked one. */
  inward(all: Tensor): Tensor;
  /** The reverse. */
  outward(one: Tensor): Tensor;
  /** Runs `f` as part of the vmaps in between, also after they have ended. */
  inside<R>(f: () => R): R;
}

/** The nearest tensor with a node: `x` itself, or inside vmap what stands behind it; null if nothing is tracked. */
export function trackedPlace(x: Tensor): TrackedPlace | null {
  const levels: MappedTensor[] = [];
  let tensor = x;
  while (tensor.node === null && tensor instanceof MappedTensor) {
    levels.push(tensor);
    tensor = tensor.examples;
  }
  if (tensor.node === null) return null;
  return {
    tensor,
    inward: (all) =>
      levels.reduceRight((each, { mapping, shared }) => new MappedTensor(mapping, each, shared), all),
    outward: (one) =>
      levels.reduce(
        (each, { mapping, shared }) =>
          shared && each instanceof MappedTensor ? each.examples : mapping.examplesOf(each),
        one,
      ),
    inside: (f) =>
      levels.length === 0 ? f() : withContext({ mapping: levels[0].mapping, stopped: !context.recording }, f),
  };
}

/** Runs `f` around a vmap: where what stands for one example is dealt with as all of them. */
export function outsideOf<R>({ outside }: Mapping, f: () => R): R {
  const { scope, anomaly, detecting, site } = context;
  const stopped = outside.stopped || context.stopped;
  const recording = outside.recording && !context.stopped;
  return withContext({ ...outside, recording, stopped, scope, anomaly, detecting, site }, f);
}
