import { allocate, type Dtype, dtypeOf } from "../dtype.ts";
import { ArgumentError, DtypeError, ShapeError } from "../errors.ts";
import { Scalar, type ScalarLike } from "../scalar/expression.ts";
import { compileSeveral, type SeveralLoop, severalOf } from "../scalar/several.ts";

type Floats = Float32Array | Float64Array;

/**
 * Computes the results of a fused loop from arrays of one length and element type.
 *
 * @param numbers the same for all elements
 * @param into    where the results go, one of the arrays read perhaps; a fresh array where it says null, or nothing
 */
export type FusedLoop = <A extends Floats>(
  arrays: readonly A[],
  numbers?: readonly number[],
  into?: readonly (A | null)[],
) => A[];

/**
 * Makes one loop over arrays of several scalar expressions: a step of an optimizer reads gradient, parameter and moments once.
 *
 * @param inputs how many arrays and how many numbers the loop takes, one array at least
 * @param write  the results from an element of each array and from the numbers, in elementwise operations of ours
 * @returns the loop; it throws ArgumentError, ShapeError or DtypeError on arrays that do not fit it or each other
 * @see jax.jit
 * @example
 * const descend = fusedLoop({ arrays: 2, numbers: 1 }, ([w, g], [rate]) => [sub(w, mul(rate, g))]);
 * const [next] = descend([weights, gradient], [0.1]);
 */
// @__NO_SIDE_EFFECTS__
export function fusedLoop(
  inputs: { readonly arrays: number; readonly numbers?: number },
  write: (elements: readonly Scalar[], numbers: readonly Scalar[]) => readonly ScalarLike[],
): FusedLoop {
  const { arrays: arity, numbers: count = 0 } = inputs;
  const scalars = Array.from({ length: arity + count }, (_, k) => Scalar.input(k));
  const several = severalOf(write(scalars.slice(0, arity), scalars.slice(arity)));
  const loops: Partial<Record<Dtype, SeveralLoop>> = {};
  const width = several.inputs.length;
  return <A extends Floats>(
    arrays: readonly A[],
    numbers: readonly number[] = none,
    into: readonly (A | null)[] = none,
  ): A[] => {
    if (arrays.length !== arity || numbers.length !== count)
      throw new ArgumentError("fusedLoop", `expected ${arity} arrays and ${count} numbers`, [
        arrays,
        numbers,
      ]);
    const results = new Array<A>(width);
    const dtype = dtypeOf(arrays[0]);
    const { length } = arrays[0];
    for (let k = 0; k < width; k++) results[k] = into[k] ?? (allocate(dtype, length) as A);
    checkAlike(arrays);
    checkAlike([arrays[0], ...results]);
    loops[dtype] ??= compileSeveral(several, arity);
    loops[dtype](arrays, numbers, results, length);
    return results;
  };
}

const none: readonly never[] = Object.freeze([]);

function checkAlike(arrays: readonly Floats[]): void {
  const [first] = arrays;
  for (let k = 1; k < arrays.length; k++) {
    const array = arrays[k];
    if (array.length !== first.length)
      throw new ShapeError("fusedLoop", [[first.length], [array.length]], "expected arrays of one length");
    if (array.BYTES_PER_ELEMENT !== first.BYTES_PER_ELEMENT)
      throw new DtypeError("fusedLoop", [dtypeOf(first), dtypeOf(array)], "expected one element type");
  }
}
