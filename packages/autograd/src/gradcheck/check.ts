import { noGrad } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { Generator } from "../random.ts";
import type { Tensor } from "../tensor.ts";
import { compareVariable, failuresOf, type Thoroughness } from "./compare.ts";
import { cotangentFailures } from "./cotangents.ts";
import { draw, drawCotangent } from "./draws.ts";
import { forwardFailures } from "./forward.ts";
import { checkJacobian } from "./jacobian.ts";
import { flatten, neighbourhoodOf, type Surroundings } from "./lines.ts";
import { mixedFailures } from "./mixed.ts";
import { differentiate, gradientOf, type Output, type Program, programOf } from "./program.ts";
import type { GradientFailure, GradientReport } from "./report.ts";
import { layoutFailures, structuralFailures } from "./structure.ts";

export interface GradientCheckOptions {
  /** Which random cotangents and directions; default 0. */
  readonly seed?: number;
  /** How many times to differentiate: 1 for the gradient, 2 (default) for the gradient of the weighted gradient too. */
  readonly order?: number;
  /** Leaves that the function reads without being given them: checked like inputs, and left as they were. */
  readonly parameters?: unknown;
  /** Which leaves to differentiate, by path or by its beginning (`layers.0`); the others are constants. Default all. */
  readonly only?: readonly string[];
  /** Inputs up to this size are checked element by element, larger ones by samples and directions; default 64. */
  readonly elements?: number;
  /** Along how many random directions a larger input is checked; default 6. Where one fails, it is halved down to an element. */
  readonly directions?: number;
  /** Up to this many derivatives of single outputs (outputs times elements) are compared one by one too; default 64. */
  readonly jacobian?: number;
  /** Whether forward mode, and mixtures of both in the second order, are compared with reverse mode; default true. */
  readonly forward?: boolean;
}

/**
 * Compares the gradients of `f` by reverse mode with numeric derivatives of its values, and forward mode with reverse mode.
 *
 * Each output is weighted by a random cotangent; where there are few, each is differentiated by itself too. The numeric derivative is the limit of difference quotients, with an error bar that takes
 * the measured rounding noise of `f` into account; that bar alone decides what agrees. At a kink any number between the slopes on both
 * sides is right, at a jump zero too. Also found: inputs written to, calls that differ, views read wrongly, gradients that are not linear in
 * the cotangent or need one that is not there.
 *
 * @param f      takes what `inputs` is and returns a tensor or a tree of them; called many times
 * @param inputs a tensor or a tree of them, at the point to check; `f32` is checked in its own precision, with wider bars
 * @throws ArgumentError if there is nothing to differentiate
 * @see Ridders 1982; Moré, Wild 2011; torch.autograd.gradcheck, gradgradcheck
 * @example
 * checkGradients((x: Tensor) => sum(square(x)), tensor([1, 2], { dtype: "f64" })).ok; // true
 * const wrong = customOp({ name: "wrong", forward: square, vjp: (cotangent, [x]) => [mul(cotangent, x)] });
 * checkGradients((x: Tensor) => wrong(x), tensor([1, 2], { dtype: "f64" })).failures[0].cause; // "off by the constant factor 0.5"
 */
