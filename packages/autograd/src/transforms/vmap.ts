import { type Context, context, type Mapping, withContext } from "../context.ts";
import { zeros } from "../create.ts";
import { ArgumentError, ShapeError } from "../errors.ts";
import { innermostOf, liftedTo, MappedTensor, outsideOf, renewedIn } from "../mapped.ts";
import { applyAll } from "../op.ts";
import { expand, permute, reshape, select, stack } from "../ops/movement/index.ts";
import { normalizeAxis, withRank } from "../shape.ts";
import type { Cotangents, Op, Signature, Tensor } from "../tensor.ts";
import { leavesOf, mapTree } from "../tree.ts";
import { addMapped, addMappedParts } from "./mapped-sums.ts";

/** The axis of the examples: for each tensor of an argument the same, none (null), or one by one in a tree like the argument. */
export type MappedAxes = number | null | readonly MappedAxes[] | { readonly [key: string]: MappedAxes };

export interface VmapOptions {
  /** Along which axis of each argument the examples lie; null: the same for all examples. One for all arguments, or a list; default 0. */
  readonly inAxes?: number | null | readonly MappedAxes[];
  /** Along which axis of the results; default 0. */
  readonly outAxes?: MappedAxes;
}

/**
 * The function that applies `f`, which is written for one example, to many at once.
 *
 * Each operation runs once for all of them. Composes with every other transform: `vmap(grad(f))` gives one gradient an example.
 * Random draws inside are the same for all examples. Inside `f` a tensor has the shape of one example, and its numbers cannot be read.
 *
 * @returns the results of `f` with one more axis; what does not depend on an example is repeated
 * @throws ShapeError if the arguments hold different numbers of examples; ArgumentError if none is mapped
 * @see jax.vmap; torch.func.vmap
 * @example
 * vmap((x: Tensor) => sum(x))(tensor([[1, 2], [3, 4]])); // [3, 7]
 * const loss = (w: Tensor, x: Tensor) => square(dot(w, x));
 * const perSample = vmap(grad(loss), { inAxes: [null, 0] });
 * perSample(tensor([1, 1]), tensor([[1, 0], [2, 1]])); // [[2, 0], [12, 6]]
 */
export function vmap<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  { inAxes = 0, outAxes = 0 }: VmapOptions = {},
): (...args: Args) => R {
  return (...args) => {
    const axes = args.map((arg, k) => axesOf(arg, Array.isArray(inAxes) ? inAxes[k] : inAxes));
    const mapping = new Examples(countOf(axes), { ...context });
    const inside = args.map((arg, k) =>
      mapTree(arg, (x) => {
        const axis = axes[k].get(x) ?? null;
        return axis === null ? x : new MappedTensor(mapping, movedAxis(x, axis, 0));
      }),
    ) as unknown as Args;
    const result = withContext({ mapping, stopped: false }, () => f(...inside));
    const targets = axesOf(result, outAxes, 1);
    return mapTree(result, (x) => movedAxis(mapping.examplesOf(x), 0, targets.get(x) ?? 0));
  };
}

/** For each tensor of a tree the axis that `axes` names for it, counted in a tensor of `more` axes more. */
function axesOf(tree: unknown, axes: MappedAxes | undefined, more = 0): Map<Tensor, number | null> {
  const found = new Map<Tensor, number | null>();
  for (const { path, tensor } of leavesOf(tree)) {
    let axis: unknown = axes;
    for (const key of path === "" ? [] : path.split(".")) {
      if (typeof axis !== "object" || axis === null) break;
      axis = (axis as Readonly<Record<string, unknown>>)[key];
    }
    if (axis !== null && typeof axis !== "number")
      throw new ArgumentError("vmap", `expected an axis, or null, for the tensor at "${path}"`, axis);
    found.set(tensor, axis === null ? null : normalizeAxis("vmap", axis, tensor.rank + more));
  }
  return found;
}

function countOf(axes: readonly ReadonlyMap<Tensor, number | null>[]): number {
  const mapped = axes.flatMap((found) => [...found].filter(([, axis]) => axis !== null)) as [
    Tensor,
    number,
  ][];
  if (mapped.length === 0)
    throw new ArgumentError("vmap", "expected an argument that holds examples along an axis", axes.length);
  const counts = mapped.map(([x, axis]) => x.shape[axis]);
  if (counts.every((count) => count === counts[0])) return counts[0];
  throw new ShapeError(
    "vmap",
    mapped.map(([{ shape }]) => shape),
    `expected the same number of examples along axes ${mapped.map(([, axis]) => axis).join(", ")}`,
  );
}

