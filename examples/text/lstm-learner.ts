import { type Generator, tensor } from "@isograd/autograd";
import { evaluate } from "@isograd/nn";
import type { Book } from "./book.ts";
import { type Learner, metrics } from "./learner.ts";
import { CharacterLstm, ReadOn } from "./lstm.ts";
import type { LstmPlan } from "./plan.ts";
import { streamBatches } from "./streams.ts";

export function lstmLearner({ alphabet, training }: Book, pace: LstmPlan, generator: Generator): Learner {
  const { streams, time } = pace;
  const lstm = new CharacterLstm({ ...pace, alphabet: alphabet.size }, generator.fork("weights"));
  const model = new ReadOn(lstm, streams);
  return {
    name: "LSTM",
    pace,
    model,
    data: streamBatches(training, { streams, time }),
    restart: () => model.restart(),
    nats: async (text, signal) => {
      const data = streamBatches(text, { time });
      return (await evaluate(new ReadOn(lstm, 1), data, metrics, { signal })).nats;
    },
    voice: () => {
      const reader = new ReadOn(lstm, 1).eval();
      return (character) => reader.call(tensor([[character]], { dtype: "i32" }));
    },
  };
}
