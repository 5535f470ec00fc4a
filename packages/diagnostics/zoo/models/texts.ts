import { type Generator, mean, type Tensor } from "@isograd/autograd";
import { Embedding, Lambda, normal, Sequential } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import { headOf } from "./head.ts";
import { plainLayers } from "./plain.ts";

/** Rows of a table of `words`, averaged over each text [batch, length], and a plain network on that. */
export function texts(setting: Setting, generator: Generator, words: number, outputs: number): Sequential {
  const { width, dtype } = setting;
  const table = new Embedding({
    numEmbeddings: setting.preparation === "spareRows" ? 10 * words : words,
    embeddingDim: width,
    weightInit: normal(),
    dtype,
    generator: generator.fork("table"),
  });
  const average = new Lambda((x: Tensor) => mean(x, { axis: 1 }));
  return new Sequential([
    table,
    average,
    ...plainLayers(setting, generator, width, outputs),
    ...headOf(setting),
  ]);
}
