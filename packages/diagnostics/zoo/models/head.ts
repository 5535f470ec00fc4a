import { relu, sigmoid } from "@isograd/autograd";
import { ActivationLayer, type Layer, Softmax } from "@isograd/nn";
import type { Setting } from "../setting.ts";

/** What stands between the last layer and the loss. */
export function headOf({ head }: Setting): Layer[] {
  if (head === "none") return [];
  return [head === "softmax" ? new Softmax() : new ActivationLayer(head === "sigmoid" ? sigmoid : relu)];
}
