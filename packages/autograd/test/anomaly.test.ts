import { describe, expect, it } from "vitest";
import { callSite } from "../src/anomaly/call-site.ts";
import { firstNonFinite, rangeOf } from "../src/anomaly.ts";
import {
  backward,
  detectAnomaly,
  div,
  exp,
  log,
  mul,
  NonFiniteError,
  type NonFiniteOrigin,
  onGradient,
  parameter,
  permute,
  relu,
  sqrt,
  sub,
  sum,
  tensor,
  withScope,
} from "../src/index.ts";

/** The origin that an error in anomaly mode carries. */
function originOf(f: () => unknown): NonFiniteOrigin & { readonly message: string } {
  try {
    detectAnomaly(f);
  } catch (error) {
    if (error instanceof NonFiniteError && error.origin !== undefined)
      return { ...error.origin, message: error.message };
    throw error;
  }
  throw new Error("nothing was found");
}

describe("forward", () => {
  it("stops at the first operation whose result is not finite", () => {
    const x = parameter([1, 2, 800], { dtype: "f64" });
    const origin = originOf(() => withScope("decoder", () => log(sub(1, div(1, exp(mul(x, 2)))))));
    expect(origin).toMatchObject({
      operation: "exp",
      direction: "forward",
      scope: "decoder",
      operands: ["[3] in [2, 1600]"],
    });
    expect(origin.message.replace(/; at .*/, "")).toMatchInlineSnapshot(
      `"exp in decoder: the result is Infinity at [2]; operands: [3] in [2, 1600]"`,
    );
  });

  it("names the place, counting from the first element of a view", () => {
    const x = permute(
      tensor([
        [1, 2, -3],
        [4, 5, 6],
      ]),
      [1, 0],
    );
    expect(originOf(() => log(x)).message).toMatch(/^log: the result is NaN at \[2, 0\]/);
  });

  it("tells the user's line, not the library's", () => {
    const { site } = originOf(() => relu(log(tensor([-1]))));
    expect(site).toMatch(/anomaly\.test\.ts:\d+:\d+/);
    expect(site).not.toMatch(/\/src\//);
  });

  it("finds what is not tracked, too, and lets the finite pass", () => {
    expect(originOf(() => div(tensor([1]), 0))).toMatchObject({
      operation: "div",
      operands: ["[1] in [1, 1]", "[] in [0, 0]"],
    });
    expect(detectAnomaly(() => sum(exp(tensor([1]))).item())).toBeCloseTo(Math.E, 6);
    expect(detectAnomaly(() => mul(tensor([1], { dtype: "i32" }), 2)).toArray()).toEqual([2]);
  });

  it("describes operands that are not finite themselves", () => {
    const x = tensor([1, Number.NaN, Number.POSITIVE_INFINITY]);
    expect(originOf(() => exp(x)).operands).toEqual(["[3] in [1, 1], 2 not finite"]);
  });
});

describe("backward", () => {
  it("stops at the first rule whose cotangent is not finite, with the scope and line of the forward call", () => {
    let line = "";
    const origin = originOf(() => {
      const x = parameter([4, 0]);
      const y = withScope("norm", () => {
        line = new Error().stack?.split("\n")[1].match(/:(\d+):\d+/)?.[1] ?? "";
        return sqrt(x);
      });
      backward(sum(mul(y, 3)));
    });
    expect(origin).toMatchObject({ operation: "sqrt", direction: "backward", scope: "norm" });
    expect(origin.operands).toEqual(["cotangent [2] in [3, 3]", "[2] in [0, 4]"]);
    expect(origin.site).toContain("anomaly.test.ts");
    expect(Number(origin.site?.match(/:(\d+):\d+/)?.[1]) - Number(line)).toBe(1);
    expect(origin.message.replace(/; at .*/, "")).toMatchInlineSnapshot(
      `"backward of norm (sqrt): the cotangent is Infinity at [1]; operands: cotangent [2] in [3, 3]; [2] in [0, 4]"`,
    );
  });

  it("finds graphs that were recorded before it was switched on", () => {
    const x = parameter([0]);
    const y = sum(sqrt(x));
    const origin = originOf(() => backward(y));
    expect(origin).toMatchObject({ operation: "sqrt", direction: "backward", scope: "" });
    expect(origin.site).toContain("anomaly.test.ts");
  });

  it("finds what a hook brings in", () => {
    const x = parameter([1]);
    const y = mul(x, 2);
    onGradient(y, (g) => div(g, 0));
    expect(originOf(() => backward(sum(y))).operation).toBe("div");
  });

  it("leaves a sound sweep alone", () => {
    const x = parameter([4]);
    detectAnomaly(() => backward(sum(sqrt(x))));
    expect(x.grad?.toArray()).toEqual([0.25]);
  });
});

describe("descriptions", () => {
  it("find the first element that is not finite", () => {
    expect(firstNonFinite(tensor([1, 2]))).toBeNull();
    expect(firstNonFinite(tensor([], { dtype: "f64" }))).toBeNull();
    expect(firstNonFinite(tensor([1], { dtype: "i32" }))).toBeNull();
    expect(firstNonFinite(tensor(Number.NEGATIVE_INFINITY))).toEqual({
      value: Number.NEGATIVE_INFINITY,
      index: [],
    });
    expect(
      firstNonFinite(
        tensor([
          [[1], [2]],
          [[Number.NaN], [3]],
        ]),
      ),
    ).toEqual({ value: Number.NaN, index: [1, 0, 0] });
  });

  it("give ranges to four digits", () => {
    expect(rangeOf(tensor([[0.123456, -2]]))).toBe("[1, 2] in [-2, 0.1235]");
    expect(rangeOf(tensor(Number.NaN))).toBe("[] no finite element, 1 not finite");
    expect(rangeOf(tensor([]))).toBe("[0] no finite element");
  });

  it("find the caller's line", () => {
    expect(callSite()).toMatch(/anomaly\.test\.ts/);
    expect(Error.stackTraceLimit).toBeLessThan(64);
  });
});
