import { Generator, type Tensor } from "@isograd/autograd";
import { mapRows, type RowBatches, rowBatches, type StreamBatches, streamBatches } from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of source) found.push(item);
  return found;
};
const numbers = (source: AsyncIterable<{ x: Tensor }>) =>
  collect(source).then((found) => found.map(({ x }) => x.toArray()));
const range = (count: number) => Array.from({ length: count }, (_, x) => ({ x }));

describe("rowBatches", () => {
  it("stacks the rows of arrays and datasets, with names and types of the rows", async () => {
    const data = rowBatches([
      { inputs: [1, 2], targets: 0 },
      { inputs: [3, 4], targets: 1 },
    ]);
    expectTypeOf(data).toExtend<AsyncIterable<{ readonly inputs: Tensor; readonly targets: Tensor }>>();
    expect([data.length, data.rows]).toEqual([1, 2]);
    const [{ inputs, targets }] = await collect(data);
    expect([inputs.toArray(), targets.toArray()]).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [0, 1],
    ]);
    expect(await numbers(rowBatches(range(5), { batchSize: 2 }))).toEqual([[0, 1], [2, 3], [4]]);
    expect(await numbers(rowBatches(range(5), { batchSize: 2, dropLast: true }))).toHaveLength(2);
  });

  it("reads the rows of a batch at the same time, and those of the next when it is asked for", async () => {
    let [open, most, asked] = [0, 0, 0];
    const row = async (x: number) => {
      asked++;
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
      return { x };
    };
    for await (const { x } of rowBatches({ length: 9, row }, { batchSize: 3 }))
      expect(asked).toBe(x.values()[2] + 1);
    expect(most).toBe(3);
  });

  it("shuffles, picks rows, and takes what a collate of one's own makes", async () => {
    const options = { batchSize: 4, shuffle: true, generator: new Generator(1) };
    const once = await numbers(rowBatches(range(4), options));
    expect(once).not.toEqual([[0, 1, 2, 3]]);
    expect(once.map((x) => (x as number[]).toSorted())).toEqual([[0, 1, 2, 3]]);
    const picked = rowBatches(range(4), { rows: [3, 0, 3], collate: async (rows) => rows.map(({ x }) => x) });
    expectTypeOf(picked).toEqualTypeOf<RowBatches<{ x: number }, number[]>>();
    expect(await collect(picked)).toEqual([[3, 0, 3]]);
  });

  it("hands on what reading throws, once", async () => {
    const row = async (index: number) => {
      if (index > 0) throw new Error(`no row ${index}`);
      return { x: index };
    };
    await expect(numbers(rowBatches({ length: 3, row }))).rejects.toThrow("no row 1");
  });

  it("refuses what has no rows", () => {
    expect(() => rowBatches([])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: rowBatches: expected at least one row, got 0]`,
    );
    expect(() => rowBatches({ length: 3 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: rowBatches: expected an array of rows, or { length, row(index) }, got Object]`,
    );
    expect(() => rowBatches(range(3), { rows: [0, 3] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: rowBatches: expected rows from 0 to 2, got 3]`,
    );
  });
});

describe("mapRows", () => {
  it("maps rows as they are read, promised or not", async () => {
    const doubled = mapRows(range(3), ({ x }, index) => ({ x: 2 * x + index }));
    expect([doubled.length, doubled.row(2)]).toEqual([3, { x: 6 }]);
    const late = mapRows({ length: 2, row: async (x: number) => x }, (x) => ({ x: x + 1 }));
    expect(await numbers(rowBatches(late))).toEqual([[1, 2]]);
    expect(() => mapRows({} as never, () => 0)).toThrow(/expected an array of rows/);
  });

  it("maps streams as they go by, anew in each pass", async () => {
    function* stream() {
      yield* range(3);
    }
    const mapped = mapRows(stream, async ({ x }, index) => ({ x: 10 * x + index }));
    expectTypeOf(mapped).toEqualTypeOf<() => AsyncIterable<{ x: number }>>();
    const data = streamBatches(mapped);
    expect([await numbers(data), await numbers(data)]).toEqual([[[0, 11, 22]], [[0, 11, 22]]]);
    expect(await numbers(streamBatches(mapRows(stream(), (row) => row)))).toEqual([[0, 1, 2]]);
  });
});

describe("streamBatches", () => {
  it("cuts iterables, async iterables, and what a function begins anew", async () => {
    async function* stream() {
      yield* range(5);
    }
    for (const source of [range(5), range(5).values(), stream(), stream])
      expect(await numbers(streamBatches(source, { batchSize: 2 }))).toEqual([[0, 1], [2, 3], [4]]);
    expect(await numbers(streamBatches(stream, { batchSize: 2, dropLast: true }))).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const again = streamBatches(stream, { batchSize: 5 });
    expectTypeOf(again).toEqualTypeOf<StreamBatches<{ x: number }, { readonly x: Tensor }>>();
    expect([...(await numbers(again)), ...(await numbers(again))]).toHaveLength(2);
  });

  it("shuffles within a buffer: each row once, none too early, anew in each pass", async () => {
    const size = 5;
    const data = streamBatches(range(40), {
      batchSize: 40,
      shuffleBuffer: size,
      generator: new Generator(2),
    });
    const [[first], [second]] = [await numbers(data), await numbers(data)] as number[][][];
    expect(first).not.toEqual(second);
    for (const order of [first, second]) {
      expect(order.toSorted((a, b) => a - b)).toEqual(range(40).map(({ x }) => x));
      expect(Math.max(...order.map((row, place) => row - place))).toBeLessThan(size);
      expect(Math.max(...order.map((row, place) => place - row))).toBeGreaterThan(size);
    }
  });

  it("is as random as a whole shuffle where the buffer holds all", async () => {
    const places = new Float64Array(16);
    const data = streamBatches(range(4), { batchSize: 4, shuffleBuffer: 9, generator: new Generator(3) });
    for (let pass = 0; pass < 800; pass++)
      for await (const { x } of data)
        for (const [place, row] of x.values().entries()) places[4 * row + place]++;
    // 200 expected, with a deviation of 12.
    for (const count of places) expect(Math.abs(count - 200)).toBeLessThan(60);
  });

  it("closes the stream of a pass that is left early", async () => {
    let closed = 0;
    function* stream() {
      try {
        yield* range(9);
      } finally {
        closed++;
      }
    }
    for await (const _ of streamBatches(stream, { batchSize: 2, shuffleBuffer: 3 })) break;
    expect(closed).toBe(1);
  });

  it("says so when the stream has become shorter than where it is put", async () => {
    const data = streamBatches(range(6), { batchSize: 2 });
    for await (const _ of data) if (data.state.batch === 3) break;
    const shorter = streamBatches(range(3), { batchSize: 2 });
    shorter.state = data.state;
    await expect(numbers(shorter)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: streamBatches: expected a stream of the 3 batches that were given before, got 2]`,
    );
  });

  it("refuses what is no stream, and buffers of nothing", async () => {
    await expect(numbers(streamBatches((() => 3) as never))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: streamBatches: expected an iterable of rows, or a function that gives one, got 3]`,
    );
    expect(() => streamBatches([], { shuffleBuffer: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: streamBatches: expected shuffleBuffer to be a whole number from 1 on, got 0]`,
    );
    expect(() => streamBatches([], { batchSize: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: streamBatches: expected a batchSize that is a positive integer, got 1.5]`,
    );
    expect(() => {
      streamBatches<{ x: number }>([], { batchSize: 2 }).state = streamBatches<{ x: number }>([]).state;
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: streamBatches.state: expected the state of a source whose batchSize is 2, got 32]`,
    );
  });
});
