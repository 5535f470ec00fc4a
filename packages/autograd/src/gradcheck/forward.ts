import { fromData } from "../create.ts";
import type { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { drawCotangent } from "./draws.ts";
import type { Surroundings } from "./lines.ts";
import { differentiate, gradientOf, type Output, type Program, pushTangents } from "./program.ts";
import type { GradientFailure } from "./report.ts";
import { elements, nothing } from "./structure.ts";
import { coordinatesOf, type Variable } from "./variable.ts";

/** Two numbers that are one, and how far apart rounding may drive them. */
interface Balance {
  readonly forward: number;
  readonly reverse: number;
  readonly tolerance: number;
}

/**
 * Whether forward mode is the transpose of reverse mode: ⟨u, Jt⟩ = ⟨Jᵀu, t⟩ for random cotangents u and tangents t of each variable.
 *
 * Reverse mode is judged by differences of values; this carries that verdict over. A variable that fails is halved down to an element.
 */
export function forwardFailures(
  program: Program,
  cotangents: readonly Tensor[],
  order: number,
  generator: Generator,
  around: Surroundings,
): GradientFailure[] {
  const values = program.variables.map(({ tensor }) => tensor);
  const { gradients } = differentiate(program, values, cotangents);
  return program.variables.flatMap((variable, k) => {
    const gradient = gradients[k];
    const reverse = gradient === null ? new Float64Array(variable.positions.length) : elements(gradient);
    const tangent = drawCotangent(generator, variable.tensor);
    const drawn = tangent.values();
    const balance = (start: number, end: number): Balance => {
      const part = drawn.map((value, j) => (j >= start && j < end ? value : 0));
      const along = values.map((_, j) => (j === k ? fromData(part, variable.tensor.shape) : null));
      const pushed = pushTangents(program, values, along);
      const [left, right] = [
        product(pushed.map(elements), cotangents.map(elements)),
        product([reverse], [part]),
      ];
      return {
        forward: left.sum,
        reverse: right.sum,
        tolerance: toleranceFor(around, left.size + right.size, 0),
      };
    };
    return culprit(variable, order, balance);
  });
}

/**
 * Whether the mixed second derivatives agree with reverse mode over reverse mode: reverse over forward, and forward over forward.
 *
 * (Forward over reverse is what `forwardFailures` compares in the second order.)
 */
export function mixedFailures(
  program: Program,
  cotangents: readonly Tensor[],
  outputs: readonly Output[],
  generator: Generator,
  around: Surroundings,
): GradientFailure[] {
  const values = program.variables.map(({ tensor }) => tensor);
  const count = values.length;
  const tangents = values.map((value) => drawCotangent(generator, value));
  const paths = outputs.map(({ path }) => path);
  const gradient = gradientOf(program, cotangents, paths);
  const twice = differentiate(gradient, [...values, ...cotangents], tangents).gradients.slice(0, count);
  const expected = twice.map((x, k) => (x === null ? new Float64Array(values[k].size) : elements(x)));
  const tangent: Program = {
    variables: [...program.variables, ...program.variables],
    run: (all) =>
      pushTangents(program, all.slice(0, count), all.slice(count)).map((tensor, k) => ({
        path: paths[k],
        tensor,
      })),
  };
  // Second derivatives that are small beside the first are as uncertain as those.
  const firsts = differentiate(program, values, cotangents).gradients.map((x) =>
    x === null ? [] : elements(x),
  );
  const mixed = differentiate(tangent, [...values, ...tangents], cotangents).gradients;
  return program.variables.flatMap((variable, k) => {
    const x = mixed[k];
    const found = x === null ? new Float64Array(values[k].size) : elements(x);
    const directions = drawCotangent(generator, values[k]).values();
    const pushed = pushTangents(
      tangent,
      [...values, ...tangents],
      [...values, ...tangents].map((_, j) => (j === k ? fromData(directions, values[k].shape) : null)),
    );
    const first = product([firsts[k]], [tangents[k].values()]).size;
    const both = [product([found], [directions]), product(pushed.map(elements), cotangents.map(elements))];
    const right = product([expected[k]], [directions]);
    // Forward mode is linear in the tangent, and what it is multiplied by is the gradient.
    const slope = mixed[count + k];
    const linear = product([slope === null ? [] : elements(slope)], [directions]);
    const known = product([firsts[k]], [directions]);
    const balance = {
      forward: linear.sum,
      reverse: known.sum,
      tolerance: toleranceFor(around, linear.size + known.size, 0),
    };
    if (!holds(balance))
      return [
        failure(
          variable,
          2,
          balance,
          null,
          "the tangent does not depend on the tangent that came as it should",
        ),
      ];
    return both.flatMap(({ sum, size }, at) => {
      const balance = {
        forward: sum,
        reverse: right.sum,
        tolerance: toleranceFor(around, size + right.size, first),
      };
      const modes = at === 0 ? "reverse mode over forward mode" : "forward mode over forward mode";
      return holds(balance)
        ? []
        : [failure(variable, 2, balance, null, `${modes} contradicts reverse mode over reverse mode`)];
    });
  });
}

/** An inner product, and the size of what was added up. */
function product(
  a: readonly ArrayLike<number>[],
  b: readonly ArrayLike<number>[],
): { readonly sum: number; readonly size: number } {
  let [sum, size] = [0, 0];
  a.forEach((row, k) => {
    for (let j = 0; j < row.length; j++) {
      const term = row[j] * b[k][j];
      sum += term;
      size += Math.abs(term);
    }
  });
  return { sum, size };
}

/**
 * How far apart the modes may be that add the same terms in other orders.
 *
 * What cancels inside is unseen and leaves up to half of the digits; what is zero but for the rounding of the values, or of the derivatives
 * an order below, is compared with that.
 */
function toleranceFor(
  { rounding: { relative, absolute }, roughness, magnitude }: Surroundings,
  size: number,
  below: number,
): number {
  const noise = roughness * relative;
  return (
    Math.max(Math.sqrt(relative) / 16, 64 * noise) * size + 1024 * noise * (magnitude + below) + 64 * absolute
  );
}

const holds = ({ forward, reverse, tolerance }: Balance): boolean =>
  // Where reverse mode is not finite, differences have the word.
  !Number.isFinite(reverse) || Math.abs(forward - reverse) <= tolerance;

function culprit(
  variable: Variable,
  order: number,
  balance: (start: number, end: number) => Balance,
): GradientFailure[] {
  let [start, end] = [0, variable.positions.length];
  let found = balance(start, end);
  if (holds(found)) return [];
  while (end - start > 1) {
    const middle = (start + end) >> 1;
    const half = [
      [start, middle],
      [middle, end],
    ].find(([from, to]) => !holds(balance(from, to)));
    if (half === undefined) break;
    [start, end] = half;
    found = balance(start, end);
  }
  const index = end - start === 1 ? coordinatesOf(variable.tensor.shape, start) : null;
  const trace =
    found.forward === 0
      ? "no tangent arrives"
      : Math.abs(found.forward + found.reverse) <= found.tolerance
        ? "the sign is flipped"
        : "it is not the transpose of reverse mode";
  return [failure(variable, order, found, index, `a wrong rule in jvp: ${trace}`)];
}

const failure = (
  { path }: Variable,
  order: number,
  { forward, reverse, tolerance }: Balance,
  index: readonly number[] | null,
  cause: string,
): GradientFailure => ({
  ...nothing,
  kind: "forward",
  order,
  path,
  index,
  analytic: forward,
  numeric: reverse,
  errorBar: tolerance,
  suspect: "forward mode",
  cause,
});
