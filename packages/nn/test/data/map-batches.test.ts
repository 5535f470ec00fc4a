import { Generator } from "@isograd/autograd";
import { batches, mapBatches, prefetch, type Source, setSeed } from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";

const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of source) found.push(item);
  return found;
};
/** A number drawn for each of three batches. */
const drawn = (source: Source<number>, generator?: Generator) =>
  mapBatches(source, (_, draws) => draws.uniform(), { generator });

describe("mapBatches", () => {
  it("does something to each batch, awaited, with the types of what comes of it", async () => {
    const data = mapBatches(batches({ x: Float32Array.of(1, 2, 3) }, { batchSize: 2 }), async ({ x }) => ({
      doubled: [...x.values()].map((value) => 2 * value),
    }));
    expectTypeOf(data).toExtend<AsyncIterable<{ doubled: number[] }>>();
    expect([data.length, await collect(data)]).toEqual([2, [{ doubled: [2, 4] }, { doubled: [6] }]]);
  });

  it("draws other numbers for each batch and each pass, the same from the same generator", async () => {
    const data = drawn([1, 2, 3], new Generator(1));
    const numbers = [...(await collect(data)), ...(await collect(data))];
    expect(new Set(numbers).size).toBe(6);
    expect(await collect(drawn([1, 2, 3], new Generator(1)))).toEqual(numbers.slice(0, 3));
    setSeed(4);
    const byDefault = await collect(drawn([1]));
    setSeed(4);
    expect(await collect(drawn([1]))).toEqual(byDefault);
    setSeed(0);
  });

  it("passes over what was seen of a source without a state", async () => {
    const whole = await collect(drawn([1, 2, 3], new Generator(1)));
    const [stopped, resumed] = [drawn([1, 2, 3], new Generator(1)), drawn([1, 2, 3], new Generator(1))];
    for await (const _ of stopped) if (stopped.state.own.batch === 2) break;
    resumed.state = stopped.state;
    expect(await collect(resumed)).toEqual(whole.slice(2));
  });

  it("hands on errors, and closes the source of a pass that is left early or fails", async () => {
    let closed = 0;
    const source: Iterable<number> = {
      *[Symbol.iterator]() {
        try {
          yield* [1, 2, 3];
        } finally {
          closed++;
        }
      },
    };
    for await (const _ of mapBatches(source, (x) => x)) break;
    const failing = mapBatches(source, async (x) => {
      if (x === 2) throw new Error("no");
      return x;
    });
    await expect(collect(failing)).rejects.toThrow("no");
    await expect(collect(prefetch(failing))).rejects.toThrow("no");
    expect(closed).toBe(3);
  });

  it("takes no state, or all of it", () => {
    const make = (rows: number) =>
      drawn(
        batches({ x: new Float32Array(rows) }, { batchSize: 1 }) as Iterable<unknown> as Source<number>,
        new Generator(1),
      );
    const [data, other] = [make(2), make(3)];
    const before = data.state;
    expect(() => {
      data.state = other.state;
    }).toThrow(/whose rows is 2, got 3/);
    expect(() => {
      data.state = { source: { ...(before.source as object), batch: 1 }, own: { ...before.own, batch: -1 } };
    }).toThrow(/from 0 on, got -1/);
    expect(() => {
      data.state = { ...before, source: undefined };
    }).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: mapBatches.state: expected the state of a source like the present one, got undefined]`,
    );
    expect(data.state).toEqual(before);
  });

  it("nests: transforms of transforms, each with its own draws", async () => {
    const inner = mapBatches([0, 0], (x, draws) => x + draws.integer(1000), { generator: new Generator(1) });
    const outer = mapBatches(inner, (x, draws) => [x, draws.integer(1000)], { generator: new Generator(2) });
    const found = await collect(outer);
    expect(found.map(([x]) => x)).toEqual(
      await collect(
        mapBatches([0, 0], (x, draws) => x + draws.integer(1000), { generator: new Generator(1) }),
      ),
    );
    expect(new Set(found.flat()).size).toBe(4);
    expectTypeOf(found).toEqualTypeOf<number[][]>();
  });
});
