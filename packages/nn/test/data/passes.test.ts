import { Generator } from "@isograd/autograd";
import { type Batches, batches, packState, rowBatches, unpackState } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const numbers = (count: number) => Float32Array.from({ length: count }, (_, row) => row);

type Rows = Batches<{ row: Float32Array }>;

/** The rows of the next `count` batches, over as many passes as it takes, from the beginning of a pass or its rest. */
function read(data: Rows, count: number): number[][] {
  const found: number[][] = [];
  while (found.length < count) {
    for (const { row } of data) {
      found.push([...row.values()]);
      if (found.length === count) break;
    }
  }
  return found;
}

describe("the state of batches", () => {
  it("goes on anywhere as if nothing had been between", () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 1, max: 20 }),
          batchSize: fc.integer({ min: 1, max: 5 }),
          shuffle: fc.boolean(),
          dropLast: fc.boolean(),
          before: fc.integer({ min: 0, max: 30 }),
          foreign: fc.integer({ min: 0, max: 3 }),
        }),
        ({ count, before, foreign, ...options }) => {
          fc.pre(!options.dropLast || count >= options.batchSize);
          // The generator serves others too: its draws go on where they were.
          const make = () => {
            const generator = new Generator(count);
            return { generator, data: batches({ row: numbers(count) }, { ...options, generator }) };
          };
          const undisturbed = make();
          read(undisturbed.data, before);
          for (let k = 0; k < foreign; k++) undisturbed.generator.uniform();
          const { state } = undisturbed.data;
          const packed = packState(state);
          undisturbed.data.state = state;
          const resumed = make();
          resumed.data.state = unpackState(packed) as typeof state;
          expect(resumed.data.state).toEqual(state);
          expect(read(resumed.data, 25)).toEqual(read(undisturbed.data, 25));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is what an undisturbed run reads from there", () => {
    const make = () =>
      batches({ row: numbers(7) }, { batchSize: 3, shuffle: true, generator: new Generator(1) });
    const whole = read(make(), 12);
    for (let k = 0; k <= 9; k++) {
      const [first, second] = [make(), make()];
      let given = 0;
      let state = first.state;
      while (given < k) {
        for (const _ of first) {
          given++;
          state = first.state;
          if (given === k) break;
        }
      }
      second.state = state;
      expect(read(second, 12 - k)).toEqual(whole.slice(k));
    }
  });

  it("is behind the last batch until another one is asked for: then nothing is left of the pass", () => {
    const data = batches({ row: numbers(4) }, { batchSize: 2, shuffle: true, generator: new Generator(1) });
    const states = [data.state];
    for (const _ of data) states.push(data.state);
    states.push(data.state);
    expect(states.map(({ batch, order }) => [batch, order === null])).toEqual([
      [0, true],
      [1, false],
      [2, false],
      [0, true],
    ]);
    data.state = states[2];
    expect([...data]).toEqual([]);
    expect(data.state).toEqual(states[3]);
    expect([...data]).toHaveLength(2);
  });

  it("begins anew behind a pass that was left early", () => {
    const data = batches({ row: numbers(4) }, { batchSize: 2 });
    for (const _ of data) break;
    expect(data.state.batch).toBe(1);
    expect(read(data, 1)).toEqual([[0, 1]]);
    // Also where that pass was the rest of another.
    const { state } = data;
    data.state = state;
    for (const _ of data) break;
    expect(data.state.batch).toBe(2);
    expect([...data]).toHaveLength(2);
  });

  it("is at the beginning of a pass that was begun, while its first batch is on its way", async () => {
    const rows = [{ row: 0 }, { row: 1 }, { row: 2 }];
    const make = () => rowBatches(rows, { batchSize: 1, shuffle: true, generator: new Generator(1) });
    const [data, again] = [make(), make()];
    for await (const _ of data) break;
    const second = data[Symbol.asyncIterator]();
    const first = second.next();
    again.state = data.state;
    expect(data.state.batch).toBe(0);
    for await (const { row } of again) {
      expect(row.toArray()).toEqual((await first).value?.row.toArray());
      break;
    }
  });

  it("refuses that of other batches, and stays where it is", () => {
    const make = (count: number, shuffle: boolean) =>
      batches({ row: numbers(count) }, { batchSize: 2, shuffle, generator: new Generator(1) });
    const data = make(4, true);
    const before = data.state;
    expect(() => {
      data.state = make(5, true).state;
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches.state: expected the state of a source whose rows is 4, got 5]`,
    );
    expect(() => {
      data.state = make(4, false).state;
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches.state: expected the state of a source that draws from a generator, got null]`,
    );
    expect(() => {
      data.state = { ...before, batch: -1 };
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: batches.state: expected a batch that is a whole number from 0 on, got -1]`,
    );
    expect(() => {
      data.state = { ...before, generator: { seed: "1", words: [0, 0, 0, 0] } };
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Generator.state: expected four 32-bit words, not all 0, got [0, 0, 0, 0]]`,
    );
    expect(data.state).toEqual(before);
  });
});
