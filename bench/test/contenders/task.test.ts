import { describe, expect, it } from "vitest";
import { isograd } from "../../contenders/isograd.ts";
import { prepare } from "../../contenders/task.ts";
import { data, parameter, type Workload } from "../../workloads/workload.ts";

const workload = (changes: Partial<Workload>): Workload => ({
  name: "small",
  task: "value",
  program: { kind: "matmul", transposeA: false, transposeB: false },
  inputs: [data([2, 2], 1, "f64"), data([2, 2], 1, "f64")],
  target: { javascript: 1 },
  quick: false,
  ...changes,
});

describe("a task", () => {
  it("stores operands as the layout says", async () => {
    const products = await Promise.all(
      [false, true].flatMap((transposeA) =>
        [false, true].map((transposeB) =>
          prepare(isograd, workload({ program: { kind: "matmul", transposeA, transposeB } })).results(),
        ),
      ),
    );
    expect(new Set(products.map(([values]) => Array.from(values).join())).size).toBe(4);
  });

  it("of training tells the losses and how the parameters moved", async () => {
    const task = prepare(
      isograd,
      workload({
        task: "train",
        program: { kind: "mlp", activation: "tanh", loss: "mse" },
        inputs: [parameter([2, 1], 1), parameter([1], 1), data([4, 2]), data([4, 1])],
      }),
    );
    const [losses, weight, bias] = await task.results();
    expect(losses).toHaveLength(3);
    expect(losses[2]).toBeLessThan(losses[0]);
    expect([weight.length, bias.length]).toEqual([2, 1]);
    expect(weight[0]).not.toBe(0);
    expect(await task.run()).toBeLessThan(losses[2]);
  });

  it("of a gradient tells the value first", async () => {
    const task = prepare(
      isograd,
      workload({
        task: "gradient",
        program: { kind: "elementwise", op: "exp" },
        inputs: [parameter([3], 1)],
      }),
    );
    const [value, gradient] = await task.results();
    expect(Array.from(gradient).reduce((sum, each) => sum + each, 0)).toBeCloseTo(value[0], 5);
  });
});
