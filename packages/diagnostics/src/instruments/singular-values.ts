import { Generator, noGrad, svdvals } from "@isograd/autograd";
import { sumOfSquares } from "../statistics.ts";
import { aside } from "../trace/aside.ts";
import { largestEigenpairs } from "./eigenpairs.ts";
import { type Estimate, meanEstimate } from "./estimate.ts";
import { dense, type LinearMap } from "./jacobian-map.ts";
import type { SymmetricMap } from "./lanczos.ts";
import { checkCount, checkPositive } from "./options.ts";
import { dot, signVector } from "./vectors.ts";

export interface SingularValueOptions {
  /** Up to this many rows or columns, whichever are fewer, all singular values are computed from the whole matrix; default 128. */
  readonly exactUpTo?: number;
  /** How many of the largest beyond that; default 8. */
  readonly largest?: number;
  /** The residual that is small enough there, as a share of the largest square; default 1e-4. */
  readonly tolerance?: number;
  /** Products with the matrix and its transpose in one Lanczos process, at most; default 100. */
  readonly steps?: number;
  /** Random vectors for the mean square there; default 32. */
  readonly probes?: number;
  readonly seed?: number | string;
}

/** Singular values of one Jacobian, in units of the outputs over those of the inputs. */
export interface SingularValues {
  /** In descending order: all, or the largest. */
  readonly values: readonly number[];
  /** Whether they are all, from the whole matrix. */
  readonly exact: boolean;
  /** Whether those of a large matrix are within the tolerance. */
  readonly converged: boolean;
  /** The largest over the smallest; NaN where not all are known. */
  readonly conditionNumber: number;
  /** Σσ², with its error where it is estimated. */
  readonly sumOfSquares: Estimate;
}

export const settingsOf = (
  operation: string,
  options: SingularValueOptions,
): Required<SingularValueOptions> => {
  const settings = {
    exactUpTo: 128,
    largest: 8,
    tolerance: 1e-4,
    steps: 100,
    probes: 32,
    seed: 0,
    ...options,
  };
  checkCount(operation, "exactUpTo", settings.exactUpTo, 0);
  checkCount(operation, "largest", settings.largest, 1);
  checkCount(operation, "steps", settings.steps, settings.largest);
  checkCount(operation, "probes", settings.probes, 2);
  checkPositive(operation, "tolerance", settings.tolerance);
  return settings;
};

export function singularValues(map: LinearMap, settings: Required<SingularValueOptions>): SingularValues {
  return Math.min(map.rows, map.columns) <= settings.exactUpTo
    ? fromMatrix(map)
    : fromProducts(map, settings);
}

function fromMatrix(map: LinearMap): SingularValues {
  const matrix = dense(map);
  const values = [...aside(() => noGrad(() => svdvals(matrix))).values()];
  const sum = sumOfSquares(matrix);
  return {
    values,
    exact: true,
    converged: true,
    conditionNumber: values[0] / values[values.length - 1],
    sumOfSquares: { value: sum, standardError: 0 },
  };
}

/** From the eigenvalues of JᵀJ or JJᵀ, whichever is smaller: the largest lose no digits by it. */
function fromProducts(
  { rows, columns, precision, apply, applyTransposed }: LinearMap,
  { largest, tolerance, steps, probes, seed }: Required<SingularValueOptions>,
): SingularValues {
  const square: SymmetricMap =
    columns <= rows
      ? { size: columns, precision, apply: (v) => applyTransposed(apply(v)) }
      : { size: rows, precision, apply: (u) => apply(applyTransposed(u)) };
  const generator = new Generator(seed);
  const search = { count: largest, tolerance, steps, generator: generator.fork("lanczos") };
  const pairs = largestEigenpairs(square, search);
  const signs = generator.fork("probes");
  const squares = Array.from({ length: probes }, () => {
    const probe = signVector(signs, square.size);
    return dot(probe, square.apply(probe));
  });
  return {
    values: pairs.map(({ value }) => Math.sqrt(Math.max(value, 0))),
    exact: false,
    converged: pairs.every(({ converged }) => converged),
    conditionNumber: Number.NaN,
    sumOfSquares: meanEstimate(squares),
  };
}
