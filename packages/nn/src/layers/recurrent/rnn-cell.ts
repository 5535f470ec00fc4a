import { linear, type Tensor, tanh } from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { RecurrentCell, type Step } from "./cell.ts";
import { type CellOptions, cellInitials } from "./cell-options.ts";

/** What only simple recurrent layers have. */
export interface RNNSettings {
  /** A function of each element; default `tanh`. */
  readonly nonlinearity?: (x: Tensor) => Tensor;
}

export interface RNNCellOptions extends CellOptions, RNNSettings {}

/**
 * One step of a simple recurrent layer, h' = tanh(W x + b + U h + c): from [batch, inputSize] and a state [batch, hiddenSize] (default: zeros) to
 * the next state; both may come without the first axis.
 *
 * `inputWeight` W [hiddenSize, inputSize], `hiddenWeight` U [hiddenSize, hiddenSize], `inputBias` and `hiddenBias` [hiddenSize].
 *
 * @throws ArgumentError unless the sizes are positive integers; ShapeError when called, if input or state do not fit
 * @see Elman 1990, "Finding structure in time"; torch.nn.RNNCell
 * @example
 * const cell = new RNNCell({ inputSize: 3, hiddenSize: 8, nonlinearity: relu });
 * const hidden = cell.call(full([2, 3], 1));
 * cell.call(full([2, 3], 0), hidden).shape; // [2, 8]
 */
export class RNNCell extends RecurrentCell<Tensor> {
  readonly nonlinearity: (x: Tensor) => Tensor;

  constructor(options: RNNCellOptions) {
    super("RNNCell", cellInitials("RNNCell", 1, options), options.generator ?? nextGenerator());
    this.nonlinearity = options.nonlinearity ?? tanh;
  }

  get widths(): readonly [hidden: number] {
    return [this.beginnings.hiddenWeight.shape[1]];
  }

  partsOf(hidden: Tensor): readonly [Tensor] {
    return [hidden];
  }

  stateOf([hidden]: readonly Tensor[]): Tensor {
    return hidden;
  }

  step(): Step {
    const { hiddenWeight, nonlinearity } = this;
    return (fromInputs, [hidden]) => [nonlinearity(linear(hidden, hiddenWeight, fromInputs))];
  }
}
