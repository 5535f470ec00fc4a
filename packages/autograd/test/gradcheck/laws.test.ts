import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  applyMany,
  checkGradients,
  cos,
  defineOp,
  describeReport,
  Generator,
  type GradientReport,
  matmul,
  mul,
  neg,
  type Op,
  type Rule,
  randn,
  relu,
  reshape,
  select,
  sin,
  sqrt,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
} from "../../src/index.ts";
import type { TangentRule } from "../../src/tensor.ts";

const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });
const draw = (...shape: number[]): Tensor => randn(new Generator(11), shape, "f64");

/** A sine with rules of one's own. */
function sineWith(vjp: Rule<void>, jvp?: TangentRule<void>): (x: Tensor) => Tensor {
  const op: Op<void> = defineOp({
    name: "sine",
    shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
    forward: ([x]) => x.values().map(Math.sin),
    vjp: [vjp],
    reads: [[0]],
    ...(jvp === undefined ? {} : { jvp: [jvp] }),
  });
  return (x) => apply(op, [x], undefined);
}
const right: Rule<void> = (g, { inputs: [x] }) => mul(g, cos(x));

const first = ({ failures }: GradientReport) => failures[0];

describe("the cotangent", () => {
  it("that does not enter linearly is found, where its one value fits", () => {
    // Right for the cotangent that the differences are taken with, and for no other.
    let known: Tensor | null = null;
    const rigid = sineWith((g, { inputs: [x] }) => {
      known ??= g.detach();
      return mul(known, cos(x));
    });
    const report = checkGradients(rigid, draw(3), { order: 1 });
    expect(report.ok).toBe(false);
    expect(first(report)).toMatchObject({ kind: "cotangent", suspect: "cotangent" });
    expect(describeReport(report)).toContain("the gradient for a cotangent of zero is not zero");
  });

  it("may be missing for some of several outputs", () => {
    const both = (careful: boolean): Op<void> =>
      defineOp<void>({
        name: "both",
        shape: ([x]) => [0, 1].map(() => ({ shape: x.shape, dtype: x.dtype })),
        forward: ([x]) => [x.values().map(Math.sin), x.values().map((value) => value * value)],
        vjp: [
          (_, { inputs: [x] }, [a, b]) => {
            const parts = [a && mul(a, cos(x)), b && mul(b, mul(2, x))];
            if (careful) return parts.reduce((p, q) => (p && q ? add(p, q) : (p ?? q)), null);
            return parts[0] && parts[1] ? add(parts[0], parts[1]) : mul(x, 0);
          },
        ],
        reads: [[0]],
      });
    const check = (careful: boolean): GradientReport =>
      checkGradients((x) => applyMany(both(careful), [x], undefined), draw(3), { order: 1, jacobian: 0 });
    expect(check(true)).toMatchObject({ ok: true });
    expect(first(check(false))).toMatchObject({
      suspect: "cotangent",
      cause: "the gradient changes when a cotangent of zero does not come at all",
    });
  });
});

describe("single outputs", () => {
  it("are differentiated one by one where they are few", () => {
    expect(checkGradients(tanh, draw(4))).toMatchObject({ ok: true, jacobian: 16 });
    expect(checkGradients(tanh, draw(4), { jacobian: 15 })).toMatchObject({ ok: true, jacobian: 0 });
  });

  it("are named", () => {
    // Right for the sum of both outputs whatever weighs them, as long as both weigh something.
    const op = defineOp<void>({
      name: "exchanging",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().map(Math.sin),
      vjp: [
        (g, { inputs: [x] }) => {
          const whole = g.values().every((value) => value !== 0);
          return mul(whole ? g : mul(g, 2), cos(x));
        },
      ],
      reads: [[0]],
    });
    const report = checkGradients((x) => ({ y: apply(op, [x], undefined) }), f64([0.3, 0.4]), { order: 1 });
    expect(first(report)).toMatchObject({ output: "y[0]", index: [0], suspect: "factor" });
    expect(describeReport(report)).toContain("the input[0] to y[0]: reverse mode gives 1.9106");
  });
});

