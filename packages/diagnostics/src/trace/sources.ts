import type { Op, Tensor } from "@isograd/autograd";
import { sumOfSquares } from "../statistics.ts";
import { shareStorage } from "./storages.ts";

/** Which leaf a tensor holds the numbers of: the leaf itself, or one that it is a view or a reordered copy of. */
export class Sources {
  readonly #sources = new WeakMap<Tensor, Tensor>();

  sourceOf(tensor: Tensor): Tensor | null {
    return tensor.requiresGrad && tensor.isLeaf ? tensor : (this.#sources.get(tensor) ?? null);
  }

  record(op: Op, inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
    if (inputs.length !== 1 || outputs.length !== 1) return;
    const source = this.sourceOf(inputs[0]);
    if (source !== null && holdsTheSame(op, inputs[0], outputs[0])) this.#sources.set(outputs[0], source);
  }
}

/** Shared storage, or the same numbers in another order or element type, or up to their signs. */
function holdsTheSame({ reads = [] }: Op, before: Tensor, after: Tensor): boolean {
  if (shareStorage(after, before)) return true;
  if (after.size !== before.size || reads.some((read) => read.length > 0)) return false;
  const [a, b] = [sumOfSquares(before), sumOfSquares(after)];
  return Math.abs(a - b) <= 1e-5 * a;
}
