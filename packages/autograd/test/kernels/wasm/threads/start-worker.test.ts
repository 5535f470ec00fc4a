import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { concurrency, processorsAllowed } from "../../../../src/kernels/wasm/threads/start-worker.ts";

describe("concurrency", () => {
  it("is what Node says, or less in a container", () => {
    expect(concurrency()).toBeGreaterThanOrEqual(1);
    expect(concurrency()).toBeLessThanOrEqual(availableParallelism());
  });
});

describe("processorsAllowed", () => {
  it("reads the limit of a container", () => {
    expect(processorsAllowed("200000 100000\n")).toBe(2);
    expect(processorsAllowed("50000 100000\n")).toBe(0.5);
  });

  it("finds none where there is none", () => {
    for (const limit of ["max 100000\n", "", "what is this"]) expect(processorsAllowed(limit)).toBe(Infinity);
  });
});
