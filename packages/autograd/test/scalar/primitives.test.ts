import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import * as arithmetic from "../../src/scalar/arithmetic.ts";
import * as bessel from "../../src/scalar/bessel.ts";
import * as choice from "../../src/scalar/choice.ts";
import { compileFunction, compileLoop } from "../../src/scalar/compile.ts";
import { derive } from "../../src/scalar/derive.ts";
import { type Primitive, Scalar } from "../../src/scalar/expression.ts";
import * as gamma from "../../src/scalar/gamma.ts";
import * as gaussian from "../../src/scalar/gaussian.ts";
import { interpret } from "../../src/scalar/interpret.ts";
import * as logarithmic from "../../src/scalar/logarithmic.ts";
import * as logic from "../../src/scalar/logic.ts";
import * as rounding from "../../src/scalar/rounding.ts";
import * as sigmoidal from "../../src/scalar/sigmoidal.ts";
import * as transcendental from "../../src/scalar/transcendental.ts";
import * as trigonometric from "../../src/scalar/trigonometric.ts";

const isPrimitive = (value: unknown): value is Primitive =>
  typeof value === "object" && value !== null && "evaluate" in value;
const primitives = [
  arithmetic,
  bessel,
  choice,
  gamma,
  gaussian,
  logarithmic,
  logic,
  rounding,
  sigmoidal,
  transcendental,
  trigonometric,
].flatMap((module) => Object.values(module).filter(isPrimitive));
const arityOf = (primitive: Primitive): number =>
  primitive.name === "where" ? 3 : primitive.evaluate.length || 2;

const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  1e-300,
  -1e300,
  30,
  -30,
  800,
  -800,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];
const number = fc.oneof(
  fc.constantFrom(...edges),
  fc.integer({ min: -4000, max: 4000 }).map((n) => n / 1000),
);

it("has many primitives, each under its name", () => {
  expect(primitives.length).toBeGreaterThan(40);
  expect(new Set(primitives.map(({ name }) => name)).size).toBe(primitives.length);
});

describe.each(primitives.map((primitive) => [primitive.name, primitive] as const))("%s", (_, primitive) => {
  const arity = arityOf(primitive);
  const inputs = Array.from({ length: arity }, (_, k) => Scalar.input(k));
  const expression = Scalar.apply(primitive, inputs);
  const derivatives = inputs.map((_, k) => derive(expression, k));

  it("is the same evaluated, compiled and interpreted, its derivatives too", () => {
    const all = [expression, ...derivatives, ...derivatives.map((slope) => derive(slope, 0))];
    const ways = all.map((each) => [compileFunction(each, arity), interpret(each)] as const);
    fc.assert(
      fc.property(fc.tuple(...inputs.map(() => number)), (values) => {
        expect(Number(ways[0][0](...values))).toBe(primitive.evaluate(...values));
        for (const [compiled, interpreted] of ways)
          expect(Number(compiled(...values))).toBe(interpreted(...values));
      }),
    );
  });

  it("loops over arrays as it does over numbers", () => {
    const loop = compileLoop(expression, arity);
    const columns = inputs.map((_, k) =>
      Float64Array.from(edges, (_, i) => edges[(i * (k + 1) + k) % edges.length]),
    );
    const out = new Float64Array(edges.length + 1);
    loop(out, 1, 1, edges.length, ...columns.flatMap((column) => [column, 0, 0, 1]));
    edges.forEach((_, i) => {
      expect(out[1 + i]).toBe(Number(primitive.evaluate(...columns.map((column) => column[i]))));
    });
    expect(out[0]).toBe(0);
    const strided = new Float64Array(6);
    loop(strided, 0, 2, 3, ...columns.flatMap((column) => [column, 1, 4, 2]));
    for (let i = 0; i < 6; i++) {
      const place = 1 + 4 * Math.floor(i / 3) + 2 * (i % 3);
      expect(strided[i]).toBe(Number(primitive.evaluate(...columns.map((column) => column[place]))));
    }
    const still = new Float64Array(6);
    loop(still, 0, 2, 3, ...columns.flatMap((column) => [column, 4, 0, 0]));
    expect([...new Set(still)]).toEqual([Number(primitive.evaluate(...columns.map((column) => column[4])))]);
  });

  it("says whether it is a truth value", () => {
    if (!primitive.logical) return;
    for (const a of edges) for (const b of edges) expect([0, 1]).toContain(Number(primitive.evaluate(a, b)));
  });
});

/** A constructor of functions that fails, as `Function` does under a content security policy. */
const refusing = (error: Error) =>
  class {
    constructor() {
      throw error;
    }
  };

describe("without code from strings", () => {
  it("gives the same values", () => {
    const x = Scalar.input(0);
    const sigmoid = Scalar.apply(sigmoidal.sigmoid, [x]);
    const expression = Scalar.apply(arithmetic.mul, [sigmoid, Scalar.apply(choice.abs, [x])]);
    const [compiled, compiledLoop] = [compileFunction(expression, 1), compileLoop(expression, 1)];
    vi.stubGlobal("Function", refusing(new EvalError("refused by a content security policy")));
    try {
      const [plain, plainLoop] = [compileFunction(expression, 1), compileLoop(expression, 1)];
      const data = Float64Array.from(edges);
      const outs = [compiledLoop, plainLoop].map((loop) => {
        const out = new Float64Array(2 * edges.length);
        loop(out, 0, 1, edges.length, data, 0, 0, 1);
        loop(out, edges.length, 2, edges.length / 4, data, 1, 3, 2);
        return out;
      });
      expect(outs[1]).toEqual(outs[0]);
      for (const value of edges) expect(plain(value)).toBe(compiled(value));
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("does not hide other failures", () => {
    vi.stubGlobal("Function", refusing(new RangeError("something else")));
    try {
      expect(() => compileFunction(Scalar.input(0), 1)).toThrow("something else");
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
