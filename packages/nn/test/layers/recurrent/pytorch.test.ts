import { backward, linspace, mul, parameter, relu, reshape, sum, type Tensor, tanh } from "@isograd/autograd";
import { GRU, LSTM, type LSTMState, RNN, type Sequences } from "@isograd/nn";
import { expect, it } from "vitest";
import { expectTensor, type Packed, readCases, unpack } from "../../reference/cases.ts";

interface RecurrentCase {
  readonly name: "RNN" | "LSTM" | "GRU";
  readonly options: Readonly<Record<string, never>>;
  readonly lengths: readonly number[] | null;
  readonly parameters: Readonly<Record<string, Packed>>;
  readonly inputs: readonly Packed[];
  readonly outputs: readonly Packed[];
  readonly inputGrads: readonly Packed[];
  readonly grads: Readonly<Record<string, Packed>>;
}

function build({ name, options }: RecurrentCase): LSTM | GRU | RNN {
  const { input_size, hidden_size, num_layers, batch_first, proj_size, nonlinearity, ...same } = options;
  const ours = {
    inputSize: input_size,
    hiddenSize: hidden_size,
    numLayers: num_layers,
    batchFirst: batch_first,
    dtype: "f64",
    ...same,
  } as const;
  if (name === "LSTM") return new LSTM({ ...ours, projSize: proj_size });
  return name === "GRU"
    ? new GRU(ours)
    : new RNN({ ...ours, nonlinearity: nonlinearity === "relu" ? relu : tanh });
}

const names: Readonly<Record<string, string>> = {
  weight_ih: "inputWeight",
  weight_hh: "hiddenWeight",
  bias_ih: "inputBias",
  bias_hh: "hiddenBias",
  weight_hr: "projection",
};

const partsOf = (state: Tensor | LSTMState): Tensor[] =>
  "cell" in state ? [state.hidden, state.cell] : [state];

it.each(readCases<RecurrentCase>("recurrent.json"))(
  "$name $options, lengths $lengths, agrees with PyTorch",
  (example) => {
    const layer = build(example);
    const held = new Map(layer.namedParameters().map(({ path, tensor }) => [path, tensor]));
    const find = (name: string): Tensor => {
      const [, part, index, reverse] = /^(\w+)_l(\d)(_reverse)?$/.exec(name) ?? [];
      return (
        held.get(`layers.${index}.${reverse ? "reverse" : "forward"}.${names[part]}`) ?? expect.fail(name)
      );
    };
    expect(held.size).toBe(Object.keys(example.parameters).length);
    for (const [name, packed] of Object.entries(example.parameters)) find(name).assign(unpack(packed));

    const [x, ...parts] = example.inputs.map((packed) => parameter(unpack(packed)));
    const state = parts.length === 2 ? { hidden: parts[0], cell: parts[1] } : parts[0];
    const options = example.lengths === null ? {} : { lengths: example.lengths };
    const result: Sequences<Tensor | LSTMState> = layer.call(x, state as never, options);
    const outputs = [result.output, ...partsOf(result.state)];
    outputs.forEach((output, k) => {
      expectTensor(output, example.outputs[k]);
      const weights = reshape(linspace(1, 2, output.size, "f64"), output.shape);
      backward(sum(mul(output, weights)), { retainGraph: true });
    });
    expect(outputs.length).toBe(example.outputs.length);
    [x, ...parts].forEach((leaf, k) => {
      expectTensor(leaf.grad, example.inputGrads[k], 1e-7, 1e-9);
    });
    for (const [name, packed] of Object.entries(example.grads))
      expectTensor(find(name).grad, packed, 1e-7, 1e-9);
  },
);
