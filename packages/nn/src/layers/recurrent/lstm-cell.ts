import {
  ArgumentError,
  add,
  concat,
  defineElementwise,
  full,
  linear,
  mul,
  parameter,
  sigmoid,
  split,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import type { Initializer } from "../../initializers/initializer.ts";
import { draw, type Initial } from "../../module/initial.ts";
import { RecurrentCell, type Step } from "./cell.ts";
import { type CellInitials, type CellOptions, cellInitials, defaultInit } from "./cell-options.ts";

/** What an LSTM remembers from step to step; its output is `hidden`. */
export interface LSTMState {
  readonly hidden: Tensor;
  readonly cell: Tensor;
}

/** What only LSTMs have. */
export interface LSTMSettings {
  /** `hidden` is mapped to so many features, fewer than `hiddenSize`; default 0: it is not mapped. */
  readonly projSize?: number;
  /** What the bias of the forget gate begins with, both biases together: 1 makes memories last from the start. Default: as the other biases. */
  readonly forgetBias?: number;
}

export interface LSTMCellOptions extends CellOptions, LSTMSettings {}

const remember = /* @__PURE__ */ defineElementwise("lstmCell", (input, forget, candidate, cell) =>
  add(mul(sigmoid(forget), cell), mul(sigmoid(input), tanh(candidate))),
);

const show = /* @__PURE__ */ defineElementwise("lstmHidden", (output, cell) =>
  mul(sigmoid(output), tanh(cell)),
);

/**
 * One step of long short-term memory: from [batch, inputSize] and a state (default: zeros) of `hidden` [batch, projSize or hiddenSize] and `cell`
 * [batch, hiddenSize] to the next state; all may come without the first axis.
 *
 * With the gates i, f, o (sigmoids) and the candidate g (tanh), c' = f c + i g and h' = o tanh c', mapped by `projection` if there is one. Their
 * weights lie one below the other in the order i, f, g, o: `inputWeight` [4 hiddenSize, inputSize], `hiddenWeight` [4 hiddenSize, projSize or
 * hiddenSize], `inputBias` and `hiddenBias` [4 hiddenSize]; `projection` [projSize, hiddenSize].
 *
 * @throws ArgumentError unless the sizes are positive integers and projSize is below hiddenSize, and for a forgetBias without biases; ShapeError when called, if input or state do not fit
 * @see Hochreiter, Schmidhuber 1997, "Long short-term memory"; Jozefowicz et al. 2015 on the forget gate's bias; torch.nn.LSTMCell
 * @example
 * const cell = new LSTMCell({ inputSize: 3, hiddenSize: 8, forgetBias: 1 });
 * const state = cell.call(full([2, 3], 1));
 * cell.call(full([2, 3], 0), state).hidden.shape; // [2, 8]
 */
export class LSTMCell extends RecurrentCell<LSTMState> {
  readonly projection: Tensor | null;
  declare protected readonly beginnings: CellInitials & { readonly projection?: Initial };

  constructor(options: LSTMCellOptions) {
    const generator = options.generator ?? nextGenerator();
    super("LSTMCell", initialsOf(options), generator);
    const { projection } = this.beginnings;
    this.projection = projection === undefined ? null : parameter(draw(projection, generator));
  }

  get widths(): readonly [hidden: number, cell: number] {
    const [rows, features] = this.beginnings.hiddenWeight.shape;
    return [features, rows / 4];
  }

  partsOf({ hidden, cell }: LSTMState): readonly [Tensor, Tensor] {
    return [hidden, cell];
  }

  stateOf([hidden, cell]: readonly Tensor[]): LSTMState {
    return { hidden, cell };
  }

  step(): Step {
    const { hiddenWeight, projection } = this;
    const [, size] = this.widths;
    return (fromInputs, [hidden, cell]) => {
      const [input, forget, candidate, output] = split(linear(hidden, hiddenWeight, fromInputs), size, 1);
      const next = remember(input, forget, candidate, cell);
      const shown = show(output, next);
      return [projection === null ? shown : linear(shown, projection), next];
    };
  }
}

function initialsOf(options: LSTMCellOptions): CellInitials & { readonly projection?: Initial } {
  const { hiddenSize, projSize = 0, forgetBias, dtype = "f32" } = options;
  if (!Number.isInteger(projSize) || projSize < 0 || (projSize > 0 && projSize >= hiddenSize))
    throw new ArgumentError("LSTMCell", "expected a projSize below hiddenSize, or 0", projSize);
  if (forgetBias !== undefined && options.bias === false)
    throw new ArgumentError("LSTMCell", "expected no forgetBias where there are no biases", forgetBias);
  const initials = cellInitials("LSTMCell", 4, options, projSize === 0 ? hiddenSize : projSize);
  const { inputBias, hiddenBias } = initials;
  const { hiddenInit = options.weightInit ?? defaultInit(hiddenSize) } = options;
  return {
    ...initials,
    ...(inputBias &&
      hiddenBias &&
      forgetBias !== undefined && {
        inputBias: withForgetBias(inputBias, forgetBias),
        hiddenBias: withForgetBias(hiddenBias, 0),
      }),
    ...(projSize > 0 && {
      projection: { role: "weight", shape: [projSize, hiddenSize], initializer: hiddenInit, dtype } as const,
    }),
  };
}

/** The same beginning, but for the second of four parts. */
function withForgetBias({ initializer, parts: _, ...initial }: Initial, value: number): Initial {
  const gated: Initializer = (slot) => {
    const part = { ...slot, shape: [slot.shape[0] / 4] };
    return concat(
      [0, 1, 2, 3].map((gate) => (gate === 1 ? full(part.shape, value, slot.dtype) : initializer(part))),
    );
  };
  return { ...initial, initializer: gated };
}
