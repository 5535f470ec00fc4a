import { type Generator, select, type Tensor } from "@isograd/autograd";
import { type Layer, LSTM, Module, RNN, Sequential } from "@isograd/nn";
import { activationsByName } from "../named/activations.ts";
import type { Setting } from "../setting.ts";
import { headOf } from "./head.ts";
import { beginning, lastLayer } from "./hidden.ts";

/** Reads a sequence [batch, time, features] to its end, and answers from what it then shows. */
class Reader extends Module {
  constructor(
    readonly cell: RNN | LSTM,
    readonly answer: Layer,
  ) {
    super();
  }

  forward(inputs: Tensor): Tensor {
    const { output } = this.cell.call(inputs);
    const last = select(output, 1, output.shape[1] - 1);
    return this.answer instanceof Module ? this.answer.call(last) : this.answer(last);
  }
}

/** A recurrent network of `width` units. */
export function recurrent(
  setting: Setting,
  generator: Generator,
  {
    cell,
    inputs,
    outputs,
  }: { readonly cell: "rnn" | "lstm"; readonly inputs: number; readonly outputs: number },
): Module {
  const { width, activation } = setting;
  const options = {
    ...beginning(setting, generator.fork("cell")),
    inputSize: inputs,
    hiddenSize: width,
    batchFirst: true,
  };
  const nonlinearity = activationsByName[activation] ?? ((x: Tensor) => x);
  const read =
    cell === "lstm" ? new LSTM({ ...options, forgetBias: 1 }) : new RNN({ ...options, nonlinearity });
  const answer = new Sequential([
    lastLayer(setting, generator.fork("last"), width, outputs),
    ...headOf(setting),
  ]);
  return new Reader(read, answer);
}
