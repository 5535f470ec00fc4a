import type { Tensor, TypedArray } from "@isograd/autograd";

/** A set of tensors by where their numbers lie: a detached tensor, or a view, is another one in the same place. */
export class Storages {
  readonly #arrays = new WeakSet<TypedArray>();
  readonly #places = new WeakMap<TypedArray, Set<number>>();

  add(x: Tensor): void {
    if (!isSingle(x)) {
      this.#arrays.add(x.data);
      return;
    }
    const places = this.#places.get(x.data) ?? new Set();
    this.#places.set(x.data, places.add(x.offset));
  }

  has(x: Tensor): boolean {
    return this.#arrays.has(x.data) || (isSingle(x) && this.#places.get(x.data)?.has(x.offset) === true);
  }
}

/** Whether two tensors lie in the same place. */
export const shareStorage = (a: Tensor, b: Tensor): boolean =>
  a.data === b.data && (a.offset === b.offset || !isSingle(a) || !isSingle(b));

/** Whether it is one number, stretched perhaps: such share an array with others that have nothing to do with them. */
const isSingle = ({ shape, strides }: Tensor): boolean =>
  shape.every((extent, axis) => extent <= 1 || strides[axis] === 0);
