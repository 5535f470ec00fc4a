import { ArgumentError, type Tensor, withScope } from "@isograd/autograd";
import { Module } from "../module/module.ts";

/** A module, or any function of a tensor. */
export type Layer = Module | ((x: Tensor) => Tensor);

/** What a layer makes of `x`; a module knows its name, a function is told. */
export function applyLayer(layer: Layer, x: Tensor, name: string): Tensor {
  return layer instanceof Module ? layer.call(x) : withScope(name, () => layer(x));
}

export function checkLayer(operation: string, layer: unknown): void {
  if (!(layer instanceof Module) && typeof layer !== "function")
    throw new ArgumentError(operation, "expected a module or a function of a tensor", layer);
}

/**
 * Layers one after the other; their places are `layers.0`, `layers.1`, ...
 *
 * @see torch.nn.Sequential
 * @example
 * const layers = [new Linear({ inFeatures: 8, outFeatures: 16 }), relu, new Linear({ inFeatures: 16, outFeatures: 3 })];
 * new Sequential(layers).call(full([5, 8], 1)).shape; // [5, 3]
 */
export class Sequential extends Module {
  readonly layers: Layer[];

  constructor(layers: readonly Layer[]) {
    super();
    for (const layer of layers) checkLayer("Sequential", layer);
    this.layers = [...layers];
  }

  forward(x: Tensor): Tensor {
    let result = x;
    for (let k = 0; k < this.layers.length; k++) result = applyLayer(this.layers[k], result, `layers.${k}`);
    return result;
  }
}
