import { backward, Generator, mul, NonFiniteError, sum } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { Descent } from "../../long-term/descent.ts";
import { plainReader } from "../../long-term/network.ts";
import { methodsAt } from "../../long-term/plan.ts";
import { compare } from "../../long-term/run.ts";
import { header, row } from "../../long-term/table.ts";
import { temporalOrder } from "../../long-term/temporal-order.ts";
import { type Outcome, runTrial } from "../../long-term/trial.ts";

describe("descent", () => {
  const reader = plainReader(temporalOrder, new Generator(1));
  const [first] = reader.parameters();
  const gradient = (factor: number): void => {
    reader.parameters().forEach((parameter) => {
      parameter.grad = null;
    });
    backward(mul(factor, sum(first)));
  };

  it("steps along the gradient, cut to the threshold, and notes how long it was before", () => {
    const descent = new Descent(reader, { learningRate: 0.5, threshold: 2 });
    for (const factor of [0.01, 1]) {
      const before = first.values().slice();
      gradient(factor);
      descent.step();
      const norm = factor * Math.sqrt(first.size);
      expect(descent.norms[descent.norms.length - 1]).toBeCloseTo(norm, 5);
      const moved = Math.hypot(...first.values().map((value, k) => value - before[k]));
      expect(moved).toBeCloseTo(0.5 * Math.min(norm, 2), 5);
    }
    expect(descent.clipped).toBe(1);
  });

  it("lets nothing infinite through", () => {
    gradient(Number.POSITIVE_INFINITY);
    const descent = new Descent(reader, { learningRate: 0.5 });
    expect(() => descent.step()).toThrow(NonFiniteError);
  });
});

describe("a trial", () => {
  it("learns what came first, over a short time", async () => {
    const descent = { learningRate: 0.1, threshold: 1 };
    const trial = {
      problem: temporalOrder,
      length: 8,
      seed: 1,
      network: "plain",
      descent,
      steps: 200,
      heldOut: 500,
    } as const;
    const { errorRate, losses, norms, clipped, stayedFinite } = await runTrial(trial);
    expect(errorRate).toBeLessThan(0.1);
    expect([losses.length, norms.length, stayedFinite]).toEqual([200, 200, true]);
    expect(clipped).toBeGreaterThan(0);
    expect(clipped).toBeLessThan(200);
  });
});

describe("the table", () => {
  const rates = { clipped: 0.1, unclipped: 0.01 };

  it("has a row for each method", async () => {
    const lines: string[] = [];
    const setting = { problem: temporalOrder, length: 10, steps: 3, rates };
    const plan = { settings: [setting], trials: 1, heldOut: 100 };
    const methods = methodsAt(setting);
    await compare(plan, "5", (line) => lines.push(line));
    expect(lines).toHaveLength(methods.length + 2);
    expect(lines[0]).toBe(header);
    methods.forEach(({ name }, k) => {
      expect(lines[k + 1]).toMatch(/^temporal order +10 /);
      expect(lines[k + 1]).toContain(`  ${name}  `);
    });
    expect(lines[methods.length + 1]).toMatch(/^\d+ s, seed 5$/);
  });

  it("has a method once where two are the same", () => {
    const setting = { problem: temporalOrder, length: 10, steps: 3, rates: { clipped: 0.1, unclipped: 0.1 } };
    expect(methodsAt(setting)).toHaveLength(methodsAt({ ...setting, rates }).length - 1);
  });

  it("says how many learnt it, and what the gradients were", () => {
    const outcome: Outcome = {
      errorRate: 0.005,
      steps: 500,
      stayedFinite: true,
      clipped: 1,
      losses: [],
      norms: [1, 3],
    };
    const failed = { ...outcome, errorRate: 0.75, stayedFinite: false, norms: [2, 400] };
    const setting = { problem: temporalOrder, length: 10, steps: 600, rates };
    const methods = methodsAt(setting);
    expect(row(setting, methods[2], [outcome, failed, outcome])).toMatchInlineSnapshot(
      `"temporal order      10  clipped               0.1      2/3          500             0.5 %      50 %            3, 400; 1 not finite"`,
    );
    expect(row(setting, methods[0], [failed])).toMatchInlineSnapshot(
      `"temporal order      10  plain                0.01      0/1            -              75 %         -          400, 400; 1 not finite"`,
    );
  });
});
