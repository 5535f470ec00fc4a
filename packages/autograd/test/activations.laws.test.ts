import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type Activation,
  ArgumentError,
  activationByName,
  activationNames,
  activations,
  add,
  clamp,
  cos,
  defineActivation,
  div,
  exp,
  full,
  gradients,
  gt,
  maximum,
  mul,
  neg,
  ones,
  parameter,
  registerActivation,
  sin,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  where,
} from "../src/index.ts";
import { sum } from "../src/ops/reductions/reduce.ts";
import { activationLaws } from "./laws/activation-laws.ts";

type AnyActivation = Activation<string, string>;

for (const activation of Object.values(activations)) activationLaws(activation as AnyActivation);

const squareplus = defineActivation({
  name: "squareplus",
  f: (x) => mul(0.5, add(x, sqrt(add(square(x), 4)))),
});
const snake = defineActivation({
  name: "snake",
  parameters: { frequency: 1.3 },
  f: (x, { frequency }) => add(x, div(square(sin(mul(frequency, x))), frequency)),
});
const tent = defineActivation({
  name: "tent",
  options: { width: 2 },
  f: (x, { width }) => maximum(0, sub(width, where(gt(x, 0), x, neg(x)))),
});
const bounded = defineActivation({ name: "bounded", f: (x) => clamp(mul(0.5, x), -1, 1) });
for (const activation of [squareplus, snake, tent, bounded, tent.with({ width: 1 })])
  activationLaws(activation as unknown as AnyActivation);

interface Reference {
  readonly grid: readonly (number | string | null)[];
  readonly activations: Readonly<
    Record<string, Readonly<Record<string, readonly (number | string | null)[]>>>
  >;
}

const reference: Reference = JSON.parse(
  readFileSync(new URL("reference/activations.json", import.meta.url), "utf8"),
);
const read = (values: readonly (number | string | null)[]): number[] =>
  values.map((value) => (value === null ? Number.NaN : Number(value)));
const grid = read(reference.grid);

/** Where PyTorch's answer is not the one wanted, and which one is. */
const exceptions: readonly {
  readonly why: string;
  readonly at: (name: string, column: string, x: number) => boolean;
}[] = [
  { why: "a slope at NaN says nothing", at: (_, column, x) => column !== "value" && Number.isNaN(x) },
  {
    why: "-∞ · 0 in x·relu6(x + 3)",
    at: (name, column, x) => name === "hardSwish" && column === "value" && x === -Infinity,
  },
  {
    why: "1/6 is rounded to single precision",
    at: (name, column, x) => name === "hardSigmoid" && column === "slope" && Math.abs(x) < 3,
  },
  {
    why: "at ±3 its loops for long and short arrays differ",
    at: (name, column, x) => name === "hardSwish" && column !== "value" && Math.abs(x) === 3,
  },
  {
    why: "slope and second derivative at 0 come from different sides",
    at: (name, column, x) => ["celu", "elu", "selu"].includes(name) && column === "second" && x === 0,
  },
  { why: "cut off above 20", at: (name, column, x) => name === "softplus" && column === "second" && x > 20 },
  {
    why: "0 · ∞ in the product rule",
    at: (name, column, x) => name === "mish" && column === "second" && x === 800,
  },
  {
    why: "swallows NaN",
    at: (name, column, x) => name === "softshrink" && column === "value" && Number.isNaN(x),
  },
  { why: "σ(1 - σ) cancels", at: (name, column, x) => name === "swish" && column === "parameter" && x > 15 },
];

describe("PyTorch's values", () => {
  it("cover every activation", () => {
    expect(Object.keys(reference.activations).sort()).toEqual(Object.keys(activations).sort());
  });

  it.each(Object.keys(reference.activations))("%s", (name) => {
    const activation = activations[name as keyof typeof activations] as AnyActivation;
    const x = parameter(Float64Array.from(grid));
    const parameters = Object.values<number>(activation.parameters).map((value) =>
      parameter(full([grid.length], value, "f64")),
    );
    const every = ones([grid.length], "f64");
    const y = activation(x, ...parameters);
    const [slope, ...own] = gradients(y, [x, ...parameters], { cotangent: every, createGraph: true });
    const second = slope.requiresGrad
      ? gradients(slope, [x], { cotangent: every })[0]
      : full([grid.length], 0, "f64");
    const ours: Record<string, Tensor> = { value: y, slope, second, parameter: own[0] };
    for (const [column, values] of Object.entries(reference.activations[name])) {
      const computed = ours[column].values();
      read(values).forEach((expected, k) => {
        if (exceptions.some(({ at }) => at(name, column, grid[k]))) return;
        const close =
          Object.is(computed[k], expected) ||
          Math.abs(computed[k] - expected) <= 1e-14 + 1e-13 * Math.abs(expected);
        expect(close, `${column} at ${grid[k]}: ${computed[k]}, PyTorch ${expected}`).toBe(true);
      });
    }
  });

  it.each(exceptions.map(({ why }, k) => [why, k] as const))(
    "are not followed where they cannot be: %s",
    (_, k) => {
      // An exception that excuses nothing must go.
      const hits = Object.entries(reference.activations).flatMap(([name, columns]) =>
        Object.keys(columns).flatMap((column) => grid.filter((x) => exceptions[k].at(name, column, x))),
      );
      expect(hits.length).toBeGreaterThan(0);
    },
  );
});

/** Value and first two derivatives at one place. */
function derivatives(activation: AnyActivation, place: number): number[] {
  const x = parameter(Float64Array.of(place));
  const y = activation(x, ...Object.values<number>(activation.parameters));
  const [slope] = gradients(y, [x], { createGraph: true });
  return [y.item(), slope.item(), slope.requiresGrad ? gradients(slope, [x])[0].item() : 0];
}

