import { add, gradients, mul, parameter, sum, type Tensor, zeros } from "@isograd/autograd";
import {
  type AnyModule,
  Bilinear,
  fromPyTorchNames,
  Linear,
  loadStateDict,
  PReLU,
  pyTorchNames,
} from "@isograd/nn";
import { readTensor, type StoredTensor } from "../case.ts";
import { difference, resultsOf, type Tolerance, tolerances } from "../compare.ts";
import { attention } from "./attention.ts";
import { type Check, type ModuleCase, offered } from "./case.ts";
import { embedding } from "./embedding.ts";
import { like, type ModuleEntry } from "./module-entry.ts";
import { normalization } from "./normalization.ts";
import { renamedOptions } from "./options.ts";
import { parametrized } from "./parametrized.ts";
import { pointwise } from "./pointwise.ts";
import { recurrent } from "./recurrent.ts";
import { spatial } from "./spatial.ts";

/** PyTorch's modules and ours. */
const modules: Readonly<Record<string, ModuleEntry>> = {
  Linear: like(Linear),
  PReLU: like(PReLU),
  Bilinear: like(Bilinear),
  ...parametrized,
  ...attention,
  ...normalization,
  ...embedding,
  ...recurrent,
  ...spatial,
  ...pointwise,
};

export const checkModule: Check<ModuleCase> = (entry) => {
  const mapped = offered(modules, entry.name);
  const module = mapped.make({ ...renamedOptions(entry.options, mapped.options), dtype: "f64" });
  module.train(entry.train);
  const find = finder(module);
  const state = Object.entries(entry.state).map(([name, stored]) => [name, readTensor(stored)]);
  loadStateDict(module, fromPyTorchNames(module, Object.fromEntries(state)));
  const inputs = entry.inputs.map((stored) => {
    const value = readTensor(stored);
    return value.dtype === "f64" ? parameter(value) : value;
  });
  const call =
    mapped.call ?? ((called: { call(...inputs: readonly Tensor[]): unknown }, all) => called.call(...all));
  const result = call(module as never, inputs);
  const outputs = resultsOf(mapped.outputs?.(result as never) ?? result);
  if (outputs.length !== entry.outputs.length)
    return `${outputs.length} results, expected ${entry.outputs.length}`;
  return (
    firstDifference(outputs, entry.outputs, "result", tolerances.value) ??
    wrongGradients(entry, inputs, outputs, find) ??
    firstDifference(
      Object.keys(entry.state_after).map(find),
      Object.values(entry.state_after),
      "buffer",
      tolerances.value,
    )
  );
};

/** Finds our tensor by PyTorch's name. */
function finder(module: AnyModule): (name: string) => Tensor {
  const tensors = new Map(
    [...module.namedParameters(), ...module.namedBuffers()].map(({ path, tensor }) => [path, tensor]),
  );
  const held = new Map(
    Object.entries(pyTorchNames(module)).map(([path, [name]]) => [name, tensors.get(path) as Tensor]),
  );
  return (name) => {
    const tensor = held.get(name);
    if (tensor === undefined) throw new Error(`no ${name} among ${[...held.keys()].join(", ")}`);
    return tensor;
  };
}

function wrongGradients(
  { cotangents, input_grads, param_grads }: ModuleCase,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  find: (name: string) => Tensor,
): string | null {
  const total = outputs
    .map((output, k) => sum(mul(output, readTensor(cotangents[k]))))
    .reduce((sofar, next) => add(sofar, next));
  const learnt = Object.entries(param_grads).map(([name, expected]) => ({ tensor: find(name), expected }));
  const asked = inputs.map((tensor, k) => ({ tensor, expected: input_grads[k] })).concat(learnt);
  const leaves = asked.filter(({ tensor }) => tensor.requiresGrad);
  const found = gradients(
    total,
    leaves.map(({ tensor }) => tensor),
  );
  return firstDifference(
    leaves.map(({ tensor }, k) => found[k] ?? zeros(tensor.shape, tensor.dtype)),
    leaves.map(({ expected }) => expected),
    "gradient",
    tolerances.gradient,
  );
}

function firstDifference(
  received: readonly Tensor[],
  expected: readonly (StoredTensor | null)[],
  what: string,
  tolerance: Tolerance,
): string | null {
  for (const [k, value] of received.entries()) {
    const aim = expected[k];
    // A single number has no axis here where PyTorch gives it one of extent 1.
    const fitting =
      aim !== null && value.rank === 0 && aim.shape.join() === "1" ? { ...aim, shape: [] } : aim;
    const wrong = difference(value, fitting, tolerance);
    if (wrong !== null) return `${what} ${k}: ${wrong}`;
  }
  return null;
}
