import { describe, expect, it } from "vitest";
import { context, withContext } from "../src/context.ts";
import {
  backward,
  detectAnomaly,
  enableGrad,
  grad,
  log,
  mul,
  noGrad,
  parameter,
  sum,
  type Tensor,
  tensor,
  withScope,
} from "../src/index.ts";

const w = parameter([2]);
const initial = { ...context };

describe("recording", () => {
  it("is off in noGrad, on in enableGrad, and nests", () => {
    expect(noGrad(() => mul(w, 2)).requiresGrad).toBe(false);
    expect(noGrad(() => enableGrad(() => mul(w, 2))).requiresGrad).toBe(true);
    expect(
      noGrad(() => [enableGrad(() => noGrad(() => mul(w, 2))), mul(w, 2)]).map((y) => y.requiresGrad),
    ).toEqual([false, false]);
    expect(mul(w, 2).requiresGrad).toBe(true);
  });

  it("comes back however a function ends", () => {
    const fail = (): never => {
      throw new Error("inside");
    };
    for (const run of [
      noGrad,
      enableGrad,
      detectAnomaly,
      (f: () => never) => withScope("s", f),
      (f: () => never) => withContext({ recording: false }, f),
    ]) {
      expect(() => run(fail)).toThrow("inside");
      expect(context).toEqual(initial);
    }
  });

  it("lets grad work inside noGrad, and does not record its result there", () => {
    const slope = noGrad(() => grad((x: Tensor) => sum(mul(mul(x, x), w)))(tensor([3])));
    expect(slope.toArray()).toEqual([12]);
    expect(slope.requiresGrad).toBe(false);
  });

  it("does not record a sweep, unless asked to", () => {
    const v = parameter([3]);
    backward(sum(mul(v, v)));
    expect(v.grad?.requiresGrad).toBe(false);
    const u = parameter([3]);
    backward(sum(mul(u, u)), { createGraph: true });
    expect(u.grad?.requiresGrad).toBe(true);
    const inside = noGrad(() => {
      const t = parameter([3]);
      const y = enableGrad(() => sum(mul(t, t)));
      backward(y, { createGraph: true });
      return t.grad;
    });
    expect(inside?.requiresGrad).toBe(true);
  });
});

describe("scopes", () => {
  it("name nodes by their path", () => {
    const y = withScope("encoder", () => withScope("layers.3", () => mul(w, 2)));
    expect(y.node).toMatchObject({ scope: "encoder.layers.3", label: "encoder.layers.3 (mul)" });
    expect(mul(w, 2).node).toMatchObject({ scope: "", label: "mul" });
  });

  it("stand beside each other", () => {
    const paths = withScope("a", () => [
      withScope("b", () => mul(w, 2)),
      withScope("c", () => mul(w, 2)),
      mul(w, 2),
    ]);
    expect(paths.map(({ node }) => node?.scope)).toEqual(["a.b", "a.c", "a"]);
  });
});

it("anomaly mode ends with its function", () => {
  expect(() => detectAnomaly(() => log(tensor([-1])))).toThrow("log");
  expect(log(tensor([-1])).item()).toBeNaN();
});
