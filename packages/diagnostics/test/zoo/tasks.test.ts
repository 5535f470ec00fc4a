import { Generator } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { prepareTask } from "../../zoo/prepare-task.ts";
import { plainSetting, type Setting } from "../../zoo/setting.ts";
import type { Examples } from "../../zoo/task.ts";
import { blobs } from "../../zoo/tasks/blobs.ts";
import { circles } from "../../zoo/tasks/circles.ts";
import { order } from "../../zoo/tasks/order.ts";
import { table } from "../../zoo/tasks/table.ts";
import { vocabulary, words } from "../../zoo/tasks/words.ts";

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((each) => (each - middle) ** 2)));
};

describe("blobs", () => {
  const { training, heldOut } = blobs(new Generator("tasks"));
  const of = ({ inputs, targets }: Examples, label: number, feature: number): number[] =>
    Array.from(targets.values()).flatMap((target, row) =>
      target === label ? [inputs.values()[2 * row + feature]] : [],
    );

  it("are three of deviation 2, around the same centres in both parts", () => {
    expect([training.inputs.shape, heldOut.inputs.shape]).toEqual([
      [700, 2],
      [2000, 2],
    ]);
    for (const label of [0, 1, 2])
      for (const feature of [0, 1]) {
        const [some, others] = [of(training, label, feature), of(heldOut, label, feature)];
        expect(Math.abs(some.length - 700 / 3)).toBeLessThan(1);
        expect(Math.abs(deviation(others) - 2)).toBeLessThan(0.25);
        expect(Math.abs(mean(some) - mean(others))).toBeLessThan(0.7);
        expect(Math.abs(mean(some))).toBeLessThan(10.5);
      }
  });
});

describe("circles", () => {
  const { training } = circles(new Generator("tasks"));
  const radii = (label: number): number[] => {
    const { inputs, targets } = training;
    const values = inputs.values();
    return Array.from(targets.values()).flatMap((target, row) =>
      target === label ? [Math.hypot(values[2 * row], values[2 * row + 1])] : [],
    );
  };

  it("have radii of 1 and 0.8, with noise of 0.1 on each coordinate", () => {
    expect(training.targets.shape).toEqual([700, 1]);
    // The radius of a noisy point is longer by about σ²/2r.
    expect(mean(radii(0))).toBeCloseTo(1.005, 1.7);
    expect(mean(radii(1))).toBeCloseTo(0.806, 1.7);
    expect(Math.abs(deviation(radii(0)) - 0.1)).toBeLessThan(0.015);
  });
});

it("the table's numbers have mean 0 and deviation 1", () => {
  const { training } = table(new Generator("tasks"));
  const targets = Array.from(training.targets.values());
  expect(Math.abs(mean(targets))).toBeLessThan(0.1);
  expect(Math.abs(deviation(targets) - 1)).toBeLessThan(0.06);
  expect(Math.abs(deviation(Array.from(training.inputs.values())) - 1)).toBeLessThan(0.03);
});

it("half of a text's words and a quarter of the others are its subject's", () => {
  const { training } = words(new Generator("tasks"));
  const [inputs, targets] = [training.inputs.values(), training.targets.values()];
  expect(Math.max(...inputs)).toBe(vocabulary - 1);
  const own = Array.from(inputs, (word, k) => Number(word % 4 === targets[Math.floor(k / 10)]));
  expect(mean(own)).toBeCloseTo(0.625, 1.7);
});

it("sequences come batch first", () => {
  const { training, outputs } = order(new Generator("tasks"), 12);
  expect(training.inputs.shape).toEqual([2000, 12, 6]);
  expect(outputs).toBe(4);
});

describe("a setting changes the data", () => {
  const task = words(new Generator("tasks"));
  const setting = { ...plainSetting, depth: 2 } as unknown as Setting;
  const prepared = (change: Partial<Setting>, of = task) =>
    prepareTask(of, { ...setting, ...change }, new Generator("changes"));
  const rightShare = (share: number): number => {
    const noisy = prepared({ labelNoise: share }).training.targets.values();
    const before = task.training.targets.values();
    return mean(Array.from(noisy, (target, row) => Number(target === before[row])));
  };

  it("by noise on the labels that are trained on", () => {
    expect(rightShare(0)).toBe(1);
    expect(Math.abs(rightShare(0.8) - 0.4)).toBeLessThan(0.05); // a quarter of those drawn anew are right
    expect(prepared({ labelNoise: 0.8 }).heldOut.targets).toBe(task.heldOut.targets);
  });

  it("by leaving examples of the first class out", () => {
    const zeros = (examples: Examples): number =>
      examples.targets.values().filter((target) => target === 0).length;
    const { training } = prepared({ kept: 0.2 });
    expect(Math.abs(zeros(training) / zeros(task.training) - 0.2)).toBeLessThan(0.07);
    expect(training.inputs.shape[0]).toBe(training.targets.shape[0]);
  });

  it("by inputs that are 0, in both parts", () => {
    const points = table(new Generator("tasks"));
    const { training, heldOut } = prepared({ sparsity: 0.5 }, points);
    for (const { inputs } of [training, heldOut])
      expect(Math.abs(mean(Array.from(inputs.values(), (value) => Number(value === 0))) - 0.5)).toBeLessThan(
        0.03,
      );
  });

  it("by their element type, classes and words excepted", () => {
    const { training } = prepared({ dtype: "f64" }, table(new Generator("tasks")));
    expect([training.inputs.dtype, training.targets.dtype]).toEqual(["f64", "f64"]);
    expect(prepared({ dtype: "f64" }).training.inputs.dtype).toBe("i32");
  });
});
