import {
  activationByName,
  add,
  gradients,
  mul,
  parameter,
  sum,
  Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import {
  BatchNorm1d,
  BatchNorm3d,
  Bilinear,
  Embedding,
  EmbeddingBag,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  LocalResponseNorm,
  type Module,
  MultiheadAttention,
  PReLU,
  Transformer,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
} from "@isograd/nn";
import { expect, it } from "vitest";
import { expectTensor, readCases } from "../reference/cases.ts";

interface Stored {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string)[];
}

interface CallCase {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly train: boolean;
  readonly state: Readonly<Record<string, Stored>>;
  readonly inputs: readonly Stored[];
  readonly call: Readonly<Record<string, Stored | boolean>>;
  readonly outputs: readonly Stored[];
  readonly cotangents: readonly Stored[];
  readonly inputGrads: readonly (Stored | null)[];
  readonly grads: Readonly<Record<string, Stored | null>>;
  readonly after: Readonly<Record<string, Stored>>;
}

const dtypes: Readonly<Record<string, "f64" | "i32" | "bool">> = {
  float64: "f64",
  int64: "i32",
  bool: "bool",
};

const read = ({ shape, dtype, data }: Stored): Tensor =>
  tensor(Float64Array.from(data, Number), { shape, dtype: dtypes[dtype] });

const renamed: Readonly<Record<string, string>> = {
  padding_idx: "paddingIndex",
  running_var: "runningVariance",
  num_batches_tracked: "batchesTracked",
};

const ours = (name: string): string =>
  renamed[name] ?? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const renameAll = <T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [ours(name), change(value)]));

type AnyLayer = Module<readonly unknown[], unknown>;

const layers: Readonly<Record<string, unknown>> = {
  BatchNorm1d,
  BatchNorm3d,
  Bilinear,
  Embedding,
  EmbeddingBag,
  GroupNorm,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
  LocalResponseNorm,
  MultiheadAttention,
  PReLU,
  Transformer,
  TransformerDecoderLayer,
  TransformerEncoderLayer,
};

function build({ name, options }: CallCase): AnyLayer {
  const Layer = layers[name] as new (options: unknown) => AnyLayer;
  const byName = (value: unknown): unknown => (value === "gelu" ? activationByName("gelu") : value);
  return new Layer({ ...renameAll(options, byName), dtype: "f64" });
}

it.each(readCases<CallCase>("layers.json"))(
  "$name $options, training: $train, agrees with PyTorch when called with $call",
  (example) => {
    const layer = build(example).train(example.train);
    const held = new Map(
      [...layer.namedParameters(), ...layer.namedBuffers()].map(({ path, tensor: found }) => [path, found]),
    );
    const find = (name: string): Tensor => held.get(ours(name)) ?? expect.fail(`no ${ours(name)}`);
    for (const [name, stored] of Object.entries(example.state)) find(name).assign(read(stored));

    const inputs = example.inputs.map((stored) =>
      stored.dtype === "float64" ? parameter(read(stored)) : read(stored),
    );
    const call = renameAll(example.call, (value) => (typeof value === "boolean" ? value : read(value)));
    const result = layer.call(...inputs, call);
    const outputs = (result instanceof Tensor ? [result] : Object.values(result as object)).filter(
      (output): output is Tensor => output !== null,
    );
    expect(outputs.length).toBe(example.outputs.length);
    for (const [k, expected] of example.outputs.entries()) expectTensor(outputs[k], numbers(expected));

    const total = outputs
      .map((output, k) => sum(mul(output, read(example.cotangents[k]))))
      .reduce((one, other) => add(one, other));
    const asked = [
      ...inputs.filter(({ requiresGrad }) => requiresGrad).map((x, k) => [x, example.inputGrads[k]] as const),
      ...Object.entries(example.grads).map(([name, expected]) => [find(name), expected] as const),
    ];
    const found = gradients(
      total,
      asked.map(([leaf]) => leaf),
    );
    for (const [k, [leaf, expected]] of asked.entries()) {
      if (expected === null) expect(found[k]).toBeNull();
      else expectTensor(found[k] ?? zeros(leaf.shape, "f64"), numbers(expected), 1e-7, 1e-9);
    }
    for (const [name, expected] of Object.entries(example.after)) expectTensor(find(name), numbers(expected));
  },
);

const numbers = ({ shape, data }: Stored): { shape: readonly number[]; data: number[] } => ({
  shape,
  data: data.map(Number),
});
