import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { streamBatches } from "../../text/streams.ts";
import { randomWindows, slidingWindows } from "../../text/windows.ts";

const text = Int32Array.from({ length: 24 }, (_, k) => 100 + k);

describe("streams", () => {
  it("are read side by side, each followed by itself", async () => {
    const found = [];
    for await (const { inputs, targets } of streamBatches(text, { streams: 2, time: 4 }))
      found.push([inputs.toArray(), [...targets.values()]]);
    expect(found).toEqual([
      [
        [
          [100, 111],
          [101, 112],
          [102, 113],
          [103, 114],
        ],
        [101, 112, 102, 113, 103, 114, 104, 115],
      ],
      [
        [
          [104, 115],
          [105, 116],
          [106, 117],
          [107, 118],
        ],
        [105, 116, 106, 117, 107, 118, 108, 119],
      ],
      [
        [
          [108, 119],
          [109, 120],
          [110, 121],
        ],
        [109, 120, 110, 121, 111, 122],
      ],
    ]);
  });
});

describe("windows", () => {
  it("at random places hold pieces of the text, others in each pass, the same again from a state", async () => {
    const make = () =>
      randomWindows(text, { length: 5, batchSize: 3, steps: 4, generator: new Generator(1) });
    const read = async (source: ReturnType<typeof make>): Promise<number[][]> => {
      const found: number[][] = [];
      for await (const { inputs, targets } of source) {
        expect(inputs.shape).toEqual([3, 5]);
        expect([...targets.values()]).toEqual([...inputs.values()].map((character) => character + 1));
        found.push([...inputs.values()]);
      }
      return found;
    };
    const source = make();
    const first = await read(source);
    const { state } = source;
    const second = await read(source);
    expect([first.length, second.length]).toEqual([4, 4]);
    expect(second).not.toEqual(first);
    const again = make();
    again.state = state;
    expect(await read(again)).toEqual(second);
  });

  it.each([
    [5, 2, 3],
    [6, 3, 2],
    [30, 4, 2],
    [8, 5, 1],
  ])("of %i that slide by %i ask for each character but the first, once", (length, step, batchSize) => {
    const asked: number[] = [];
    for (const { inputs, targets } of slidingWindows(text, { length, step, batchSize })) {
      const { windows, last } = inputs;
      const [batch, long] = windows.shape;
      const values = [...targets.values()];
      expect(values.length).toBe(batch * last);
      const seen = windows.toArray() as number[][];
      seen.forEach((window, row) => {
        const own = values.slice(row * last, (row + 1) * last);
        expect(own).toEqual(window.slice(long - last).map((character) => character + 1));
      });
      asked.push(...values);
    }
    expect(asked).toEqual([...text.subarray(1)]);
  });
});
