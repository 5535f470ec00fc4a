import { fromData, type Generator, type Tensor } from "@isograd/autograd";
import { batches, mapBatches } from "@isograd/nn";

export interface RandomWindowOptions {
  /** How many characters a window has. */
  readonly length: number;
  readonly batchSize: number;
  /** How many batches a pass has. */
  readonly steps: number;
  readonly generator: Generator;
}

/** Windows of a text at random places: `inputs` [batchSize, length], and as `targets` the character behind each one [batchSize · length]. */
export function randomWindows(
  text: Int32Array,
  { length, batchSize, steps, generator }: RandomWindowOptions,
) {
  const places = text.length - length;
  const rows = steps * batchSize;
  const anywhere = {
    length: rows,
    draw: (draws: Generator) => Int32Array.from({ length: rows }, () => draws.integer(places)),
  };
  const every = { begin: Int32Array.from({ length: places }, (_, place) => place) };
  const chosen = batches(every, { batchSize, rows: anywhere, generator: generator.fork("places") });
  return mapBatches(
    chosen,
    ({ begin }) => {
      const from = [...begin.values()];
      return { inputs: windowsAt(text, from, length), targets: behind(text, from, length) };
    },
    { generator: generator.fork("batches") },
  );
}

export interface SlidingWindowOptions {
  /** How many characters a window has, unless the text is shorter. */
  readonly length: number;
  /** By how many characters it moves on: of its last ones the next is asked for, so that each is told at least `length - step` others. */
  readonly step: number;
  readonly batchSize: number;
}

/** Windows [batch, length] of which the last positions count. */
export interface CountedWindows {
  readonly windows: Tensor;
  readonly last: number;
}

/** A window that slides over a text until each character but the first was asked for, once; `targets` [batch · last]. */
export function* slidingWindows(text: Int32Array, { length, step, batchSize }: SlidingWindowOptions) {
  const asked = text.length - 1;
  const batch = (begins: readonly number[], long: number, last: number) => ({
    inputs: { windows: windowsAt(text, begins, long), last },
    targets: behind(
      text,
      begins.map((begin) => begin + long - last),
      last,
    ),
  });
  const first = Math.min(length, asked);
  yield batch([0], first, first);
  const moves = Math.floor((asked - first) / step);
  for (let done = 0; done < moves; done += batchSize) {
    const count = Math.min(batchSize, moves - done);
    yield batch(
      Array.from({ length: count }, (_, k) => (done + k + 1) * step),
      length,
      step,
    );
  }
  const left = asked - first - moves * step;
  if (left > 0) yield batch([asked - length], length, left);
}

/** [begins, length] */
function windowsAt(text: Int32Array, begins: readonly number[], length: number): Tensor {
  const characters = new Int32Array(begins.length * length);
  for (const [k, begin] of begins.entries()) characters.set(text.subarray(begin, begin + length), k * length);
  return fromData(characters, [begins.length, length]);
}

/** What comes behind each character of windows, [begins · length]. */
function behind(text: Int32Array, begins: readonly number[], length: number): Tensor {
  const following = new Int32Array(begins.length * length);
  for (const [k, begin] of begins.entries())
    following.set(text.subarray(begin + 1, begin + 1 + length), k * length);
  return fromData(following, [following.length]);
}