export function checkGradients<T>(
  f: (inputs: NoInfer<T>) => unknown,
  inputs: T,
  options: GradientCheckOptions = {},
): GradientReport {
  const { seed = 0, order: orders = 2, parameters = [], elements = 64, directions = 6 } = options;
  if (!Number.isInteger(orders) || orders < 1)
    throw new ArgumentError("checkGradients", "expected a positive whole order", orders);
  const generator = new Generator(seed);
  const tally: Tally = {
    failures: [],
    inconclusive: [],
    disconnected: [],
    compared: 0,
    kinks: 0,
    jacobian: 0,
  };
  let program = programOf(f, inputs, parameters, options.only);
  const originals = program.variables.map(({ tensor }) => tensor.data.slice());
  // Forward mode is judged by reverse mode, once that has been judged by differences in every order.
  const modes: (() => GradientFailure[])[] = [];
  let magnitude = 0;
  for (let order = 1; order <= orders && tally.failures.length === 0; order++) {
    const outputs = noGrad(() => program.run(program.variables.map(({ tensor }) => tensor)));
    const cotangents = outputs.map(({ tensor }) => drawCotangent(generator, tensor));
    if (order === 1) tally.failures.push(...structuralFailures(program, cotangents, originals));
    const unbounded = notFinite(outputs, order);
    if (unbounded !== null) tally.inconclusive.push(unbounded);
    if (tally.failures.length > 0 || unbounded !== null) break;
    const weights = flatten(cotangents.map((tensor) => ({ path: "", tensor })));
    const signs = program.variables.map(({ positions }) => draw(generator, positions.length).map(Math.sign));
    const entries = weights.length * signs.reduce((total, { length }) => total + length, 0);
    const single = order === 1 && entries <= (options.jacobian ?? 64);
    const nearby = neighbourhoodOf(program, weights.length, signs, single);
    const around = nearby.weighted(weights, magnitude);
    magnitude = around.magnitude;
    if (order === 1) tally.failures.push(...layoutFailures(program, cotangents, around.roughness));
    checkOrder(program, cotangents, order, around, generator, { elements, directions }, tally);
    // What follows names the rarer mistakes: wrong numbers, once found, need no further words.
    if (order === 1 && tally.failures.length === 0)
      tally.failures.push(...cotangentFailures(program, cotangents, generator.fork("cotangents"), around));
    if (single && weights.length > 1 && tally.failures.length === 0) {
      const { failures, compared } = checkJacobian(program, nearby, outputs, generator);
      tally.failures.push(...failures);
      tally.jacobian += compared;
    }
    const current = program;
    const stream = generator.fork(`forward ${order}`);
    if (options.forward !== false)
      modes.push(() => forwardFailures(current, cotangents, order, stream, around));
    if (options.forward !== false && order === 1 && orders > 1)
      modes.push(() => mixedFailures(current, cotangents, outputs, stream, around));
    program = gradientOf(
      program,
      cotangents,
      outputs.map(({ path }) => path),
    );
  }
  for (const compare of modes) if (tally.failures.length === 0) tally.failures.push(...compare());
  return { ok: tally.failures.length === 0 && tally.inconclusive.length === 0, ...tally };
}

interface Tally {
  readonly failures: GradientFailure[];
  readonly inconclusive: GradientFailure[];
  readonly disconnected: string[];
  compared: number;
  kinks: number;
  jacobian: number;
}

function checkOrder(
  program: Program,
  cotangents: readonly Tensor[],
  order: number,
  around: Surroundings,
  generator: Generator,
  thoroughness: Thoroughness,
  tally: Tally,
): void {
  const { variables } = program;
  const { gradients } = differentiate(
    program,
    variables.map(({ tensor }) => tensor),
    cotangents,
  );
  variables.forEach((variable, k) => {
    const gradient = gradients[k];
    const analytic =
      gradient === null
        ? new Float64Array(variable.positions.length)
        : flatten([{ path: "", tensor: gradient }]);
    const compared = compareVariable(around, k, variable, analytic, generator, thoroughness);
    for (const failure of failuresOf(compared, variable, order)) {
      (failure.kind === "mismatch" ? tally.failures : tally.inconclusive).push(failure);
    }
    tally.compared += compared.length;
    tally.kinks += compared.filter(({ verdict }) => verdict.kink).length;
    const still = compared.every(({ verdict }) => verdict.outcome === "match" && verdict.numeric === 0);
    if (order === 1 && gradient === null && still) tally.disconnected.push(variable.path);
  });
}

/** Where a value is infinite or NaN there is no slope to measure. */
function notFinite(outputs: readonly Output[], order: number): GradientFailure | null {
  for (const { path, tensor } of outputs) {
    const numeric = tensor.values().find((value) => !Number.isFinite(value));
    if (numeric === undefined) continue;
    return {
      kind: "inconclusive",
      order,
      path,
      index: null,
      direction: null,
      output: null,
      analytic: Number.NaN,
      numeric,
      errorBar: Number.POSITIVE_INFINITY,
      suspect: "domain",
      cause: `the value holds ${numeric}: there is no slope to measure`,
    };
  }
  return null;
}
