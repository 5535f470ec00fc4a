import { allocateUncleared, dtypeOf } from "../dtype.ts";
import { ArgumentError, DtypeError, ShapeError } from "../errors.ts";
import { Scalar, type ScalarLike } from "../scalar/expression.ts";
import { compileSeveral, type SeveralLoop, severalOf } from "../scalar/several.ts";
import { fusedProgram } from "../scalar/several-vectors.ts";
import type { Precision } from "./wasm/elementwise/body.ts";
import { compileFused, type FusedVectors } from "./wasm/elementwise/fused.ts";
import type { Floats } from "./wasm/elementwise/program.ts";

/** From so many elements on, vectors take less time with their copies than the plain loop does: *measured*. */
const leastElements = 128;

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
 * Arrays of f32 are computed with in double precision where they are short or something costly (an exponential, say) is in the loop, and in
 * single precision else; of f64 always in double.
 *
 * @param inputs how many arrays and how many numbers the loop takes, one array at least
 * @param write  the results from an element of each array and from the numbers, in elementwise operations of ours
 * @returns the loop; it throws ArgumentError, ShapeError or DtypeError on arrays that do not fit it or each other
 * @see jax.jit
 * @example
 * const descend = fusedLoop({ arrays: 2, numbers: 1 }, ([w, g], [rate]) => [sub(w, mul(rate, g))]);
 * descend([new Float32Array([1, 2]), new Float32Array([10, -10])], [0.1])[0]; // [0, 3]
 */
// @__NO_SIDE_EFFECTS__
export function fusedLoop(
  inputs: { readonly arrays: number; readonly numbers?: number },
  write: (elements: readonly Scalar[], numbers: readonly Scalar[]) => readonly ScalarLike[],
): FusedLoop {
  const { arrays: arity, numbers: count = 0 } = inputs;
  const scalars = Array.from({ length: arity + count }, (_, k) => Scalar.input(k));
  const several = severalOf(write(scalars.slice(0, arity), scalars.slice(arity)));
  const width = several.inputs.length;
  const singles = new Loops(several, arity, count, "f32");
  const doubles = new Loops(several, arity, count, "f64");
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
    const [like] = arrays;
    const loops = like instanceof Float32Array ? singles : doubles;
    for (let k = 1; k < arity; k++) checkAlike(like, arrays[k]);
    const results = new Array<A>(width);
    for (let k = 0; k < width; k++) {
      const given = into[k] ?? null;
      if (given !== null) checkAlike(like, given);
      results[k] = given ?? (allocateUncleared(loops.precision, like.length) as A);
    }
    loops.run(arrays, numbers, results, like.length);
    return results;
  };
}

const none: readonly never[] = Object.freeze([]);

function checkAlike(one: Floats, other: Floats): void {
  if (other.length !== one.length)
    throw new ShapeError("fusedLoop", [[one.length], [other.length]], "expected arrays of one length");
  if (other.BYTES_PER_ELEMENT !== one.BYTES_PER_ELEMENT)
    throw new DtypeError("fusedLoop", [dtypeOf(one), dtypeOf(other)], "expected one element type");
}

/** The loops for one element type, compiled when they are first needed: one that sees several kinds of arrays is slower. */
class Loops {
  #plain: SeveralLoop | undefined;
  #vectors: FusedVectors | null | undefined;

  constructor(
    readonly several: Scalar,
    readonly arrays: number,
    readonly numbers: number,
    readonly precision: Precision,
  ) {}

  run(
    arrays: readonly Floats[],
    numbers: readonly number[],
    results: readonly Floats[],
    count: number,
  ): void {
    if (count >= leastElements) {
      if (this.#vectors === undefined) {
        const program = fusedProgram(this.several, this.arrays, this.numbers, this.precision);
        this.#vectors = program && compileFused(program);
      }
      if (this.#vectors?.(arrays, numbers, results, count)) return;
    }
    this.#plain ??= compileSeveral(this.several, this.arrays);
    this.#plain(arrays, numbers, results, count);
  }
}
