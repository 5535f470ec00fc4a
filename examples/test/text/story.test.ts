import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readMobyDick } from "../../text/book.ts";
import { type Plan, quickPlan } from "../../text/plan.ts";
import { kinds, type Telling, tell } from "../../text/story.ts";

const pace = { warmup: 2, learningRate: 2e-2 };
const plan: Plan = {
  characters: 5_000,
  written: 20,
  lstm: { ...quickPlan.lstm, ...pace, embedding: 8, hidden: 16, streams: 8, time: 16, epochs: 2 },
  transformer: {
    ...quickPlan.transformer,
    ...pace,
    features: 16,
    heads: 2,
    length: 16,
    batchSize: 4,
    steps: 25,
    epochs: 2,
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isograd-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is told, line by line. */
async function told(options: Partial<Telling> = {}) {
  const lines: string[] = [];
  const print = (text: string): void => void lines.push(...text.split("\n"));
  const found = await tell(readMobyDick(), {
    plan,
    seed: "3",
    kinds,
    validate: false,
    checkpoints: folder,
    print,
    ...options,
  });
  return { lines, found };
}

it("learns more than how often characters come, and says so", async () => {
  const { lines, found } = await told();
  const byNone = Number(/([\d.]+) by none/.exec(lines.join("\n"))?.[1]);
  expect(byNone).toBeGreaterThan(3.5);
  for (const kind of kinds) expect(found[kind]).toBeLessThan(byNone - 0.2);
  expect(lines.filter((line) => line.startsWith("  epoch"))).toHaveLength(4);
  expect(lines.filter((line) => line.startsWith("  | The whale "))).toHaveLength(2);
  expect(readdirSync(folder)).toEqual([]);
});

it("goes on where it was stopped, to the same end", async () => {
  const { found } = await told({ kinds: ["lstm"] });
  const stop = new AbortController();
  const print = (line: string): void => {
    if (line.startsWith("  epoch 1")) stop.abort();
  };
  await expect(told({ kinds: ["lstm"], print, signal: stop.signal })).rejects.toThrow(/aborted/);
  expect(readdirSync(folder)).toHaveLength(1);
  const again = await told({ kinds: ["lstm"] });
  expect(again.lines.some((line) => line.startsWith("  goes on from"))).toBe(true);
  expect(again.found).toEqual(found);
});
