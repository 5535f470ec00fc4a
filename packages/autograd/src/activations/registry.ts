import { ArgumentError } from "../errors.ts";
import type { Activation } from "./define.ts";
import { gelu, geluTanh, hardSwish, mish, silu, swish } from "./gated-linear.ts";
import { type Composite, geglu, glu, swiglu } from "./gates.ts";
import { celu, elu, leakyRelu, prelu, relu, relu6, selu, softplus, threshold } from "./rectified.ts";
import { hardshrink, softshrink, tanhshrink } from "./shrinking.ts";
import { hardSigmoid, hardtanh, logSigmoid, sigmoid, softsign, tanh } from "./sigmoidal.ts";
import { logSoftmax, softmax } from "./softmax.ts";

/**
 * The built-in activations by name.
 *
 * @example
 * activations.relu(tensor([-1, 2])); // [0, 2]
 * const lifting = Object.values(activations).filter(({ facts }) => !facts.isZeroAtOrigin);
 * lifting.map(({ name }) => name); // ["hardSigmoid", "logSigmoid", "sigmoid", "softplus"]
 */
export const activations = {
  celu,
  elu,
  gelu,
  geluTanh,
  hardSigmoid,
  hardSwish,
  hardshrink,
  hardtanh,
  leakyRelu,
  logSigmoid,
  mish,
  prelu,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softshrink,
  softsign,
  swish,
  tanh,
  tanhshrink,
  threshold,
} as const;

/**
 * The built-in functions of whole tensors that stand where an activation stands: normalised and gated ones.
 *
 * @example
 * Object.keys(compositeActivations); // ["geglu", "glu", "logSoftmax", "softmax", "swiglu"]
 */
export const compositeActivations = { geglu, glu, logSoftmax, softmax, swiglu } as const;

type AnyActivation = Activation<string, string>;

/** The names that configuration can use; users add theirs by declaration merging. */
export interface ActivationRegistry
  extends Record<keyof typeof activations | keyof typeof compositeActivations, unknown> {}

export type ActivationName = keyof ActivationRegistry;

const registered = /* @__PURE__ */ new Map<string, unknown>();

/**
 * Makes an activation known by its name, for configuration files.
 *
 * @throws ArgumentError if the name is taken
 * @example
 * declare module "@isograd/autograd" { interface ActivationRegistry { cube: unknown } }
 * const cube = registerActivation(defineActivation({ name: "cube", f: (x) => mul(x, square(x)) }));
 * activationByName("cube") === cube; // true
 */
export function registerActivation<T extends Composite | { readonly name: string; readonly op: unknown }>(
  activation: T,
): T {
  const { name } = activation;
  if (lookUp(name) !== undefined)
    throw new ArgumentError("registerActivation", "expected a name that is not taken", name);
  registered.set(name, activation);
  return activation;
}

function lookUp(name: string): unknown {
  if (registered.has(name)) return registered.get(name);
  if (Object.hasOwn(activations, name)) return activations[name as keyof typeof activations];
  if (Object.hasOwn(compositeActivations, name))
    return compositeActivations[name as keyof typeof compositeActivations];
  return undefined;
}

/**
 * The names of all activations, built in and registered.
 *
 * @example
 * activationNames().slice(0, 3); // ["celu", "elu", "geglu"]
 */
export function activationNames(): string[] {
  return [...Object.keys(activations), ...Object.keys(compositeActivations), ...registered.keys()].sort();
}

/**
 * The activation of that name.
 *
 * @throws ArgumentError, listing the names there are, if there is none
 * @example
 * activationByName("relu") === relu; // true
 * activationByName("rleu" as ActivationName); // throws ArgumentError
 */
export function activationByName(name: ActivationName): AnyActivation | Composite {
  const found = lookUp(name);
  if (found === undefined)
    throw new ArgumentError("activationByName", `expected one of ${activationNames().join(", ")}`, name);
  return found as AnyActivation | Composite;
}
