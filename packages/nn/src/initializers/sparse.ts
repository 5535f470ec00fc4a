import { ArgumentError, fromData, ShapeError } from "@isograd/autograd";
import type { Initializer } from "./initializer.ts";
import { allocateSlot } from "./random.ts";

export interface SparseOptions {
  /** Which share of each column is zero, rounded up to whole elements. */
  readonly sparsity: number;
  /** The standard deviation of the others; default 0.01. */
  readonly std?: number;
}

/**
 * Draws from N(0, std²), but for elements of each column that are zero: how many is fixed, which ones is drawn.
 *
 * @throws ArgumentError unless sparsity lies in [0, 1]; ShapeError when drawn for anything but a matrix [out, in]
 * @see Martens 2010, "Deep learning via Hessian-free optimization"; torch.nn.init.sparse_
 * @example
 * const weight = sparse({ sparsity: 0.25 })({ shape: [8, 3], generator: new Generator(1) });
 * sum(eq(weight, 0), { axis: 0 }); // [2, 2, 2]
 */
export function sparse({ sparsity, std = 0.01 }: SparseOptions): Initializer {
  if (!(sparsity >= 0 && sparsity <= 1))
    throw new ArgumentError("sparse", "expected a sparsity from 0 to 1", sparsity);
  return (slot) => {
    if (slot.shape.length !== 2) throw new ShapeError("sparse", [slot.shape], "expected a weight [out, in]");
    const [rows, columns] = slot.shape;
    const zeros = Math.ceil(sparsity * rows);
    const data = allocateSlot(slot);
    slot.generator.fillNormal(data);
    for (let i = 0; i < data.length; i++) data[i] *= std;
    for (let column = 0; column < columns; column++) {
      const order = slot.generator.permutation(rows);
      for (let k = 0; k < zeros; k++) data[order[k] * columns + column] = 0;
    }
    return fromData(data, slot.shape);
  };
}
