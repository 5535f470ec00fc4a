import { activationByName, type Tensor } from "@isograd/autograd";
import { type AnyModule, GRU, GRUCell, LSTM, LSTMCell, type LSTMState, RNN, RNNCell } from "@isograd/nn";
import type { Options } from "./case.ts";
import type { ModuleEntry } from "./module-entry.ts";

type State = Tensor | LSTMState;

/** Nonlinearities are functions here. */
const like = (Layer: new (options: never) => AnyModule): Pick<ModuleEntry, "make"> => ({
  make: ({ nonlinearity = "tanh", ...options }: Options) =>
    new Layer({ ...options, nonlinearity: activationByName(nonlinearity) } as never),
});

/** The parts of a state come and go one behind the other there. */
const stateOf = ([hidden, cell]: readonly Tensor[]): State | undefined =>
  cell === undefined ? hidden : { hidden, cell };

const partsOf = (state: State): Tensor[] => ("cell" in state ? [state.hidden, state.cell] : [state]);

const layer = (Layer: new (options: never) => AnyModule): ModuleEntry => ({
  ...like(Layer),
  call: (called: LSTM, [x, ...state]) => called.call(x, stateOf(state) as LSTMState),
  outputs: ({ output, state }: { output: Tensor; state: State }) => [output, ...partsOf(state)],
});

const cell = (Cell: new (options: never) => AnyModule): ModuleEntry => ({
  ...like(Cell),
  call: (called: LSTMCell, [x, ...state]) => called.call(x, stateOf(state) as LSTMState),
  outputs: partsOf,
});

export const recurrent: Readonly<Record<string, ModuleEntry>> = {
  RNN: layer(RNN),
  LSTM: layer(LSTM),
  GRU: layer(GRU),
  RNNCell: cell(RNNCell),
  LSTMCell: cell(LSTMCell),
  GRUCell: cell(GRUCell),
};
