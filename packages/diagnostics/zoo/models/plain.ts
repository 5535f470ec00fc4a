import type { Generator } from "@isograd/autograd";
import { type Layer, Linear, Sequential, share } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import { headOf } from "./head.ts";
import { beginning, behind, lastLayer } from "./hidden.ts";

/** Products with weights, `depth` of them, and an activation behind each but the last. */
export function plainLayers(
  setting: Setting,
  generator: Generator,
  inputs: number,
  outputs: number,
): Layer[] {
  const { depth, width, preparation } = setting;
  const hidden = Array.from({ length: depth - 1 }, (_, k) => {
    const own = generator.fork(`${k}`);
    return new Linear({
      ...beginning(setting, own),
      inFeatures: k === 0 ? inputs : width,
      outFeatures: width,
    });
  });
  if (preparation === "shared") for (const layer of hidden.slice(2)) share(hidden[1], "weight", layer);
  if (preparation === "frozen") for (const layer of hidden.slice(0, Math.ceil(depth / 3))) layer.freeze();
  return [
    ...hidden.flatMap((layer, k) => [layer, ...behind(setting, width, generator.fork(`behind ${k}`))]),
    lastLayer(setting, generator.fork("last"), depth === 1 ? inputs : width, outputs),
  ];
}

/** A plain network. */
export const plain = (setting: Setting, generator: Generator, inputs: number, outputs: number): Sequential =>
  new Sequential([...plainLayers(setting, generator, inputs, outputs), ...headOf(setting)]);