describe("conventions and hard places", () => {
  it.each([
    ["relu", 0, 0],
    ["relu6", 0, 0],
    ["relu6", 6, 0],
    ["hardtanh", -1, 0],
    ["hardtanh", 1, 0],
    ["hardSigmoid", -3, 0],
    ["hardSigmoid", 3, 0],
    ["hardSwish", -3, -0.5],
    ["hardSwish", 3, 1.5],
    ["leakyRelu", 0, 0.01],
    ["prelu", 0, 0.25],
    ["elu", 0, 1],
    ["selu", 0, 1.0507009873554805 * 1.6732632423543772],
    ["softsign", 0, 1],
    ["hardshrink", 0.5, 0],
    ["hardshrink", -0.5, 0],
    ["softshrink", 0.5, 0],
    ["softshrink", -0.5, 0],
    ["tanhshrink", 0, 0],
    ["threshold", 0, 0],
  ] as const)("%s at %s has slope %s", (name, place, slope) => {
    for (const zero of place === 0 ? [0, -0] : [place]) {
      expect(derivatives(activations[name] as AnyActivation, zero)[1]).toBeCloseTo(slope, 15);
    }
  });

  it("never turns a finite place into NaN, in three derivatives", () => {
    for (const activation of Object.values(activations) as AnyActivation[]) {
      for (const place of [-1e20, -800, -200, -40, -1e-300, -0, 0, 1e-300, 40, 200, 800, 1e20]) {
        const x = parameter(Float64Array.of(place));
        let y = activation(x, ...Object.values<number>(activation.parameters));
        for (let order = 0; order < 4; order++) {
          expect(y.item(), `${activation.name}, derivative ${order} at ${place}`).not.toBeNaN();
          if (!y.requiresGrad) break;
          [y] = gradients(y, [x], { createGraph: true });
        }
      }
    }
  });

  it("keeps the slope where a saturated value has lost it", () => {
    expect(derivatives(activations.tanh as AnyActivation, 30)[1]).toBeCloseTo(4 * Math.exp(-60), 40);
    expect(derivatives(activations.sigmoid as AnyActivation, 40)[1] / Math.exp(-40)).toBeCloseTo(1, 12);
    expect(derivatives(activations.sigmoid as AnyActivation, -700)[1] / Math.exp(-700)).toBeCloseTo(1, 12);
  });
});

describe("defining and registering", () => {
  it("takes a declared derivative for the derived one", () => {
    // The naive sigmoid, whose derived slope is 0 · ∞ on the far left.
    const naive = {
      name: "naiveSigmoid",
      f: (x: Parameters<typeof neg>[0]) => div(1, add(1, exp(neg(x as never)))),
    } as never;
    const careless = defineActivation(naive) as unknown as AnyActivation;
    const careful = defineActivation({
      ...(naive as object),
      name: "carefulSigmoid",
      derivative: (x: never) => mul(activations.sigmoid(x), activations.sigmoid(neg(x))),
    } as never) as unknown as AnyActivation;
    expect(derivatives(careless, -800)[1]).toBeNaN();
    expect(derivatives(careful, -800).slice(0, 2)).toEqual([0, 0]);
    for (const place of [-3, 0.4, 5]) {
      const [all, expected] = [
        derivatives(careful, place),
        derivatives(activations.sigmoid as AnyActivation, place),
      ];
      all.forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k], 14);
      });
    }
  });

  it("uses the declared derivative even where it is wrong, so that a check can say so", () => {
    const lying = defineActivation({
      name: "lying",
      f: (x) => sin(x),
      derivative: (x) => mul(1.001, cos(x)),
    });
    const x = parameter([0.3], { dtype: "f64" });
    expect(gradients(sum(lying(x)), [x])[0].item()).toBeCloseTo(1.001 * Math.cos(0.3), 14);
  });

  it("finds activations by name, built in and registered", () => {
    expect(activationByName("relu")).toBe(activations.relu);
    expect(activationNames()).toContain("softmax");
    registerActivation(squareplus);
    expect(activationNames()).toContain("squareplus");
    expect(activationByName("squareplus" as "tanh")).toBe(squareplus);
    expect(() => registerActivation(squareplus)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: registerActivation: expected a name that is not taken, got "squareplus"]`,
    );
    expect(() => activationByName("Tanh" as "tanh")).toThrow(ArgumentError);
  });

  it("names variants after their options", () => {
    const steep = activations.leakyRelu.with({ negativeSlope: 0.2 });
    expect(steep.name).toBe("leakyRelu(negativeSlope: 0.2)");
    expect(steep.options).toEqual({ negativeSlope: 0.2 });
    expect(activations.leakyRelu.with({ negativeSlope: 0.2 })).toBe(steep);
    expect(activations.leakyRelu.with({ negativeSlope: 0.3 })).not.toBe(steep);
    expect(steep(tensor([-1, 2])).toArray()).toEqual([Math.fround(-0.2), 2]);
    expect(activations.leakyRelu(tensor([-1])).toArray()).toEqual([Math.fround(-0.01)]);
  });

  it("says what it wants", () => {
    expect(() =>
      defineActivation({ name: "constant", f: () => 1 as never })(tensor([1])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: defineActivation: expected the function of constant to return a scalar expression of x, got 1]`,
    );
    expect(() =>
      (activations.prelu as (x: Tensor) => Tensor)(tensor([1])),
    ).toThrowErrorMatchingInlineSnapshot(`[ArgumentError: prelu: expected 2 operands: x, slope, got 1]`);
    expect(() =>
      defineActivation({ name: "mixed", f: (x) => mul(x, tensor([1]) as never) })(tensor([1])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: mul: expected scalars only: a tensor cannot be part of a scalar expression, got Tensor]`,
    );
  });
});
