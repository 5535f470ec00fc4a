import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { apply, defineOp, mul, sin, square, type Tensor, tensor } from "../src/index.ts";
import "../src/vitest.ts";

const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

const flippedOp = defineOp({
  name: "flipped",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x]) => x.values().map((value) => value * value),
  vjp: [(g, { inputs: [x] }) => mul(g, mul(-2, x))],
  reads: [[0]],
});
const flipped = (x: Tensor): Tensor => apply(flippedOp, [x], undefined);

describe("toHaveCorrectGradients", () => {
  it("passes and fails as checkGradients does, and shows its report", () => {
    expect(({ x }: { x: Tensor }) => square(x)).toHaveCorrectGradients({ x: f64([1, 2]) });
    expect(flipped).not.toHaveCorrectGradients(f64([1, 2]));
    expect(() => expect(flipped).toHaveCorrectGradients(f64([1, 2]), { order: 1 })).toThrow(
      "the sign is flipped",
    );
    expect(() => expect(sin).not.toHaveCorrectGradients(f64([1]))).toThrow(
      "expected a wrong gradient: 0 wrong",
    );
  });

  it("wants a function", () => {
    expect(() => expect(3).toHaveCorrectGradients(f64([1]) as never)).toThrow(
      "expected a function, got number",
    );
  });
});

describe("toSatisfyOpContract", () => {
  it("passes and fails as checkOpContract does", () => {
    expect(sin).toSatisfyOpContract([[f64([0.3, 1])]], { reference: (x) => x.values().map(Math.sin) });
    expect(flipped).not.toSatisfyOpContract([[f64([0.3, 1])]]);
    expect(() => expect(flipped).toSatisfyOpContract([[f64([0.3, 1])]])).toThrow(/gradients, \[2\]: 2 wrong/);
    expect(() => expect(sin).not.toSatisfyOpContract([[f64([0.3, 1])]])).toThrow("expected a broken law");
  });
});

describe("toBeCloseToTensor", () => {
  it("compares shapes and numbers, within the digits of the element types", () => {
    expect(f64([[1, 2]])).toBeCloseToTensor([[1 + 1e-12, 2]]);
    expect(f64([1])).not.toBeCloseToTensor([1 + 1e-8]);
    expect(tensor([1])).toBeCloseToTensor([1 + 1e-6]);
    expect(f64([1])).toBeCloseToTensor(f64([1.01]), { relative: 0.02 });
    expect(f64([0])).toBeCloseToTensor([0.01], { absolute: 0.02 });
    expect(f64([0])).not.toBeCloseToTensor([0.01], { relative: 0.02 });
    expect(f64([[1]])).not.toBeCloseToTensor([1]);
  });

  it("lets NaN be close to NaN alone, and an infinity to itself", () => {
    expect(f64([Number.NaN, Infinity, -0])).toBeCloseToTensor([Number.NaN, Infinity, 0]);
    expect(f64([Number.NaN])).not.toBeCloseToTensor([1]);
    expect(f64([1])).not.toBeCloseToTensor([Number.NaN]);
    expect(f64([Infinity])).not.toBeCloseToTensor([-Infinity]);
    expect(f64([1])).not.toBeCloseToTensor([Infinity]);
  });

  it("says where", () => {
    expect(() => expect(f64([[1, 2]])).toBeCloseToTensor([[1, 2.5]])).toThrowErrorMatchingInlineSnapshot(
      `[Error: 1 of 2 elements differ, by up to 0.5; the first, at [0, 1], is 2 instead of 2.5]`,
    );
    expect(() => expect(f64([1])).toBeCloseToTensor([[1]])).toThrowErrorMatchingInlineSnapshot(
      `[Error: the shape is [1] instead of [1, 1]]`,
    );
    expect(() => expect(3).toBeCloseToTensor([3])).toThrow("expected a tensor, got 3");
    expect(() => expect(f64([1])).not.toBeCloseToTensor([1])).toThrow("expected the tensor to differ");
  });
});

describe("the main entry", () => {
  it("pulls in neither vitest nor fast-check", () => {
    const seen = new Set<string>();
    const external = new Set<string>();
    const open = [new URL("../src/index.ts", import.meta.url).href];
    for (const file of open) {
      if (seen.has(file)) continue;
      seen.add(file);
      const text = readFileSync(new URL(file), "utf8");
      for (const [, name] of text.matchAll(/^(?:import|export|\}) (?:.*from )?"([^"]+)";$/gm)) {
        if (name.startsWith(".")) open.push(new URL(name, file).href);
        else external.add(name.split("/")[0]);
      }
    }
    expect(seen.size).toBeGreaterThan(100);
    expect([...external].sort()).toEqual(["pure-rand"]);
  });
});
