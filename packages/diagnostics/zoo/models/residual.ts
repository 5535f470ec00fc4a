import type { Generator } from "@isograd/autograd";
import { type Layer, LayerNorm, Linear, Residual, Sequential } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import { headOf } from "./head.ts";
import { beginning, behind, lastLayer } from "./hidden.ts";

/** `depth` blocks beside shortcuts, each of two products; with layer normalisation it stands in front of each block and behind them all. */
export function residual(
  setting: Setting,
  generator: Generator,
  inputs: number,
  outputs: number,
): Sequential {
  const { depth, width, dtype, normalisation, preparation } = setting;
  const linear = (name: string, inFeatures: number): Linear =>
    new Linear({ ...beginning(setting, generator.fork(name)), inFeatures, outFeatures: width });
  const norm = (): Layer[] =>
    normalisation === "layer" ? [new LayerNorm({ normalizedShape: width, dtype })] : [];
  const inner = { ...setting, normalisation: normalisation === "layer" ? ("none" as const) : normalisation };
  const blocks = Array.from({ length: depth }, (_, k) => {
    const layers = [
      ...norm(),
      linear(`${k} first`, width),
      ...behind(inner, width, generator.fork(`behind ${k}`)),
      linear(`${k} second`, width),
    ];
    return new Residual({ inner: new Sequential(layers) });
  });
  const stem = linear("stem", inputs);
  if (preparation === "frozen") stem.freeze();
  const last = lastLayer(setting, generator.fork("last"), width, outputs);
  return new Sequential([stem, ...blocks, ...norm(), last, ...headOf(setting)]);
}
