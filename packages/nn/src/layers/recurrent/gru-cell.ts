import {
  add,
  defineElementwise,
  linear,
  mul,
  sigmoid,
  split,
  sub,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import { RecurrentCell, type Step } from "./cell.ts";
import { type CellOptions, cellInitials } from "./cell-options.ts";

const propose = /* @__PURE__ */ defineElementwise("gruCandidate", (reset, fromInput, fromHidden) =>
  tanh(add(fromInput, mul(sigmoid(reset), fromHidden))),
);

const renew = /* @__PURE__ */ defineElementwise("gruHidden", (update, candidate, hidden) =>
  add(candidate, mul(sigmoid(update), sub(hidden, candidate))),
);

/**
 * One step of a gated recurrent unit: from [batch, inputSize] and a state [batch, hiddenSize] (default: zeros) to the next state; both may come
 * without the first axis.
 *
 * With the gates r, z (sigmoids) and the candidate n = tanh(W x + b + r (U h + c)), h' = (1 - z) n + z h. Their weights lie one below the other in
 * the order r, z, n: `inputWeight` W [3 hiddenSize, inputSize], `hiddenWeight` U [3 hiddenSize, hiddenSize], `inputBias` and `hiddenBias`
 * [3 hiddenSize].
 *
 * @throws ArgumentError unless the sizes are positive integers; ShapeError when called, if input or state do not fit
 * @see Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder"; torch.nn.GRUCell
 * @example
 * const cell = new GRUCell({ inputSize: 3, hiddenSize: 8 });
 * const hidden = cell.call(full([2, 3], 1));
 * cell.call(full([2, 3], 0), hidden).shape; // [2, 8]
 */
export class GRUCell extends RecurrentCell<Tensor> {
  constructor(options: CellOptions) {
    super("GRUCell", cellInitials("GRUCell", 3, options), options.generator ?? nextGenerator());
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

  /** The bias of the state's share of a candidate is multiplied by the reset gate: it cannot be added to that of the inputs. */
  override fromInputs(x: Tensor): Tensor {
    return linear(x, this.inputWeight, this.inputBias);
  }

  step(): Step {
    const { hiddenWeight, hiddenBias } = this;
    const [size] = this.widths;
    return (fromInputs, [hidden]) => {
      const [gatesOfInput, candidateOfInput] = split(fromInputs, [2 * size, size], 1);
      const product = linear(hidden, hiddenWeight, hiddenBias);
      const [gatesOfHidden, candidateOfHidden] = split(product, [2 * size, size], 1);
      const [reset, update] = split(add(gatesOfInput, gatesOfHidden), size, 1);
      return [renew(update, propose(reset, candidateOfInput, candidateOfHidden), hidden)];
    };
  }
}
