import { add, Generator, type Tensor } from "@isograd/autograd";
import {
  batches,
  mapBatches,
  packState,
  prefetch,
  rowBatches,
  type Source,
  streamBatches,
  unpackState,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type Batch = { readonly row: Tensor };
type Stage = { readonly kind: "noise" } | { readonly kind: "prefetch"; readonly count: number };
interface Recipe {
  readonly rows: number;
  readonly batchSize: number;
  readonly kind: "columns" | "rows" | "stream" | "array";
  readonly shuffle: boolean;
  readonly stages: readonly Stage[];
}

const recipe: fc.Arbitrary<Recipe> = fc.record({
  rows: fc.integer({ min: 1, max: 12 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom("columns", "rows", "stream", "array"),
  shuffle: fc.boolean(),
  stages: fc.array(
    fc.oneof(
      fc.constant<Stage>({ kind: "noise" }),
      fc.record({ kind: fc.constant("prefetch" as const), count: fc.integer({ min: 1, max: 3 }) }),
    ),
    { maxLength: 3 },
  ),
});

/** The same source each time. */
function make({ rows, batchSize, kind, shuffle, stages }: Recipe): Source<Batch> {
  const generator = new Generator("order");
  const column = { row: Float32Array.from({ length: rows }, (_, row) => row) };
  const row = (index: number) => ({ row: index });
  const all = Array.from({ length: rows }, (_, index) => row(index));
  let source: Source<Batch>;
  if (kind === "columns") source = batches(column, { batchSize, shuffle, generator });
  else if (kind === "rows")
    source = rowBatches(
      { length: rows, row: async (index) => row(index) },
      { batchSize, shuffle, generator },
    );
  else if (kind === "stream")
    source = streamBatches(() => all.values(), {
      batchSize,
      generator,
      shuffleBuffer: shuffle ? 4 : undefined,
    });
  else source = [...batches(column, { batchSize })];
  stages.forEach((stage, k) => {
    if (stage.kind === "prefetch") source = prefetch(source, stage);
    else {
      const noise = async ({ row }: Batch, draws: Generator) => ({ row: add(row, draws.uniform()) });
      source = mapBatches(source, noise, { generator: new Generator(k) });
    }
  });
  return source;
}

/** What so many batches hold, over as many passes as it takes. */
async function read(source: Source<Batch>, count: number): Promise<number[][]> {
  const found: number[][] = [];
  while (found.length < count) {
    for await (const { row } of source) {
      found.push([...row.values()]);
      if (found.length === count) break;
    }
  }
  return found;
}

describe("any source of batches", () => {
  it("goes on bit for bit where another was stopped", async () => {
    await fc.assert(
      fc.asyncProperty(recipe, fc.integer({ min: 0, max: 14 }), async (recipe, before) => {
        fc.pre(recipe.kind !== "array" || recipe.stages.length > 0);
        const whole = await read(make(recipe), before + 8);
        const [stopped, resumed] = [make(recipe), make(recipe)];
        expect(await read(stopped, before)).toEqual(whole.slice(0, before));
        resumed.state = unpackState(packState(stopped.state));
        expect(resumed.state).toEqual(stopped.state);
        expect(await read(resumed, 8)).toEqual(whole.slice(before));
      }),
      { numRuns: 60 },
    );
  });

  it("is at the next pass behind a whole one", async () => {
    await fc.assert(
      fc.asyncProperty(recipe, async (recipe) => {
        fc.pre(recipe.kind !== "array" || recipe.stages.length > 0);
        const [first, second] = [make(recipe), make(recipe)];
        const pass = async (source: Source<Batch>) => {
          const found: number[][] = [];
          for await (const { row } of source) found.push([...row.values()]);
          return found;
        };
        const { length } = await pass(first);
        second.state = first.state;
        const next = await pass(second);
        expect(next).toHaveLength(length);
        expect(next).toEqual(await pass(first));
      }),
      { numRuns: 30 },
    );
  });

  it("begins the next pass alike behind one that was left early, read ahead or not", async () => {
    await fc.assert(
      fc.asyncProperty(recipe, fc.integer({ min: 1, max: 3 }), async (recipe, before) => {
        const stages = recipe.stages.filter(({ kind }) => kind === "noise");
        const plain = make({ ...recipe, stages });
        const ahead = prefetch(make({ ...recipe, stages }));
        for (const source of [plain, ahead]) await read(source, before);
        expect(await read(ahead, 8)).toEqual(await read(plain, 8));
      }),
      { numRuns: 30 },
    );
  });
});