function movedAxis(x: Tensor, from: number, to: number): Tensor {
  const target = normalizeAxis("vmap", to, x.rank);
  if (from === target) return x;
  const order = x.shape.map((_, axis) => axis).filter((axis) => axis !== from);
  order.splice(target, 0, from);
  return permute(x, order);
}

/** One vmap under way: every operation on what stands for one example is done for all of them, in the context around. */
class Examples implements Mapping {
  readonly level: number;

  constructor(
    readonly size: number,
    readonly outside: Context,
  ) {
    this.level = 1 + (outside.mapping?.level ?? 0);
  }

  run<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[] {
    const ours = inputs.map((x) => (x instanceof MappedTensor && x.mapping === this ? x : null));
    const mapped = ours.map((x) => x !== null && !x.shared);
    const examples = inputs.map((x, k) => ours[k]?.examples ?? x);
    const shared = !mapped.includes(true);
    const run = () =>
      outsideOf(this, () =>
        shared ? applyAll(op, examples, attributes) : this.#all(op, examples, mapped, attributes),
      );
    // In anomaly mode the result is looked at where it was asked for; what runs for all examples keeps the user's line.
    const { anomaly, site } = context;
    const results =
      anomaly === null ? run() : withContext({ anomaly: null, site: site ?? anomaly.callSite() }, run);
    return results.map((result) => new MappedTensor(this, result, shared));
  }

  /** All examples along a first axis; repeated where they are the same. */
  examplesOf(x: Tensor): Tensor {
    const ours = x instanceof MappedTensor && x.mapping === this;
    if (ours && !x.shared) return x.examples;
    const one = ours ? x.examples : x;
    return expand(reshape(one, [1, ...one.shape]), [this.size, ...one.shape]);
  }

  innermostOf(inputs: readonly Tensor[]): Mapping | null {
    return innermostOf(inputs);
  }

  add(sum: Tensor, x: Tensor): boolean {
    return addMapped(this, sum, x);
  }

  addParts(op: Op, attributes: unknown, sum: Tensor, cotangents: Cotangents): boolean {
    return addMappedParts(this, op, attributes, sum, cotangents);
  }

  lift(x: Tensor): Tensor {
    return liftedTo(this, x);
  }

  renew(x: Tensor): Tensor {
    return renewedIn(x);
  }

  #all<A>(
    op: Op<A>,
    inputs: readonly Tensor[],
    mapped: readonly boolean[],
    attributes: A,
  ): readonly Tensor[] {
    if (op.batch === "leading") return applyAll(op, aligned(inputs, mapped, this.size), attributes);
    if (op.batch === undefined) return this.#oneByOne(op, inputs, mapped, attributes);
    return [op.batch(inputs, mapped, attributes, this.size)].flat() as Tensor[];
  }

  #oneByOne<A>(
    op: Op<A>,
    inputs: readonly Tensor[],
    mapped: readonly boolean[],
    attributes: A,
  ): readonly Tensor[] {
    const results = Array.from({ length: this.size }, (_, example) =>
      applyAll(
        op,
        inputs.map((x, k) => (mapped[k] ? select(x, 0, example) : x)),
        attributes,
      ),
    );
    if (results.length > 0)
      return results[0].map((_, index) => stack(results.map((outputs) => outputs[index])));
    const one = inputs.map(
      (x, k): Signature => ({ shape: mapped[k] ? x.shape.slice(1) : x.shape, dtype: x.dtype }),
    );
    const signatures = [op.shape(one, attributes)].flat() as Signature[];
    return signatures.map(({ shape, dtype }) => zeros([0, ...shape], dtype));
  }
}

/** Operands of one rank but for the axis of the examples: shorter ones get axes of extent 1 behind it. */
function aligned(inputs: readonly Tensor[], mapped: readonly boolean[], size: number): Tensor[] {
  const rank = Math.max(...inputs.map((x, k) => x.rank - (mapped[k] ? 1 : 0)));
  return inputs.map((x, k) =>
    mapped[k] && x.rank <= rank ? reshape(x, [size, ...withRank(x.shape.slice(1), rank)]) : x,
  );
}
