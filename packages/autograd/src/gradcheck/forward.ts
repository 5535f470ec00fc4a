import { fromData } from "../create.ts";
import type { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { type Balance, balanceOf, holds, product, unbalanced } from "./balance.ts";
import { drawCotangent } from "./draws.ts";
import type { Surroundings } from "./lines.ts";
import { differentiate, type Program, pushTangents } from "./program.ts";
import type { GradientFailure } from "./report.ts";
import { elements } from "./structure.ts";
import { coordinatesOf, type Variable } from "./variable.ts";

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
    const reverse = gradient === null ? [] : elements(gradient);
    const drawn = drawCotangent(generator, variable.tensor).values();
    const balance = (start: number, end: number): Balance => {
      const part = drawn.map((value, j) => (j >= start && j < end ? value : 0));
      const along = values.map((_, j) => (j === k ? fromData(part, variable.tensor.shape) : null));
      const pushed = pushTangents(program, values, along);
      return balanceOf(
        around,
        product(pushed.map(elements), cotangents.map(elements)),
        product([reverse], [part]),
      );
    };
    return culprit(variable, order, balance);
  });
}

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
  return [unbalanced(variable, order, found, index, `a wrong rule in jvp: ${trace}`)];
}
