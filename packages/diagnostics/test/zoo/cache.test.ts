import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Cache } from "../../zoo/cache.ts";
import type { LitterPlan } from "../../zoo/plan.ts";

const plan: LitterPlan = { set: "tuning", family: "blob", index: 0, faults: 1, oddities: 1, repairs: false };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zoo-"));
  file = join(folder, "runs.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("keeps litters for the next call, if the sources are the same", () => {
  new Cache(file, "same", "a").add(plan, [], 3);
  expect(new Cache(file, "same", "a").find(plan)).toEqual({ runs: [], seconds: 3 });
  expect(new Cache(file, "all", "b").find(plan)).toEqual({ runs: [], seconds: 3 });
  expect(new Cache(file, "same", "b").find(plan)).toBeNull();
});

it("begins anew where nothing is to be kept", () => {
  new Cache(file, "same", "a").add(plan, [], 3);
  expect(new Cache(file, "nothing", "a").find(plan)).toBeNull();
  expect(new Cache(file, "all", "a").find(plan)).toBeNull();
});

it("tells litters apart by seed and by what was asked for", () => {
  const cache = new Cache(file, "same", "a");
  cache.add(plan, [], 3);
  for (const other of [{ index: 1 }, { set: "published" }, { faults: 2 }, { repairs: true }] as const)
    expect(cache.find({ ...plan, ...other })).toBeNull();
});

it("leaves a line out that was cut off", () => {
  new Cache(file, "same", "a").add(plan, [], 3);
  appendFileSync(file, '{"plan":{"set":"tun');
  expect(new Cache(file, "same", "a").find(plan)).toEqual({ runs: [], seconds: 3 });
});
