import type { Generator } from "@isograd/autograd";
import type { Initializer } from "../../initializers/initializer.ts";
import { uniform } from "../../initializers/random.ts";
import { type Initial, weightAndBias } from "../../module/initial.ts";
import { checkExtent } from "../extent.ts";

export interface CellOptions {
  /** How many features an input has. */
  readonly inputSize: number;
  /** How many units there are. */
  readonly hiddenSize: number;
  /** Whether to add learnt biases, one to the share of the inputs and one to that of the state; default true. */
  readonly bias?: boolean;
  /** Of the weights of the inputs, drawn for each gate by itself. Default: uniform within ±1/√hiddenSize. */
  readonly weightInit?: Initializer;
  /** Of the weights of the state, drawn for each gate by itself: `orthogonal()`, say. Default: that of the inputs. */
  readonly hiddenInit?: Initializer;
  /** Default: uniform within ±1/√hiddenSize. */
  readonly biasInit?: Initializer;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
  /** Draws weights, then biases. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/** How what a cell learns begins, in the order of the draws. */
export interface CellInitials {
  readonly inputWeight: Initial;
  readonly hiddenWeight: Initial;
  readonly inputBias?: Initial;
  readonly hiddenBias?: Initial;
}

/**
 * The beginnings of a cell with so many gates, each with the fans of its own part of the weights.
 *
 * @param outputSize features of the state that the weights take
 */
export function cellInitials(
  cell: string,
  gates: number,
  options: CellOptions,
  outputSize = options.hiddenSize,
): CellInitials {
  const inputSize = checkExtent(cell, "inputSize", options.inputSize);
  const hiddenSize = checkExtent(cell, "hiddenSize", options.hiddenSize);
  const { bias: isBiased = true, weightInit = defaultInit(hiddenSize), dtype = "f32" } = options;
  const { hiddenInit = weightInit, biasInit = defaultInit(hiddenSize) } = options;
  const gated = (features: number, initializer: Initializer) => {
    const { weight, bias } = weightAndBias([gates * hiddenSize, features], initializer, biasInit, dtype);
    return { weight: { ...weight, parts: gates }, bias: { ...bias, parts: gates } };
  };
  const [input, hidden] = [gated(inputSize, weightInit), gated(outputSize, hiddenInit)];
  const biases = isBiased && { inputBias: input.bias, hiddenBias: hidden.bias };
  return {
    inputWeight: input.weight,
    hiddenWeight: hidden.weight,
    ...biases,
  };
}

/** How everything in PyTorch's recurrent layers begins. */
export function defaultInit(hiddenSize: number): Initializer {
  const high = 1 / Math.sqrt(hiddenSize);
  return uniform({ low: -high, high });
}
