import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  assertGradients,
  cast,
  checkGradients,
  concat,
  defineOp,
  describeReport,
  expand,
  Generator,
  GradientMismatchError,
  indexSelect,
  matmul,
  mul,
  parameter,
  permute,
  randn,
  sin,
  slice,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";

const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });
const draw = (...shape: number[]): Tensor => randn(new Generator(7), shape, "f64");

describe("inputs", () => {
  it("may be a tensor, or a tree of them with whatever else", () => {
    expect(checkGradients(tanh, draw(2))).toMatchObject({ ok: true, compared: 6 });
    const inputs = {
      layer: { weight: draw(2, 3), bias: draw(2) },
      x: draw(3),
      labels: tensor([1, 0], { dtype: "i32" }),
      name: "text",
    };
    const report = checkGradients(({ layer, x, labels }) => {
      const y = tanh(add(matmul(layer.weight, x), layer.bias));
      return { y, picked: indexSelect(y, 0, labels) };
    }, inputs);
    expect(report).toMatchObject({ ok: true, failures: [], disconnected: [] });
    expect(report.compared).toBe(11 + 11 + 4);
  });

  it("are named by their path when they fail", () => {
    const inputs = { a: [draw(2)], b: draw(1) };
    const report = checkGradients(({ a, b }) => mul(a[0].detach(), b), inputs, { order: 1 });
    expect(report.failures.map(({ path, index }) => [path, index])).toEqual([
      ["a.0", [0]],
      ["a.0", [1]],
    ]);
  });

  it("broadcast, and may be views: they stay views while they move", () => {
    const base = draw(4, 6);
    const view = slice(permute(base, [1, 0]), 0, { step: -2 });
    let dense = 0;
    const report = checkGradients(
      ([x, y]) => {
        if (x.strides[0] === 4) dense++;
        return mul(sin(x), y);
      },
      [view, draw(4)],
    );
    expect(report.ok).toBe(true);
    expect(dense).toBeLessThan(10);
  });

  it("that are stretched count each element for itself", () => {
    expect(checkGradients(square, expand(f64([1, 2]), [3, 2]))).toMatchObject({ ok: true, compared: 18 });
  });

  it("that occur twice are one", () => {
    const x = draw(3);
    expect(checkGradients(([a, b]) => mul(a, sin(b)), [x, x])).toMatchObject({ ok: true, compared: 9 });
  });

  it("that do not matter are named, and are right to have no gradient", () => {
    expect(checkGradients(({ used }) => sin(used), { used: draw(2), idle: draw(3) })).toMatchObject({
      ok: true,
      disconnected: ["idle"],
    });
    expect(checkGradients(() => f64([1]), draw(2))).toMatchObject({ ok: true, disconnected: [""] });
  });

  it("may be empty, scalars, or of several thousand elements", () => {
    expect(checkGradients(sin, f64([]))).toMatchObject({ ok: true, compared: 0 });
    expect(checkGradients(sin, f64(0.3))).toMatchObject({ ok: true, compared: 3 });
    const large = checkGradients((x) => softmax(x), draw(50, 60), { elements: 16, directions: 3 });
    expect(large).toMatchObject({ ok: true, compared: 7 + 2 * 7 });
  });

  it("of single precision are checked in single precision", () => {
    const report = checkGradients((x) => tanh(x), cast(draw(3, 2), "f32"), { order: 1 });
    expect(report).toMatchObject({ ok: true, compared: 6 });
    const wrong = checkGradients((x) => sub(tanh(x), mul(1e-3, x).detach()), cast(draw(3, 2), "f32"), {
      order: 1,
    });
    expect(wrong.ok).toBe(false);
  });

  it("are not written to, nor tracked", () => {
    const [x, w] = [draw(3), parameter(draw(3))];
    const before = [Array.from(x.values()), Array.from(w.values())];
    checkGradients(([a, b]) => mul(a, b), [x, w]);
    expect([Array.from(x.values()), Array.from(w.values())]).toEqual(before);
    expect([x.requiresGrad, w.grad]).toEqual([false, null]);
  });
});