describe("a subset of the arguments", () => {
  const wrong = sineWith(neg);
  const f = ({ a, b }: { a: Tensor; b: { c: Tensor; d: Tensor } }): Tensor =>
    add(mul(sin(a), wrong(b.c)), b.d);
  const inputs = { a: draw(2), b: { c: draw(2), d: draw(2) } };

  it("is checked alone, the others are constants", () => {
    expect(checkGradients(f, inputs, { order: 1 }).ok).toBe(false);
    expect(checkGradients(f, inputs, { order: 1, only: ["a", "b.d"] })).toMatchObject({
      ok: true,
      compared: 4,
    });
    expect(checkGradients(f, inputs, { order: 1, only: ["b"] }).failures.map(({ path }) => path)).toEqual([
      "b.c",
      "b.c",
    ]);
  });

  it("must exist", () => {
    expect(() => checkGradients(f, inputs, { only: ["b.e"] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGradients: expected paths of inputs or parameters in \`only\`, got "b.e"]`,
    );
  });
});

describe("a large input", () => {
  it("is halved down to the element that is wrong", () => {
    const mask = new Float64Array(900).fill(1);
    mask[617] = 1 + 1e-3;
    const spoiled = sineWith((g, { inputs: [x] }) => mul(mul(g, cos(x)), f64(mask)));
    const report = checkGradients((x) => spoiled(reshape(x, [900])), draw(30, 30), { order: 1, elements: 4 });
    const alone = report.failures.filter(({ index }) => index !== null);
    expect(alone).toMatchObject([{ index: [20, 17] }]);
  });
});

describe("forward mode", () => {
  it("is compared with reverse mode, element by element", () => {
    const tangents = f64([1, 1, 1 + 1e-4]);
    const wrong = sineWith(right, (t, { inputs: [x] }) => mul(mul(t, cos(x)), tangents));
    const report = checkGradients(wrong, draw(3));
    expect(first(report)).toMatchObject({ kind: "forward", suspect: "forward mode", order: 1, index: [2] });
    expect(checkGradients(wrong, draw(3), { forward: false }).ok).toBe(true);
    expect(checkGradients(sineWith(right, right as TangentRule<void>), draw(3)).ok).toBe(true);
  });

  it("is told its sign and its absence", () => {
    const flipped = sineWith(right, (t, { inputs: [x] }) => neg(mul(t, cos(x))));
    expect(first(checkGradients(flipped, draw(3))).cause).toBe("a wrong rule in jvp: the sign is flipped");
    const absent = sineWith(right, () => null);
    expect(first(checkGradients(absent, draw(3))).cause).toBe("a wrong rule in jvp: no tangent arrives");
  });

  it("is compared in mixed orders too", () => {
    const forgetful = sineWith(right, (t, { inputs: [x] }) => mul(t, cos(x.detach())));
    expect(checkGradients(forgetful, draw(3), { order: 1 }).ok).toBe(true);
    const report = checkGradients(forgetful, draw(3));
    expect(report.failures.map(({ cause }) => cause)).toEqual([
      "reverse mode over forward mode contradicts reverse mode over reverse mode",
      "forward mode over forward mode contradicts reverse mode over reverse mode",
    ]);
    const closed = sineWith(right, (t, { inputs: [x] }) => mul(t.detach(), cos(x)));
    expect(checkGradients(closed, draw(3)).failures).toHaveLength(1);
  });
});

describe("suspects", () => {
  const suspectOf = (f: (x: Tensor) => Tensor, x: Tensor): string =>
    first(checkGradients(f, x, { order: 1, forward: false })).suspect;

  it("are words for what is wrong", () => {
    const square3 = draw(3, 3);
    expect(
      suspectOf(
        sineWith((g, { inputs: [x] }) => neg(mul(g, cos(x)))),
        square3,
      ),
    ).toBe("sign");
    expect(
      suspectOf(
        sineWith((g, { inputs: [x] }) => mul(2, mul(g, cos(x)))),
        square3,
      ),
    ).toBe("factor");
    expect(
      suspectOf(
        sineWith((g, { inputs: [x] }) => transpose(mul(g, cos(x)))),
        square3,
      ),
    ).toBe("transposed");
    expect(suspectOf((x) => sin(x.detach()), square3)).toBe("disconnected");
    let calls = 0;
    expect(suspectOf((x) => mul(x, calls++), square3)).toBe("nondeterministic");
  });

  it("are a kink where the gradient is beside both slopes, and the domain at its edge", () => {
    const bent = defineOp<void>({
      name: "bent",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().map(Math.abs),
      vjp: [(g) => mul(g, 3)],
    });
    expect(suspectOf((x) => apply(bent, [x], undefined), f64([0]))).toBe("kink");
    const edged = defineOp<void>({
      name: "edged",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().map((value) => (value < 1 ? Number.NaN : value * value)),
      vjp: [(g) => mul(g, 3)],
    });
    expect(suspectOf((x) => apply(edged, [x], undefined), f64([1]))).toBe("domain");
    const report = checkGradients(sqrt, f64([0]), { order: 1 });
    expect(report.ok).toBe(false);
  });

  it("are one-sided slopes at the edge of a domain when all is well", () => {
    const squareAbove = defineOp<void>({
      name: "squareAbove",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values().map((value) => (value < 1 ? Number.NaN : value * value)),
      vjp: [(g, { inputs: [x] }) => mul(g, mul(2, x))],
      reads: [[0]],
    });
    const check = (factor: number): GradientReport =>
      checkGradients((x) => apply(squareAbove, [mul(x, factor)], undefined), f64([1 / factor]), { order: 1 });
    for (const factor of [1, -1]) expect(check(factor)).toMatchObject({ ok: true, compared: 1, kinks: 0 });
  });
});

describe("kinks of several outputs at one point", () => {
  it("may each be taken from another side", () => {
    // One output bends upwards, the other downwards: its gradient of zero lies between neither sum of slopes.
    const f = (x: Tensor): Tensor => relu(mul(x, f64([3, -2])));
    for (let seed = 0; seed < 8; seed++)
      expect(checkGradients(f, f64([0]), { order: 1, seed })).toMatchObject({ ok: true, kinks: 1 });
  });

  it("still leave wrong slopes to be found", () => {
    const steep = (x: Tensor): Tensor => {
      const y = relu(mul(x, f64([3, -2])));
      return add(y, sub(mul(select(x, 0, 0), 9), mul(select(x, 0, 0), 9).detach()));
    };
    expect(checkGradients(steep, f64([0]), { order: 1, forward: false }).ok).toBe(false);
  });

  it("occur in symmetric products", () => {
    const x = f64([
      [-1, 0, 2],
      [1, -2, -1],
      [3, 0, 2],
    ]);
    const layer = (y: Tensor): Tensor => relu(add(matmul(y, transpose(y)), -1));
    for (let seed = 0; seed < 8; seed++)
      expect(checkGradients(layer, x, { order: 1, seed }).failures).toEqual([]);
    expect(sum(layer(x)).item()).toBeGreaterThan(0);
  });
});
