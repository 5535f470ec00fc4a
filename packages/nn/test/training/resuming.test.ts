import {
  type CheckpointTimes,
  captureCheckpoint,
  encodeSafetensors,
  fit,
  type History,
  type Optimizer,
  type SAM,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Choices, makeRun, memoryStore, optimizerNames } from "./runs.ts";

/** What a program that is killed does not come to: it ends within a callback. */
class Killed extends Error {}

/** Where a run is, to the last bit: everything that belongs to it. */
function bytesOf({ model, optimizer, average, data }: ReturnType<typeof makeRun>): Uint8Array {
  const { tensors, metadata } = captureCheckpoint({
    model,
    optimizer: optimizer as Optimizer | SAM,
    average,
    data,
  });
  return encodeSafetensors(tensors, metadata);
}

interface Outcome {
  readonly history: History<"error">;
  readonly bytes: Uint8Array;
}

async function undisturbed(choices: Choices): Promise<Outcome> {
  const run = makeRun(choices);
  const history = await fit(run.options);
  return { history, bytes: bytesOf(run) };
}

/** What becomes of a run before it comes to its end. */
interface Fate {
  /** Ended by its signal, which leaves a checkpoint, or killed. */
  readonly aborts: boolean;
  /** After how many callbacks, of steps and of epochs, each time that the program is started. */
  readonly lives: readonly number[];
  readonly times: CheckpointTimes;
}

/** Starts the program until it comes to its end. */
async function killed(choices: Choices, { aborts, lives, times }: Fate): Promise<Outcome> {
  const store = memoryStore(times);
  for (const life of [...lives, Number.POSITIVE_INFINITY]) {
    const run = makeRun(choices);
    const controller = new AbortController();
    let calls = 0;
    const mayKill = () => {
      if (++calls <= life) return;
      if (!aborts) throw new Killed();
      controller.abort(new Killed());
    };
    const { onStep, onEpoch, ...rest } = run.options;
    const list = <T>(first: T | readonly T[] | undefined, last: T): T[] =>
      [...[first ?? []].flat(), last] as T[];
    try {
      const history = await fit({
        ...rest,
        onStep: list(onStep as () => unknown, mayKill),
        onEpoch: list(onEpoch as () => unknown, mayKill),
        checkpoints: store,
        signal: controller.signal,
      });
      return { history, bytes: bytesOf(run) };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
  throw new Error("unreachable");
}

const cases = fc.record({
  choices: fc.record({
    dtype: fc.constantFrom("f32", "f64"),
    schedule: fc.constantFrom("none", "steps", "plateau"),
    source: fc.constantFrom("batches", "array", "stream", "prefetched"),
    shuffle: fc.boolean(),
    validation: fc.constantFrom("none", "own", "same"),
    stopping: fc.boolean(),
    accumulate: fc.integer({ min: 1, max: 3 }),
  }),
  aborts: fc.boolean(),
  lives: fc.array(fc.nat(8), { minLength: 1, maxLength: 3 }),
  times: fc.record({
    everySteps: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    everyEpochs: fc.integer({ min: 0, max: 2 }),
  }),
});

describe("a run that is killed again and again comes to the same end bit for bit", () => {
  // One of the many cases for each optimizer, another for each.
  const count = Number(process.env.FC_RUNS ?? 1) * optimizerNames.length;
  const drawn = fc.sample(cases, { numRuns: count });
  it.each(drawn.map((one, k) => [optimizerNames[k % optimizerNames.length], one] as const))(
    "with %s, %j",
    async (optimizer, { choices, ...fate }) => {
      const run = { optimizer, ...choices };
      expect(await killed(run, fate)).toEqual(await undisturbed(run));
    },
  );
});
