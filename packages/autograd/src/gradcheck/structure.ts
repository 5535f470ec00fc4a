import { noGrad } from "../context.ts";
import type { TypedArray } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";
import { flatten } from "./lines.ts";
import { differentiate, type Program } from "./program.ts";
import type { GradientFailure } from "./report.ts";
import { rearranged, roundingOf } from "./variable.ts";

/** A failure that is not about one number. */
export const nothing = {
  order: 1,
  index: null,
  direction: null,
  output: null,
  analytic: Number.NaN,
  numeric: Number.NaN,
  errorBar: Number.NaN,
};

/**
 * What must hold before slopes are worth comparing: two calls agree to the bit, and no call writes to its inputs.
 *
 * @param originals what the variables held before the function was called for the first time
 */
export function structuralFailures(
  program: Program,
  cotangents: readonly Tensor[],
  originals: readonly TypedArray[],
): GradientFailure[] {
  const values = program.variables.map(({ tensor }) => tensor);
  const [first, second] = [
    differentiate(program, values, cotangents),
    differentiate(program, values, cotangents),
  ];
  const unrecorded = flatten(noGrad(() => program.run(values)));
  const failures: GradientFailure[] = [];
  program.variables.forEach(({ path, tensor }, k) => {
    if (sameBits(tensor.data, originals[k])) return;
    failures.push({
      ...nothing,
      kind: "mutation",
      path,
      suspect: "mutation",
      cause: "the function writes to this input",
    });
  });
  const value = flatten(first.outputs);
  const unequal = !sameBits(value, flatten(second.outputs));
  if (unequal || !sameBits(value, unrecorded)) {
    const cause = unequal ? "two calls give different values" : "the value changes when nothing is recorded";
    failures.push({ ...nothing, kind: "nondeterministic", path: "", suspect: "nondeterministic", cause });
  }
  program.variables.forEach(({ path }, k) => {
    if (sameBits(elements(first.gradients[k]), elements(second.gradients[k]))) return;
    failures.push({
      ...nothing,
      kind: "nondeterministic",
      path,
      suspect: "nondeterministic",
      cause: "two sweeps give different gradients",
    });
  });
  return failures;
}

/** Whether values and gradients are the same when the inputs lie in memory in another order. */
export function layoutFailures(
  program: Program,
  cotangents: readonly Tensor[],
  roughness: number,
): GradientFailure[] {
  const { variables } = program;
  const straight = differentiate(
    program,
    variables.map(({ tensor }) => tensor),
    cotangents,
  );
  const crooked = differentiate(
    program,
    variables.map((variable) => rearranged(variable).tensor),
    cotangents,
  );
  const failures: GradientFailure[] = [];
  const compare = (path: string, a: Tensor | null, b: Tensor | null, cause: string): void => {
    if (a === null || b === null) return;
    const [expected, received] = [elements(a), elements(b)];
    // Sums may be taken in another order.
    const tolerance =
      64 * roughness * roundingOf(a.dtype).relative * Math.sqrt(a.size + 64) * largest(expected);
    const wrong = expected.findIndex(
      (value, k) => !(Math.abs(value - received[k]) <= tolerance) && !Object.is(value, received[k]),
    );
    if (wrong < 0) return;
    const numbers = { analytic: received[wrong], numeric: expected[wrong], errorBar: tolerance };
    failures.push({ ...nothing, ...numbers, kind: "layout", path, suspect: "layout", cause });
  };
  straight.outputs.forEach(({ path, tensor }, k) => {
    compare(path, tensor, crooked.outputs[k].tensor, "the value differs for views with the same elements");
  });
  variables.forEach(({ path }, k) => {
    compare(
      path,
      straight.gradients[k],
      crooked.gradients[k],
      "the gradient differs for views with the same elements",
    );
  });
  return failures;
}

export const elements = (x: Tensor | null): Float64Array =>
  x === null ? new Float64Array(0) : flatten([{ path: "", tensor: x }]);

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );

export const sameBits = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, k) => Object.is(value, b[k]));
