import { ArgumentError, full, parameter, reshape, ShapeError, type Tensor } from "@isograd/autograd";
import { constant } from "../initializers/constant.ts";
import type { Initial } from "../module/initial.ts";
import { Module } from "../module/module.ts";
import { checkExtent } from "./extent.ts";

/** An activation, a gate or normalisation that stands where one does, or any function of a tensor. */
export interface ActivationFunction {
  (x: Tensor, ...parameters: never[]): Tensor;
  readonly name: string;
  /** Learnable numbers with their initial values, passed behind x in this order. */
  readonly parameters?: Readonly<Record<string, number>>;
}

export interface ActivationLayerOptions {
  /** In place of the activation's own initial values of what it learns. */
  readonly initial?: Readonly<Record<string, number>>;
  /** Learn a number for each of so many channels (axis 1) instead of one for all. */
  readonly channels?: number;
  /** Of what is learnt; default `f32`. */
  readonly dtype?: "f32" | "f64";
}

/**
 * An activation as a layer, with tensors for what it learns; `activation` can be replaced at any time.
 *
 * @throws ArgumentError if `initial` names a number that the activation does not learn
 * @see torch.nn.PReLU
 * @example
 * const layer = new ActivationLayer(prelu, { channels: 64 });
 * layer.coefficients.slope.shape; // [64]
 * layer.activation = tanh;
 * layer.call(tensor([[0, 1]])); // [[0, 0.7616]]
 */
export class ActivationLayer extends Module {
  /** What the activation learns, by name: scalars, or one number a channel. */
  coefficients: Readonly<Record<string, Tensor>> = {};
  readonly options: ActivationLayerOptions;
  // A function, so no walk over the module's state looks into it.
  private function: ActivationFunction;

  constructor(activation: ActivationFunction, options: ActivationLayerOptions = {}) {
    super();
    if (options.channels !== undefined) checkExtent("ActivationLayer", "channels", options.channels);
    const unknown = Object.keys(options.initial ?? {}).find(
      (name) => !(name in (activation.parameters ?? {})),
    );
    if (unknown !== undefined)
      throw new ArgumentError(
        "ActivationLayer",
        `expected initial values of what ${activation.name} learns`,
        unknown,
      );
    this.options = options;
    this.function = activation;
    this.activation = activation;
  }

  get activation(): ActivationFunction {
    return this.function;
  }

  set activation(activation: ActivationFunction) {
    if (typeof activation !== "function")
      throw new ArgumentError("ActivationLayer", "expected an activation", activation);
    const { channels, dtype, initial } = this.options;
    this.function = activation;
    this.coefficients = Object.fromEntries(
      Object.entries(activation.parameters ?? {}).map(([name, value]) => [
        name,
        parameter(full(channels === undefined ? [] : [channels], initial?.[name] ?? value, dtype)),
      ]),
    );
  }

  forward(x: Tensor): Tensor {
    const parameters = Object.values(this.coefficients).map((coefficient) => alongChannels(coefficient, x));
    return this.function(x, ...(parameters as never[]));
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { initial } = this.options;
    const begin = ([name, value]: [string, number]): [string, Initial] => {
      const { shape, dtype } = this.coefficients[name];
      return [
        `coefficients.${name}`,
        {
          role: "fixed",
          shape,
          dtype: dtype as "f32" | "f64",
          initializer: constant(initial?.[name] ?? value),
        },
      ];
    };
    return Object.fromEntries(Object.entries(this.function.parameters ?? {}).map(begin));
  }
}

/** One number a channel, ready to broadcast over axis 1. */
function alongChannels(coefficient: Tensor, x: Tensor): Tensor {
  if (coefficient.rank === 0) return coefficient;
  const [channels] = coefficient.shape;
  if (x.shape[1] !== channels)
    throw new ShapeError(
      "activation",
      [x.shape, coefficient.shape],
      "expected as many channels (axis 1) as coefficients",
    );
  return reshape(
    coefficient,
    x.shape.slice(1).map((_, axis) => (axis === 0 ? channels : 1)),
  );
}
