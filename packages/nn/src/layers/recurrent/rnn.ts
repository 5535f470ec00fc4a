import type { Tensor } from "@isograd/autograd";
import { Recurrent, type RecurrentOptions } from "./recurrent.ts";
import { RNNCell, type RNNSettings } from "./rnn-cell.ts";

export interface RNNOptions extends RecurrentOptions, RNNSettings {}

/**
 * A simple recurrent layer over sequences: h' = tanh(W x + b + U h + c) at each step.
 *
 * See `Recurrent` for shapes, lengths and states; what it learns is that of an `RNNCell` for each layer and direction.
 *
 * @throws ArgumentError unless the sizes are positive integers; ShapeError when called, if input or state do not fit
 * @see Elman 1990, "Finding structure in time"; torch.nn.RNN
 * @example
 * const rnn = new RNN({ inputSize: 3, hiddenSize: 8, nonlinearity: relu });
 * const { output, state } = rnn.call(full([5, 2, 3], 1));
 * output.shape; // [5, 2, 8]
 * state.shape; // [1, 2, 8]
 */
export class RNN extends Recurrent<Tensor> {
  constructor(options: RNNOptions) {
    super("RNN", options, (own) => new RNNCell({ ...options, ...own }));
  }
}
