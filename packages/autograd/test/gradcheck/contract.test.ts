import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  backward,
  type ContractReport,
  checkOpContract,
  cos,
  defineOp,
  describeContract,
  matmul,
  mul,
  type Op,
  type OpFunction,
  type OpLaw,
  sin,
  sum,
  type Tensor,
  tensor,
} from "../../src/index.ts";

const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });
const samples = [
  [f64([[0.3, -1.2, 0.7]])],
  [
    f64([
      [0.2, 1.1, 0.4],
      [-0.6, 0.9, 1.3],
    ]),
  ],
];

/** The sine, but for what is given. */
function sineBut(changes: Partial<Op<void>>): OpFunction {
  const op: Op<void> = defineOp<void>({
    name: "sine",
    shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
    forward: ([x]) => x.values().map(Math.sin),
    vjp: [(g, { inputs: [x] }) => mul(g, cos(x))],
    reads: [[0]],
    batch: "leading",
    ...changes,
  });
  return (x) => apply(op, [x], undefined);
}

const broken = (report: ContractReport): OpLaw[] => [...new Set(report.violations.map(({ law }) => law))];

describe("an op that obeys", () => {
  it("has no violations, of the user's making or composed", () => {
    const reference = (x: Tensor): ArrayLike<number> => x.values().map(Math.sin);
    const report = checkOpContract(sineBut({}), samples, { reference });
    expect(report).toMatchObject({ ok: true, violations: [] });
    expect(report.tried).toEqual({
      value: 2,
      gradients: 2,
      severalUses: 2,
      precision: 2,
      views: 2,
      nan: 2,
      mutation: 2,
      signature: 2,
      extents: 1,
      broadcasting: 2,
      vmap: 2,
      perExample: 2,
    });
    expect(describeContract(report)).toBe("0 violations of 12 laws");
    expect(checkOpContract((x) => sum(mul(x, sin(x))), samples).ok).toBe(true);
  });

  it("may return several results, take options, and be known by expected values", () => {
    const report = checkOpContract(
      (x) => [sin(x), cos(x)],
      [
        {
          inputs: [f64([0, 1])],
          expected: [
            [0, Math.sin(1)],
            [1, Math.cos(1)],
          ],
          name: "both",
        },
        { inputs: [f64([1, 2])], call: ([x]) => mul(x, 2), expected: f64([2, 4]) },
      ],
    );
    expect(report).toMatchObject({ ok: true, tried: { value: 2 } });
  });

  it("needs samples", () => {
    expect(() => checkOpContract(sin, [])).toThrow("expected at least one sample");
  });
});

describe("an op that does not obey is found by the law of", () => {
  const cases: [OpLaw, OpFunction][] = [
    ["gradients", sineBut({ vjp: [(g, { inputs: [x] }) => mul(g, mul(-1, cos(x)))] })],
    [
      "severalUses",
      sineBut({
        addTo: (sum, [g]) => {
          sum.data[sum.offset] += (g as Tensor).item();
        },
        vjp: [(g, { inputs: [x] }) => mul(g, cos(x))],
      }),
    ],
    [
      "precision",
      sineBut({ forward: ([x]) => x.values().map((v) => (x.dtype === "f32" ? v : Math.sin(v))) }),
    ],
    ["views", sineBut({ forward: ([x]) => (x.data.slice(0, x.size) as Float64Array).map(Math.sin) })],
    ["nan", sineBut({ forward: ([x]) => x.values().map((v) => (Number.isNaN(v) ? 0 : Math.sin(v))) })],
    [
      "mutation",
      sineBut({
        forward: ([x]) => {
          const result = x.values().map(Math.sin);
          x.data[x.offset] += 1;
          return result;
        },
      }),
    ],
    ["signature", sineBut({ shape: ([x]) => ({ shape: x.shape, dtype: "f32" }) })],
    [
      "extents",
      sineBut({
        forward: ([x]) => {
          if (x.size === 0) throw new TypeError("nothing there");
          return x.values().map(Math.sin);
        },
      }),
    ],
    ["vmap", sineBut({ batch: ([x]) => sin(add(x, 1)) })],
    [
      "perExample",
      sineBut({ vjp: [(g, { inputs: [x] }) => mul(g, f64(x.values().map(Math.cos) as Float64Array))] }),
    ],
    ["broadcasting", sineBut({ forward: ([x]) => x.values().map((v) => (x.rank > 2 ? 0 : Math.sin(v))) })],
  ];

  it.each(cases)("%s", (law, op) => {
    const report = checkOpContract(op, samples, { laws: [law] });
    expect(broken(report)).toEqual([law]);
  });

  it("value, where a reference is given", () => {
    const reference = (x: Tensor): ArrayLike<number> => x.values().map((v) => Math.sin(v) * (1 + 1e-12));
    expect(broken(checkOpContract(sin, samples, { reference }))).toEqual(["value"]);
    expect(broken(checkOpContract((x) => [sin(x), x], samples, { reference }))).toEqual(["value"]);
  });

  it("gradients, when it throws, or drops its operand in silence", () => {
    const throwing = sineBut({
      vjp: [
        () => {
          throw new RangeError("no rule");
        },
      ],
    });
    expect(describeContract(checkOpContract(throwing, [[f64([1, 2])]], { laws: ["gradients"] }))).toBe(
      "1 violations of 1 laws\n  gradients, [2]: throws RangeError: no rule",
    );
    expect(broken(checkOpContract((x) => sin(x.detach()), samples, { laws: ["gradients"] }))).toEqual([
      "gradients",
    ]);
  });

  it("none that it is exempt from", () => {
    const [, op] = cases[0];
    const laws: OpLaw[] = ["gradients", "nan"];
    expect(checkOpContract(op, samples, { laws, exempt: { gradients: "under way" } }).ok).toBe(true);
  });
});

describe("laws that look at more than one operand", () => {
  it("take each in turn", () => {
    const [a, b] = [
      f64([
        [1, 2],
        [3, 4],
      ]),
      f64([
        [0.5, -1],
        [2, 0.25],
      ]),
    ];
    expect(checkOpContract(matmul, [[a, b]])).toMatchObject({ ok: true, tried: { vmap: 1, perExample: 1 } });
    expect(checkOpContract(add, [[a, f64([1, 2])]])).toMatchObject({ ok: true, tried: { broadcasting: 1 } });
  });

  it("leave the gradients of the operands alone", () => {
    const x = tensor([1, 2], { dtype: "f64", requiresGrad: true });
    backward(sum(x));
    const before = x.grad;
    checkOpContract(sin, [[x]]);
    expect(x.grad).toBe(before);
  });
});
