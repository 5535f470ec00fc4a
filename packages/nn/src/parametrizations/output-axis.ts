import { ArgumentError } from "@isograd/autograd";
import type { AnyModule } from "../module/module.ts";

/** The axis of a layer's tensor that counts its outputs, as the layer says; null if there is none, 0 if it does not say. */
export function weightAxisOf(layer: AnyModule, name: string): number | null {
  return name === "weight" && "weightAxis" in layer ? (layer.weightAxis as number | null) : 0;
}

/** @throws ArgumentError if there is none */
export function outputAxisOf(operation: string, layer: AnyModule, name: string): number {
  const axis = weightAxisOf(layer, name);
  if (axis !== null) return axis;
  const rule = "expected an axis to be named, as no slice of this layer's weight belongs to one output";
  throw new ArgumentError(operation, rule, layer.constructor.name);
}
