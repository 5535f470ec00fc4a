import { Generator, leavesOf, ShapeError, type Tensor, type Tree } from "@isograd/autograd";
import type { Batch, Loss, Model } from "../trace/trace.ts";
import { type Eigenpair, largestEigenpairs, smallestEigenpairs } from "./eigenpairs.ts";
import { type Hessian, hessianOf } from "./hessian.ts";
import type { SymmetricMap } from "./lanczos.ts";
import { checkCount, checkPositive } from "./options.ts";
import { flatten, unflatten } from "./parameters.ts";
import { type StepRule, stabilityThreshold } from "./stability.ts";

export interface SharpnessOptions {
  /** Which tracked leaves to differentiate by; default all that the loss depends on. */
  readonly parameters?: Tree;
  /** How many of the largest eigenvalues; default 1. */
  readonly largest?: number;
  /** How many of the smallest; default 0. */
  readonly smallest?: number;
  /** The residual that is small enough, as a share of the largest |eigenvalue|; default 1e-4. */
  readonly tolerance?: number;
  /** Products with the Hessian in one Lanczos process, at most; default 100. As many vectors of all parameters are kept in memory. */
  readonly steps?: number;
  /** Of the vectors to start from; default 0. */
  readonly seed?: number | string;
  /** How the parameters are stepped: the threshold is then told, too. */
  readonly rule?: StepRule;
  /**
   * Positive numbers in the structure of `parameters` (default: a list in the order in which the parameters were made), which a step is
   * divided by: the curvature is then that of D^(-1/2) H D^(-1/2). Adam's after t steps is (1 - β₁ᵗ)(√(v/(1 - β₂ᵗ)) + ε).
   */
  readonly preconditioner?: Tree;
}

/** An eigenvalue of the Hessian, in units of the loss over those of the parameters squared. */
export interface Curvature {
  readonly value: number;
  /** |Hv - value·v| for its vector v, in the same units: an eigenvalue lies no further off than that. */
  readonly residual: number;
  /** Whether the residual is within the tolerance; if not, the largest eigenvalue lies further out. */
  readonly converged: boolean;
  /** The direction, of length 1 over all parameters together, one tensor a parameter; that of D^(1/2)·parameters behind a preconditioner. */
  readonly vector: readonly Tensor[];
}

export interface Sharpness {
  /** The largest eigenvalue. */
  readonly value: number;
  /** In descending order, equal ones as often as they occur. */
  readonly largest: readonly Curvature[];
  /** In ascending order. */
  readonly smallest: readonly Curvature[];
  /** Products with the Hessian that it took. */
  readonly products: number;
  readonly parameters: readonly Tensor[];
  /** The curvature at which steps by `rule` become unstable, and the sharpness as a share of it; null without a rule. */
  readonly threshold: number | null;
  readonly share: number | null;
}

/**
 * Measures the largest, and the smallest, curvatures of the loss: eigenvalues of the Hessian by all parameters, by Lanczos's method.
 *
 * The Hessian is never built: each product with it costs one sweep through the graph of the gradient. A residual bounds how far a value lies from
 * an eigenvalue; that none larger was missed holds with probability 1 over the start, not for certain. Of single-precision parameters the values
 * are good to about 1e-6 of the largest. Not finite derivatives give NaN. Nothing of the model changes, generators included.
 *
 * @param model a function from inputs [batch, ...] to outputs, or a module
 * @throws ArgumentError if model, batch, loss or options are none, or the loss depends on no tracked parameter; ShapeError if the batch is empty, the
 * loss has several elements or the preconditioner does not fit; what model and loss throw
 * @see Lanczos 1950; Cohen et al. 2021, "Gradient descent on neural networks typically occurs at the edge of stability"
 * @example
 * const w = parameter([1, 1]);
 * const bowl = () => sum(mul(square(w), tensor([1, 3])));
 * const { value, share } = sharpness(bowl, batch, (x) => x, { rule: { method: "gradientDescent", learningRate: 0.1 } });
 * value; // 6.000
 * share; // 0.3000
 */
export function sharpness(model: Model, batch: Batch, loss: Loss, options: SharpnessOptions = {}): Sharpness {
  const { largest = 1, smallest = 0, tolerance = 1e-4, steps = 100, seed = 0, rule } = options;
  checkCount("sharpness", "largest", largest, 0);
  checkCount("sharpness", "smallest", smallest, 0);
  checkCount("sharpness", "steps", steps, Math.max(1, largest, smallest));
  checkPositive("sharpness", "tolerance", tolerance);
  const threshold = rule === undefined ? null : stabilityThreshold(rule);
  const hessian = hessianOf("sharpness", { model, batch, loss }, options.parameters);
  const { parameters } = hessian;
  const { map, counted } = counting(preconditioned(hessian, options.preconditioner));
  const searchOf = (count: number) => ({
    count,
    tolerance,
    steps,
    generator: new Generator(seed).fork("lanczos"),
  });
  const curvatureOf = (pair: Eigenpair): Curvature => ({
    ...pair,
    vector: unflatten(pair.vector, parameters),
  });
  const found = largestEigenpairs(map, searchOf(Math.max(1, largest))).map(curvatureOf);
  const { value } = found[0];
  return {
    value,
    largest: found.slice(0, largest),
    smallest: smallestEigenpairs(map, searchOf(smallest)).map(curvatureOf),
    products: counted(),
    parameters,
    threshold,
    share: threshold === null ? null : value / threshold,
  };
}

function counting(map: SymmetricMap): { readonly map: SymmetricMap; readonly counted: () => number } {
  let count = 0;
  const apply = (v: Float64Array): Float64Array => {
    count++;
    return map.apply(v);
  };
  return { map: { ...map, apply }, counted: () => count };
}

function preconditioned(hessian: Hessian, by: Tree | undefined): SymmetricMap {
  if (by === undefined) return hessian;
  const given = leavesOf(by).map(({ tensor }) => tensor);
  const fits = hessian.parameters.map(({ shape }, k) => String(given[k]?.shape) === String(shape));
  if (given.length !== fits.length || fits.includes(false))
    throw new ShapeError(
      "sharpness",
      given.map(({ shape }) => shape),
      `expected a preconditioner with shapes ${hessian.parameters.map(({ shape }) => `[${shape.join(", ")}]`).join(", ")}`,
    );
  const roots = flatten(given).map((value) => {
    checkPositive("sharpness", "the preconditioner", value);
    return 1 / Math.sqrt(value);
  });
  const times = (v: Float64Array): Float64Array => v.map((value, i) => value * roots[i]);
  return { ...hessian, apply: (v) => times(hessian.apply(times(v))) };
}
