import { fromData } from "../create.ts";
import type { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { type Balance, balanceOf, holds, product, unbalanced } from "./balance.ts";
import { drawCotangent } from "./draws.ts";
import type { Surroundings } from "./lines.ts";
import { differentiate, gradientOf, type Output, type Program, pushTangents } from "./program.ts";
import type { GradientFailure } from "./report.ts";
import { elements } from "./structure.ts";

/**
 * Whether the mixed second derivatives agree with reverse mode over reverse mode: reverse over forward, and forward over forward.
 *
 * Forward over reverse is what `forwardFailures` compares in the second order. Also, the tangent must depend on the tangents that came: its
 * gradient to those is the gradient.
 */
export function mixedFailures(
  program: Program,
  cotangents: readonly Tensor[],
  outputs: readonly Output[],
  generator: Generator,
  around: Surroundings,
): GradientFailure[] {
  const values = program.variables.map(({ tensor }) => tensor);
  const tangents = values.map((value) => drawCotangent(generator, value));
  const point = [...values, ...tangents];
  const paths = outputs.map(({ path }) => path);
  const tangent: Program = {
    variables: [...program.variables, ...program.variables],
    run: (all) =>
      pushTangents(program, all.slice(0, values.length), all.slice(values.length)).map((tensor, k) => ({
        path: paths[k],
        tensor,
      })),
  };
  const pull = (of: Program, at: readonly Tensor[], weights: readonly Tensor[]): ArrayLike<number>[] =>
    differentiate(of, at, weights).gradients.map((x) => (x === null ? [] : elements(x)));
  const first = pull(program, values, cotangents);
  const reverseTwice = pull(gradientOf(program, cotangents, paths), [...values, ...cotangents], tangents);
  const reverseOverForward = pull(tangent, point, cotangents);
  return program.variables.flatMap((variable, k) => {
    const direction = drawCotangent(generator, values[k]).values();
    const forwardTwice = pushTangents(
      tangent,
      point,
      point.map((_, j) => (j === k ? fromData(direction, values[k].shape) : null)),
    );
    const along = (gradient: ArrayLike<number>) => product([gradient], [direction]);
    const [slope, known] = [along(reverseOverForward[values.length + k]), along(first[k])];
    const linear = balanceOf(around, slope, known);
    if (!holds(linear))
      return [unbalanced(variable, 2, linear, null, "the tangent does not depend on the one that came")];
    // Second derivatives that are small beside the first are as uncertain as those.
    const below = product([first[k]], [tangents[k].values()]).size;
    const expected = along(reverseTwice[k]);
    const pairs: [modes: string, Balance][] = [
      ["reverse mode over forward mode", balanceOf(around, along(reverseOverForward[k]), expected, below)],
      [
        "forward mode over forward mode",
        balanceOf(around, product(forwardTwice.map(elements), cotangents.map(elements)), expected, below),
      ],
    ];
    return pairs.flatMap(([modes, balance]) =>
      holds(balance)
        ? []
        : [unbalanced(variable, 2, balance, null, `${modes} contradicts reverse mode over reverse mode`)],
    );
  });
}
