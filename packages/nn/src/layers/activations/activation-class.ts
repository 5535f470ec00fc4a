import { type Activation, ArgumentError, type Tensor } from "@isograd/autograd";
import { Module } from "../../module/module.ts";
import { ActivationLayer } from "../activation-layer.ts";

/** A class of layers that apply one activation, made with its fixed numbers. */
export type ActivationClass<O extends string = never> = new (
  options?: Partial<Readonly<Record<O, number>>>,
) => ActivationLayer;

/**
 * Makes a class of layers of an activation; its instances take the activation's options, with their defaults.
 *
 * @throws ArgumentError when a layer is made with an option that the activation does not have
 * @__NO_SIDE_EFFECTS__
 * @example
 * const squareplus = defineActivation({ name: "squareplus", f: (x) => mul(0.5, add(x, sqrt(add(square(x), 4)))) });
 * const Squareplus = activationClass("Squareplus", squareplus);
 * new Squareplus().call(tensor([0, 1.5])); // [1, 2]
 */
export function activationClass<O extends string = never>(
  name: string,
  activation: Activation<never, O>,
): ActivationClass<O> {
  class Layer extends ActivationLayer {
    constructor(options: Partial<Readonly<Record<O, number>>> = {}) {
      const known = Object.keys(activation.options);
      const wrong = Object.entries(options).find(
        ([key, value]) => !known.includes(key) || typeof value !== "number",
      );
      if (wrong !== undefined)
        throw new ArgumentError(
          name,
          known.length === 0 ? "expected no options" : `expected numbers as ${known.join(" and ")}`,
          wrong,
        );
      super(Object.keys(options).length === 0 ? activation : activation.with(options));
    }
  }
  return Object.defineProperty(Layer, "name", { value: name });
}

export interface AxisOptions {
  /** Default -1, the last. */
  readonly axis?: number;
}

/** A layer that applies a function along one axis. */
export abstract class AlongAxis extends Module {
  readonly axis: number;

  constructor({ axis = -1 }: AxisOptions = {}) {
    super();
    this.axis = axis;
  }

  abstract override forward(x: Tensor): Tensor;
}

/**
 * Makes a class of layers of a function along an axis, a softmax or a gate.
 *
 * @__NO_SIDE_EFFECTS__
 * @example
 * const ToUnitLength = axisClass("ToUnitLength", (x, axis) => div(x, norm(x, { axis, keepDims: true })));
 * new ToUnitLength().call(tensor([3, 4])); // [0.6, 0.8]
 */
export function axisClass(
  name: string,
  along: (x: Tensor, axis: number) => Tensor,
): new (
  options?: AxisOptions,
) => AlongAxis {
  class Layer extends AlongAxis {
    forward(x: Tensor): Tensor {
      return along(x, this.axis);
    }
  }
  return Object.defineProperty(Layer, "name", { value: name });
}
