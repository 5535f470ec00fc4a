import { describe, expect, it } from "vitest";
import {
  apply,
  checkGradients,
  concat,
  cos,
  defineOp,
  exp,
  expand,
  flip,
  Generator,
  type GradientReport,
  maximum,
  mul,
  type Op,
  permute,
  type Rule,
  randn,
  reshape,
  type Shape,
  sin,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from "../../src/index.ts";
import { correctFunctions } from "./correct-functions.ts";

/** The identity, with a rule of one's own: what a wrong rule does to a gradient, anywhere in a graph. */
function identityWith(rule: Rule<void>, shape?: (shape: Shape) => Shape): (x: Tensor) => Tensor {
  const op: Op<void> = defineOp({
    name: "tampered",
    shape: ([x]) => ({ shape: shape?.(x.shape) ?? x.shape, dtype: x.dtype }),
    forward: ([x]) => x,
    vjp: [rule],
  });
  return (x) => apply(op, [x], undefined);
}

const generator = new Generator(5);
const matrix = randn(generator, [3, 4], "f64");
const square3 = randn(generator, [3, 3], "f64");

const causes = (report: GradientReport): string[] => [...new Set(report.failures.map(({ cause }) => cause))];

describe("a wrong rule fails", () => {
  it("with a flipped sign", () => {
    const report = checkGradients((x) => identityWith((g) => mul(g, -1))(tanh(x)), matrix);
    expect(report.ok).toBe(false);
    expect(causes(report)).toEqual(["the sign is flipped"]);
    expect(report.failures).toHaveLength(12);
  });

  it.each([1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6])("with a factor 1 + %s", (excess) => {
    const report = checkGradients((x) => identityWith((g) => mul(g, 1 + excess))(tanh(x)), matrix, {
      order: 1,
    });
    expect(report.ok).toBe(false);
    expect(report.failures).toHaveLength(12);
    expect(causes(report)).toEqual([`off by the constant factor ${Number((1 + excess).toPrecision(6))}`]);
  });

  it("with a dropped term", () => {
    // The softmax whose rule forgets that the denominator moves too.
    const forgetful = defineOp({
      name: "forgetfulSoftmax",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => softmax(x.detach()).values(),
      vjp: [(g, { output }) => mul(g, output)],
      readsOutput: true,
    });
    const report = checkGradients((x) => apply(forgetful, [x], undefined), matrix);
    expect(report.ok).toBe(false);
    expect(causes(report)).toEqual(["a term is missing or wrong"]);
  });

  it("transposed", () => {
    const report = checkGradients((x) => identityWith((g) => permute(g, [1, 0]))(sin(x)), square3);
    expect(report.ok).toBe(false);
    // Behind a sine the transposed gradient is not simply the transposed right one.
    const bare = checkGradients((x) => sin(identityWith((g) => permute(g, [1, 0]))(x)), square3);
    expect(causes(bare)).toEqual(["the last two axes are transposed"]);
  });

  it("reversed", () => {
    const report = checkGradients((x) => sin(identityWith((g) => flip(g, [0, 1]))(x)), matrix);
    expect(causes(report)).toEqual(["the elements come in reversed order"]);
  });

  it("detached", () => {
    const report = checkGradients((x) => sin(x.detach()), matrix);
    expect(report.ok).toBe(false);
    expect(causes(report)).toEqual(["no gradient arrives: a detached value, or a rule that returns null"]);
    expect(report.disconnected).toEqual([]);
  });

  it("detached in one of several places", () => {
    expect(checkGradients((x) => mul(x, tanh(x.detach())), matrix).ok).toBe(false);
  });

  it("with the wrong axis summed", () => {
    // A row [3] stretched to [3, 3], whose gradient is summed over the columns instead of the rows.
    const stretch = defineOp({
      name: "stretch",
      shape: ([x]) => ({ shape: [3, 3], dtype: x.dtype }),
      forward: ([x]) => Float64Array.from({ length: 9 }, (_, k) => x.values()[k % 3]),
      vjp: [(g) => sum(g, { axis: 1 })],
    });
    const row = reshape(slice(square3, 0, { end: 1 }), [3]);
    const report = checkGradients(([x, y]) => mul(apply(stretch, [x], undefined), y), [row, square3]);
    expect(report.failures.map(({ path }) => path)).toEqual(["0", "0", "0"]);
  });

  it("summed and spread again", () => {
    const spread = identityWith((g) => expand(sum(g, { axis: 0, keepDims: true }), g.shape));
    expect(causes(checkGradients((x) => spread(x), matrix))).toEqual(["summed over axis 0 and spread again"]);
  });

  it("at a single element of many", () => {
    const spoiled = identityWith((g) =>
      concat([slice(g, 0, { end: 11 }), mul(slice(g, 0, { start: 11 }), 0.5)]),
    );
    const report = checkGradients((x) => spoiled(reshape(sin(x), [12])), matrix);
    expect(report.failures).toMatchObject([
      {
        kind: "mismatch",
        order: 1,
        path: "",
        index: [2, 3],
        cause: "1 of 12 elements are wrong: an index or a branch",
      },
    ]);
  });

  it("at a single element of very many, along directions", () => {
    const many = randn(generator, [40, 50], "f64");
    const spoiled = identityWith((g) =>
      concat([slice(g, 0, { end: 1999 }), mul(slice(g, 0, { start: 1999 }), -1)]),
    );
    const report = checkGradients((x) => spoiled(reshape(sin(x), [2000])), many, { order: 1 });
    expect(report.failures.length).toBeGreaterThanOrEqual(6);
    expect(report.failures.at(-1)).toMatchObject({ index: null, direction: 5 });
    expect(checkGradients((x) => reshape(sin(x), [2000]), many, { order: 1 }).ok).toBe(true);
  });

  it("with a gradient that is not finite", () => {
    const report = checkGradients((x) => identityWith((g) => mul(g, Number.NaN))(x), matrix, { order: 1 });
    expect(report.failures).toHaveLength(12);
    expect(causes(report)).toEqual(["not finite: guard what divides by zero or overflows in the rule"]);
  });

  it("with a gradient where there is none", () => {
    const steps = defineOp({
      name: "steps",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().map(Math.floor),
      vjp: [(g) => mul(g, 1e-3)],
    });
    const report = checkGradients((x) => apply(steps, [x], undefined), matrix);
    expect(report.failures).toHaveLength(12);
  });

  it("in the second order alone", () => {
    // The value and the first derivative of a sine; its second derivative is lost with the detached operand.
    const lossy = defineOp({
      name: "lossySin",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().map(Math.sin),
      vjp: [(g, { inputs: [x] }) => mul(g, cos(x.detach()))],
      reads: [[0]],
    });
    const report = checkGradients((x) => apply(lossy, [x], undefined), matrix);
    expect(report.failures).toHaveLength(12);
    expect(report.failures.every(({ order }) => order === 2)).toBe(true);
    expect(checkGradients((x) => apply(lossy, [x], undefined), matrix, { order: 1 }).ok).toBe(true);
  });

  it("in the way the cotangent enters", () => {
    const detaching = identityWith((g) => g.detach());
    const report = checkGradients((x) => detaching(sin(x)), matrix);
    expect(report.failures.map(({ path }) => path)).toContain("cotangent");
  });
});

describe("1e-4 too much is found wherever there is a slope", () => {
  it.each(Object.keys(correctFunctions))("%s", (name) => {
    const f = correctFunctions[name];
    const tampered = identityWith((g) => mul(g, 1 + 1e-4));
    let caught = 0;
    const places = Array.from({ length: 15 }, (_, k) => 0.37 * (k - 7) + 0.03);
    for (const [seed, place] of [...places, 7e-4, -4e-4, 2e-3].entries()) {
      const x = tensor([place], { dtype: "f64" });
      if (!moves(f, x)) continue;
      expect(checkGradients((y) => f(tampered(y)), x, { order: 1, seed }).ok, `${name} at ${x}`).toBe(false);
      caught++;
    }
    if (name === "floor" || name === "sign") expect(caught).toBe(0);
    else expect(caught).toBeGreaterThanOrEqual(3);
  });
});

/** Whether a small step changes the value by what can be seen to four digits. */
function moves(f: (x: Tensor) => Tensor, x: Tensor): boolean {
  const [before, after] = [f(x).item(), f(sub(x, 1e-5)).item()];
  return Math.abs(after - before) > 1e-9 * Math.max(1, Math.abs(before));
}

describe("what is not a wrong number", () => {
  it("finds a function that writes to its input", () => {
    const report = checkGradients((x) => {
      x.data[0] += 1;
      return sin(x);
    }, matrix);
    expect(report.failures[0]).toMatchObject({
      kind: "mutation",
      path: "",
      cause: "the function writes to this input",
    });
  });

  it("finds calls that differ", () => {
    let calls = 0;
    const report = checkGradients((x) => mul(x, 1 + calls++), matrix);
    expect(report.failures[0]).toMatchObject({
      kind: "nondeterministic",
      cause: "two calls give different values",
    });
  });

  it("finds sweeps that differ", () => {
    let sweeps = 0;
    const report = checkGradients((x) => identityWith((g) => mul(g, 1 + sweeps++))(x), matrix);
    expect(report.failures[0]).toMatchObject({
      kind: "nondeterministic",
      cause: "two sweeps give different gradients",
    });
  });

  it("finds an op that takes a view for a dense tensor", () => {
    const careless = defineOp({
      name: "careless",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => Float64Array.from(x.data.subarray(0, x.size), Math.sin),
      vjp: [(g, { inputs: [x] }) => mul(g, cos(x))],
      reads: [[0]],
    });
    const report = checkGradients((x) => apply(careless, [x], undefined), matrix);
    expect(report.failures[0]).toMatchObject({
      kind: "layout",
      cause: "the value differs for views with the same elements",
    });
  });

  it("is inconclusive where the value is not finite", () => {
    const report = checkGradients((x) => exp(mul(x, 1e4)), tensor([1], { dtype: "f64" }));
    expect(report.ok).toBe(false);
    expect(report.failures).toEqual([]);
    expect(report.inconclusive).toMatchObject([
      { kind: "inconclusive", cause: "the value holds Infinity: there is no slope to measure" },
    ]);
  });

  it("is inconclusive where the bar is wider than 1e-4, and never passes", () => {
    // In single precision this loses all but two digits.
    const report = checkGradients((x) => sub(mul(x, 1e-4), 100), tensor([1.5, 0.3]), { order: 1 });
    expect(report.failures).toEqual([]);
    expect(report.inconclusive).toHaveLength(2);
    for (const { numeric, errorBar } of report.inconclusive)
      expect(errorBar).toBeGreaterThan(1e-4 * Math.abs(numeric));
  });

  it("is inconclusive at an infinite slope", () => {
    const report = checkGradients(
      (x) => tensor(Math.cbrt(x.item()), { dtype: "f64" }),
      tensor(0, { dtype: "f64" }),
    );
    expect(report.failures).toEqual([]);
    expect(report.inconclusive.length).toBeGreaterThan(0);
  });
});

describe("kinks", () => {
  it("admits any number between the slopes on both sides, and no other", () => {
    const slanted = (slope: number) =>
      defineOp({
        name: "slanted",
        shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
        forward: ([x]) => x.values().map((value) => (value > 0 ? 2 * value : -value)),
        vjp: [(g) => mul(g, slope)],
      });
    const check = (slope: number) =>
      checkGradients((x) => apply(slanted(slope), [x], undefined), tensor([0], { dtype: "f64" }), {
        order: 1,
      });
    for (const slope of [-1, 0, 0.3, 2]) expect(check(slope)).toMatchObject({ ok: true, kinks: 1 });
    for (const slope of [-1.001, 2.001, 5]) expect(check(slope)).toMatchObject({ ok: false, kinks: 1 });
  });

  it("is not misled by a kink close by", () => {
    for (const distance of [1e-2, 1e-4, 1e-6, 1e-8]) {
      const x = tensor([distance, -distance], { dtype: "f64" });
      expect(checkGradients((y) => maximum(y, 0), x)).toMatchObject({ ok: true });
      const wrong = checkGradients((y) => mul(maximum(y, 0), 1), x, { order: 1 });
      expect(wrong.kinks).toBe(0);
    }
  });

  it("counts ties", () => {
    const report = checkGradients(
      (x) => maximum(x, tensor([1, 5], { dtype: "f64" })),
      tensor([1, 2], { dtype: "f64" }),
      { order: 1 },
    );
    expect(report).toMatchObject({ ok: true, kinks: 1, compared: 2 });
  });

  it("judges a jump by the slopes beside it", () => {
    const step = (slope: number) =>
      defineOp({
        name: "step",
        shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
        forward: ([x]) => x.values().map((value) => 3 * value + Math.sign(value)),
        vjp: [(g) => mul(g, slope)],
      });
    const check = (slope: number) =>
      checkGradients((x) => apply(step(slope), [x], undefined), tensor([0], { dtype: "f64" }), { order: 1 });
    expect(check(3)).toMatchObject({ ok: true, kinks: 1 });
    expect(check(3.01)).toMatchObject({ ok: false, kinks: 1 });
  });
});
