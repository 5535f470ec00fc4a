import type { Tensor } from "@isograd/autograd";
import { GRUCell } from "./gru-cell.ts";
import { Recurrent, type RecurrentOptions } from "./recurrent.ts";

/**
 * A layer of gated recurrent units over sequences.
 *
 * See `Recurrent` for shapes, lengths and states; what it learns is that of a `GRUCell` for each layer and direction.
 *
 * @throws ArgumentError unless the sizes are positive integers; ShapeError when called, if input or state do not fit
 * @see Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder"; torch.nn.GRU
 * @example
 * const gru = new GRU({ inputSize: 3, hiddenSize: 8, batchFirst: true });
 * const { output, state } = gru.call(full([2, 5, 3], 1), null, { lengths: [5, 2] });
 * output.shape; // [2, 5, 8]
 * state.shape; // [1, 2, 8]
 */
export class GRU extends Recurrent<Tensor> {
  constructor(options: RecurrentOptions) {
    super("GRU", options, (own) => new GRUCell({ ...options, ...own }));
  }
}
