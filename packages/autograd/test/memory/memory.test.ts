import { describe, expect, it } from "vitest";
import { inChild } from "./child.ts";

// Short forms of `pnpm memory`, each in a process of its own.

describe("plain training loops", () => {
  it.each([
    { widths: [2, 16, 1], batch: 4, steps: 10_000 },
    { widths: [784, 256, 128, 10], batch: 16, steps: 200 },
  ])("keep nothing of $steps steps of $widths", (training) => {
    const { residentEarly, residentLate, liveEarly, liveLate, heldIsRight } = inChild("train", training);
    expect(liveLate / liveEarly).toBeLessThan(1.05);
    expect(residentLate / residentEarly).toBeLessThan(1.15); // a short loop still warms up
    expect(heldIsRight).toBe(true);
  });
});

describe("a step", () => {
  it("has no more alive than one and a half times what must be kept", () => {
    const { kept, peak, resident } = inChild("step", {
      width: 256,
      batch: 16_384,
      layers: 6,
      span: 0,
      every: 2,
    });
    expect(kept).toBeGreaterThan(200e6);
    expect(peak / kept).toBeGreaterThan(0.8); // it is measured where it is largest
    expect(peak / kept).toBeLessThan(1.2);
    expect(resident / kept).toBeLessThan(1.5);
  });

  it("through 200 layers needs a fifth with checkpoints", () => {
    const deep = { width: 32, batch: 512, layers: 200, every: 31 };
    const [all, some] = [0, 14].map((span) => inChild("step", { ...deep, span }).peak);
    expect(all).toBeGreaterThan(25e6);
    expect(some / all).toBeLessThan(0.2);
  });
});

it("a graph takes some hundred bytes a node, and none after the sweep", () => {
  const { bytesANode, bytesLeft, gradient } = inChild("chain", 100_000);
  expect(gradient).toBe(100_001);
  expect(bytesANode).toBeLessThan(400);
  expect(bytesLeft).toBeLessThan(20);
});
