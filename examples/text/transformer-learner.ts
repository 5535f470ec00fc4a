import { fromData, type Generator } from "@isograd/autograd";
import { evaluate } from "@isograd/nn";
import type { Book } from "./book.ts";
import { type Learner, metrics } from "./learner.ts";
import type { TransformerPlan } from "./plan.ts";
import { CharacterTransformer } from "./transformer.ts";
import { type CountedWindows, randomWindows, slidingWindows } from "./windows.ts";

export function transformerLearner(
  { alphabet, training }: Book,
  pace: TransformerPlan,
  generator: Generator,
): Learner {
  const { length } = pace;
  const model = new CharacterTransformer({ ...pace, alphabet: alphabet.size }, generator.fork("weights"));
  return {
    name: "transformer",
    pace,
    model,
    data: randomWindows(training, { ...pace, generator: generator.fork("windows") }),
    nats: async (text, signal) => {
      model.eval();
      const windows = slidingWindows(text, { length, step: length / 2, batchSize: 16 });
      const read = ({ windows, last }: CountedWindows) => model.call(windows, last);
      return (await evaluate(read, windows, metrics, { signal })).nats;
    },
    voice: () => {
      model.eval();
      const seen: number[] = [];
      return (character) => {
        seen.push(character);
        const window = Int32Array.from(seen.slice(-length));
        return model.call(fromData(window, [1, window.length]), 1);
      };
    },
  };
}