describe("parameters", () => {
  const model = { weight: parameter(draw(2, 3)), bias: parameter(draw(2)) };
  const f = (x: Tensor): Tensor => tanh(add(matmul(model.weight, x), model.bias));

  it("that the function reads by itself are checked like inputs, and left as they were", () => {
    const before = model.weight.toArray();
    const { node } = model.weight;
    expect(checkGradients(f, draw(3))).toMatchObject({ ok: true, compared: 8 });
    expect(checkGradients(f, draw(3), { parameters: model })).toMatchObject({ ok: true, compared: 11 + 13 });
    expect(model.weight).toMatchObject({ node, grad: null, dtype: "f64" });
    expect(model.weight.toArray()).toEqual(before);
  });

  it("that are detached on the way are found", () => {
    const report = checkGradients((x: Tensor) => mul(x, model.bias.detach()), draw(2), {
      parameters: model,
      order: 1,
    });
    expect(report.failures.map(({ path }) => path)).toEqual(["bias", "bias"]);
    expect(report.disconnected).toEqual(["weight"]);
  });

  it("come back even when the function throws", () => {
    const before = model.bias.toArray();
    let calls = 0;
    const fail = (x: Tensor): Tensor => {
      if (calls++ > 8) throw new Error("halfway");
      return mul(x, model.bias);
    };
    expect(() => checkGradients(fail, draw(2), { parameters: model })).toThrow("halfway");
    expect(model.bias.toArray()).toEqual(before);
  });

  it("must be leaves", () => {
    expect(() => checkGradients(f, draw(3), { parameters: [mul(model.bias, 2)] })).toThrow(
      "expected parameters that are leaves",
    );
  });
});

describe("the check", () => {
  it("repeats itself, and changes with the seed", () => {
    const f = (x: Tensor): Tensor => mul(sin(x.detach()), x);
    const [a, b, c] = [0, 0, 1].map((seed) => checkGradients(f, draw(3), { seed }));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });

  it("goes to any order", () => {
    expect(checkGradients(sin, f64([0.3]), { order: 1 }).compared).toBe(1);
    expect(checkGradients(sin, f64([0.3]), { order: 3 })).toMatchObject({ ok: true, compared: 1 + 2 + 3 });
    for (const order of [0, 1.5, -1])
      expect(() => checkGradients(sin, f64([1]), { order })).toThrow("positive whole order");
  });

  it("refuses outputs that change their size", () => {
    let calls = 0;
    const growing = (x: Tensor): Tensor =>
      concat(Array.from({ length: 1 + Math.floor(calls++ / 8) }, () => x));
    expect(() => checkGradients(growing, f64([1]))).toThrow("as many numbers at every call");
  });
});

describe("reports", () => {
  const flipped = defineOp({
    name: "flipped",
    shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
    forward: ([x]) => x.values().map(Math.sin),
    vjp: [(g, { inputs: [x] }) => mul(g, mul(-1, sin(add(x, Math.PI / 2))))],
    reads: [[0]],
  });

  it("say where, what, how sure, and what may have caused it", () => {
    const report = checkGradients(({ x }) => apply(flipped, [x], undefined), { x: f64([[0.5, 1.25]]) });
    expect(report.failures[0]).toMatchObject({
      kind: "mismatch",
      order: 1,
      path: "x",
      index: [0, 0],
      direction: null,
      cause: "the sign is flipped",
    });
    expect(report.failures[0].analytic).toBeCloseTo(-report.failures[0].numeric, 10);
    expect(report.failures[0].errorBar).toBeLessThan(1e-9);
    expect(describeReport(report).replace(/± [-+.e\d]+/g, "± …")).toMatchInlineSnapshot(`
      "2 wrong and 0 inconclusive of 2 derivatives, 0 at kinks
        x[0, 0]: reverse mode gives -0.67669778, differences give 0.67669778 ± …; the sign is flipped
        x[0, 1]: reverse mode gives 0.15883161, differences give -0.15883161 ± …; the sign is flipped"
    `);
  });

  it("are thrown by assertGradients, and returned when all is well", () => {
    expect(assertGradients(sin, f64([0.3]))).toMatchObject({ ok: true });
    const act = (): unknown => assertGradients((x) => apply(flipped, [x], undefined), f64([0.5]));
    expect(act).toThrow(GradientMismatchError);
    expect(act).toThrow(/^checkGradients: 1 wrong and 0 inconclusive of 1 derivatives/);
    try {
      act();
    } catch (error) {
      expect((error as GradientMismatchError).report.failures).toHaveLength(1);
    }
  });

  it("list ten, and count the rest", () => {
    const report = checkGradients((x) => sin(x.detach()), draw(15));
    const lines = describeReport(report).split("\n");
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe("  and 5 more");
    expect(lines[1]).toContain("no gradient arrives");
  });

  it("speak of directions and of whole inputs", () => {
    const report = checkGradients((x) => sum(sin(x.detach())), draw(100), {
      order: 1,
      elements: 4,
      directions: 1,
    });
    expect(describeReport(report)).toContain("the input along direction 0: reverse mode gives 0");
    const writing = checkGradients((x) => {
      x.data[0] = 1;
      return sin(x);
    }, draw(2));
    expect(describeReport(writing)).toContain("  the input: the function writes to this input");
  });
});
