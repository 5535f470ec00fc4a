import { type Generator, retainGrad, type Tensor, unbind } from "@isograd/autograd";
import { Linear, LSTMCell, Module, normal, RNNCell, zeros } from "@isograd/nn";
import type { Problem } from "./problem.ts";
import { fadingSlowly } from "./smart-init.ts";

export const hiddenSize = 50;

/** Reads a sequence [time, batch, inputSize] to its end, and answers from what it then remembers: [batch, outputSize]. */
export class Reader extends Module {
  readonly cell: RNNCell | LSTMCell;
  readonly head: Linear;
  /** Whether the states of a reading are kept, with the gradients that come to them. */
  watched = false;
  #states: readonly Tensor[] = [];

  constructor(cell: RNNCell | LSTMCell, head: Linear) {
    super();
    this.cell = cell;
    this.head = head;
  }

  forward(inputs: Tensor): Tensor {
    const { cell, head } = this;
    const steps = unbind(inputs, 0);
    if (cell instanceof LSTMCell) {
      let state = cell.call(steps[0]);
      for (const input of steps.slice(1)) state = cell.call(input, state);
      return head.call(state.hidden);
    }
    const states = [cell.call(steps[0])];
    for (const input of steps.slice(1)) states.push(cell.call(input, states[states.length - 1]));
    const isWatched = this.watched && this.training;
    if (isWatched) states.forEach(retainGrad);
    this.#states = isWatched ? states : [];
    return head.call(states[states.length - 1]);
  }

  /** The states of the last reading. */
  get states(): readonly Tensor[] {
    return this.#states;
  }
}

/** A plain recurrent network that begins as the paper's "smart tanh". */
export function plainReader({ inputSize, outputSize }: Problem, generator: Generator): Reader {
  const weightInit = normal({ std: 0.1 });
  const options = { weightInit, biasInit: zeros, generator };
  return new Reader(
    new RNNCell({ ...options, inputSize, hiddenSize, hiddenInit: fadingSlowly }),
    new Linear({ ...options, inFeatures: hiddenSize, outFeatures: outputSize }),
  );
}

/** Long short-term memory that begins to forget as slowly: 5 % of each cell a step. */
export function lstmReader({ inputSize, outputSize }: Problem, generator: Generator): Reader {
  const forgetBias = Math.log(0.95 / 0.05); // sigmoid gives 0.95
  const cell = new LSTMCell({ inputSize, hiddenSize, biasInit: zeros, forgetBias, generator });
  return new Reader(cell, new Linear({ inFeatures: hiddenSize, outFeatures: outputSize, generator }));
}
