import { ArgumentError, parameter, ShapeError, type Tensor } from "@isograd/autograd";
import { deviationOf, meanOf } from "../statistics.ts";
import { checkModel, type Model, outputOf } from "../trace/trace.ts";
import type { Estimate } from "./estimate.ts";
import { jacobianMaps } from "./jacobian-map.ts";
import { checkCount } from "./options.ts";
import {
  type SingularValueOptions,
  type SingularValues,
  settingsOf,
  singularValues,
} from "./singular-values.ts";
import { undisturbed } from "./undisturbed.ts";

export interface JacobianSpectrumOptions extends SingularValueOptions {
  /** How many examples, from the first on; default 4, or all where there are fewer. Each costs as many passes as its Jacobian has rows or columns. */
  readonly examples?: number;
}

export interface JacobianSpectrum {
  /** How many numbers an example has behind, and before. */
  readonly rows: number;
  readonly columns: number;
  readonly examples: readonly SingularValues[];
  /** Σσ²/columns: the factor on the square of a small random change on its way forward. 1 in an isometry. */
  readonly meanSquareForward: Estimate;
  /** Σσ²/rows: the factor on the square of a random gradient on its way back; χ, where the theory of wide networks holds. */
  readonly meanSquareBackward: Estimate;
}

/**
 * Measures the singular values of a network's Jacobian, output by input, for single examples.
 *
 * Signals and gradients of all directions pass a network alike where all singular values are near 1 (dynamical isometry). Small Jacobians are
 * computed whole; of large ones the largest values come by Lanczos's method and the sum of squares by random vectors. A standard error is that over
 * examples, or that of the estimate where there is one example. Nothing of the model changes.
 *
 * @param model  a function from inputs [batch, ...] to outputs [batch, ...], or a module
 * @param inputs [batch, ...], real numbers
 * @throws ArgumentError if model or options are none, or the inputs are not real; ShapeError if there are none, or the outputs are not one an example
 * @see Saxe, McClelland, Ganguli 2014; Pennington, Schoenholz, Ganguli 2017, "Resurrecting the sigmoid in deep learning through dynamical isometry"
 * @example
 * const w = parameter([[3, 0], [0, 4]]);
 * const { examples, meanSquareBackward } = jacobianSpectrum((x) => matmul(x, w), tensor([[1, 1], [2, 1]]));
 * examples[0].values; // [4.000, 3.000]
 * meanSquareBackward.value; // 12.50
 */
export function jacobianSpectrum(
  model: Model,
  inputs: Tensor,
  options: JacobianSpectrumOptions = {},
): JacobianSpectrum {
  checkModel(model, "jacobianSpectrum");
  checkInputs("jacobianSpectrum", inputs);
  const x = parameter(inputs.detach());
  const y = undisturbed(() => outputOf(model, x, "jacobianSpectrum"));
  return spectrumBetween("jacobianSpectrum", y, x, options);
}

/** @throws ArgumentError or ShapeError unless they are real numbers of at least one example */
export function checkInputs(operation: string, inputs: Tensor): void {
  if (inputs.dtype !== "f32" && inputs.dtype !== "f64")
    throw new ArgumentError(operation, "expected inputs of real numbers", inputs.dtype);
  if (inputs.rank === 0 || inputs.size === 0)
    throw new ShapeError(operation, [inputs.shape], "expected inputs [batch, ...] with examples");
}

/** The spectrum of y by x, both with the examples on the first axis. */
export function spectrumBetween(
  operation: string,
  y: Tensor,
  x: Tensor,
  { examples: asked, ...options }: JacobianSpectrumOptions,
): JacobianSpectrum {
  const batch = x.shape[0];
  if (y.rank === 0 || y.shape[0] !== batch || y.size === 0)
    throw new ShapeError(operation, [x.shape, y.shape], "expected as many examples behind as before");
  const settings = settingsOf(operation, options);
  const count = asked ?? Math.min(4, batch);
  checkCount(operation, "examples", count, 1);
  if (count > batch) throw new ArgumentError(operation, `expected at most ${batch} examples`, count);
  const maps = jacobianMaps(y, x, count);
  const examples = maps.map((map) => singularValues(map, settings));
  const [{ rows, columns }] = maps;
  return {
    rows,
    columns,
    examples,
    meanSquareForward: meanSquare(examples, columns),
    meanSquareBackward: meanSquare(examples, rows),
  };
}

function meanSquare(examples: readonly SingularValues[], by: number): Estimate {
  const sums = examples.map(({ sumOfSquares }) => sumOfSquares.value / by);
  const standardError =
    sums.length === 1
      ? examples[0].sumOfSquares.standardError / by
      : deviationOf(sums) / Math.sqrt(sums.length);
  return { value: meanOf(sums), standardError };
}
