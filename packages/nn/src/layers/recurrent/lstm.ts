import { LSTMCell, type LSTMSettings, type LSTMState } from "./lstm-cell.ts";
import { Recurrent, type RecurrentOptions } from "./recurrent.ts";

export interface LSTMOptions extends RecurrentOptions, LSTMSettings {}

/**
 * Long short-term memory over sequences; its state has the parts `hidden` and `cell`.
 *
 * See `Recurrent` for shapes, lengths and states; what it learns is that of an `LSTMCell` for each layer and direction.
 *
 * @throws ArgumentError unless the sizes are positive integers and projSize is below hiddenSize; ShapeError when called, if input or state do not fit
 * @see Hochreiter, Schmidhuber 1997, "Long short-term memory"; torch.nn.LSTM
 * @example
 * const lstm = new LSTM({ inputSize: 3, hiddenSize: 8, numLayers: 2, bidirectional: true });
 * const { output, state } = lstm.call(full([5, 2, 3], 1));
 * output.shape; // [5, 2, 16]
 * state.cell.shape; // [4, 2, 8]
 */
export class LSTM extends Recurrent<LSTMState> {
  constructor(options: LSTMOptions) {
    super("LSTM", options, (own) => new LSTMCell({ ...options, ...own }));
  }
}
