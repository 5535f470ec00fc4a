import { backward, fromData, parameter, prelu, type Tensor } from "@isograd/autograd";
import {
  ActivationLayer,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  LayerNorm,
  Linear,
  MaxPool2d,
  type Module,
  weightNorm,
} from "@isograd/nn";
import { expect, it } from "vitest";
import { expectTensor, type Packed, readCases, unpack } from "../reference/cases.ts";

interface ModuleCase {
  readonly name: string;
  readonly options: Readonly<Record<string, never>>;
  readonly train: boolean;
  readonly state: Readonly<Record<string, Packed>>;
  readonly input: Packed;
  readonly output: Packed;
  readonly cotangent: Packed;
  readonly inputGrad: Packed;
  readonly grads: Readonly<Record<string, Packed>>;
  readonly after: Readonly<Record<string, Packed>>;
}

type Options = ConstructorParameters<typeof Linear>[0] &
  ConstructorParameters<typeof Conv2d>[0] &
  ConstructorParameters<typeof MaxPool2d>[0] &
  ConstructorParameters<typeof LayerNorm>[0] &
  ConstructorParameters<typeof BatchNorm1d>[0] & { readonly channels: number; readonly axis: number | null };

const builders: Readonly<Record<string, (options: Options) => Module>> = {
  Linear: (options) => new Linear(options),
  Conv2d: (options) => new Conv2d(options),
  MaxPool2d: (options) => new MaxPool2d(options),
  LayerNorm: (options) => new LayerNorm(options),
  BatchNorm1d: (options) => new BatchNorm1d(options),
  BatchNorm2d: (options) => new BatchNorm2d(options),
  PReLU: (options) => new ActivationLayer(prelu, options),
  "weightNorm(Linear)": (options) => weightNorm(new Linear(options), { axis: options.axis }),
  "weightNorm(Conv2d)": (options) => weightNorm(new Conv2d(options), { axis: options.axis }),
};

/** What PyTorch calls otherwise. */
const names: Readonly<Record<string, string>> = {
  running_mean: "runningMean",
  running_var: "runningVariance",
  num_batches_tracked: "batchesTracked",
  weight_g: "parametrizations.weight.g",
  weight_v: "parametrizations.weight.v",
};

it.each(readCases<ModuleCase>("modules.json"))(
  "$name $options, training: $train, agrees with PyTorch",
  (example) => {
    const options = { ...example.options, dtype: "f64" } as unknown as Options;
    const layer = builders[example.name](options).train(example.train);
    const held = new Map(
      [...layer.namedParameters(), ...layer.namedBuffers()].map(({ path, tensor }) => [path, tensor]),
    );
    const find = (name: string): Tensor => {
      const path = example.name === "PReLU" ? "coefficients.slope" : (names[name] ?? name);
      return held.get(path) ?? expect.fail(`no ${path}`);
    };
    for (const [name, packed] of Object.entries(example.state)) {
      const tensor = find(name);
      // A PReLU with one slope has an axis of extent 1 there, none here.
      tensor.assign(fromData(unpack(packed, tensor.dtype === "i32").data, tensor.shape));
    }
    const x = parameter(unpack(example.input));
    const output = layer.call(x);
    expectTensor(output, example.output);
    backward(output, { cotangent: unpack(example.cotangent) });
    expectTensor(x.grad, example.inputGrad, 1e-7, 1e-9);
    for (const [name, packed] of Object.entries(example.grads)) {
      const { grad, shape } = find(name);
      expectTensor(grad, { ...packed, shape }, 1e-7, 1e-9);
    }
    for (const [name, packed] of Object.entries(example.after)) expectTensor(find(name), packed);
  },
);
