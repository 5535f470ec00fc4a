import { backward, linspace, mul, parameter, reshape, sum } from "@isograd/autograd";
import * as nn from "@isograd/nn";
import { expect, it } from "vitest";
import { expectTensor, type Packed, readCases, unpack } from "../reference/cases.ts";

interface SpatialCase {
  readonly name: keyof typeof builders;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, Packed>>;
  readonly input: Packed;
  readonly output: Packed;
  readonly inputGrad: Packed;
  readonly grads: Readonly<Record<string, Packed>>;
}

const builders = {
  Conv1d: nn.Conv1d,
  Conv2d: nn.Conv2d,
  Conv3d: nn.Conv3d,
  ConvTranspose1d: nn.ConvTranspose1d,
  ConvTranspose2d: nn.ConvTranspose2d,
  ConvTranspose3d: nn.ConvTranspose3d,
  AvgPool2d: nn.AvgPool2d,
  AvgPool3d: nn.AvgPool3d,
  MaxPool1d: nn.MaxPool1d,
  MaxPool3d: nn.MaxPool3d,
  LPPool2d: nn.LPPool2d,
  AdaptiveAvgPool2d: nn.AdaptiveAvgPool2d,
  AdaptiveMaxPool1d: nn.AdaptiveMaxPool1d,
} as const;

const camelCase = (name: string): string => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

it.each(readCases<SpatialCase>("spatial.json"))("$name $options agrees with PyTorch", (example) => {
  const options = Object.entries(example.options).map(([name, value]) => [camelCase(name), value]);
  const Layer = builders[example.name] as new (options: unknown) => nn.Module;
  const layer = new Layer({ ...Object.fromEntries(options), dtype: "f64" });
  const held = new Map(layer.namedParameters().map(({ path, tensor }) => [path, tensor]));
  expect([...held.keys()]).toEqual(Object.keys(example.parameters));
  for (const [name, packed] of Object.entries(example.parameters)) {
    expect(held.get(name)?.shape).toEqual(packed.shape);
    held.get(name)?.assign(unpack(packed));
  }
  const x = parameter(unpack(example.input));
  const output = layer.call(x);
  expectTensor(output, example.output);
  const weights = reshape(linspace(1, 2, output.size, "f64"), output.shape);
  backward(sum(mul(output, weights)));
  expectTensor(x.grad, example.inputGrad, 1e-7, 1e-9);
  for (const [name, packed] of Object.entries(example.grads))
    expectTensor(held.get(name)?.grad ?? null, packed, 1e-7, 1e-9);
});
