import { assertGradients, Generator, randn, sum, type Tensor, tensor } from "@isograd/autograd";
import { outputFor, type Task } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";

const outputs = () => randn(new Generator(1), [4, 3], "f64");
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const targets = {
  binary: [0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0],
  multiLabel: [0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0],
  multiClass: [2, 0, 1, 1],
  count: [0, 3, 1, 0, 2, 7, 1, 1, 0, 0, 4, 2],
  regression: [0.5, -3, 1, 0, 2, 7, 1, 1, 0, 0, 4, 2],
  boundedRegression: [2, 3, 4, 2, 2.5, 3.5, 2, 4, 3, 3, 2, 3],
} as const satisfies Record<Task, readonly number[]>;
const bounds = { low: 2, high: 4 };
const targetOf = (task: Task): Tensor =>
  task === "multiClass"
    ? tensor(targets[task], { dtype: "i32" })
    : tensor([...targets[task]], { shape: [4, 3], dtype: "f64" });

/** What each task predicts, and -log of the probability of a target up to what does not depend on the outputs, number by number. */
const plain: Readonly<
  Record<Exclude<Task, "multiClass">, readonly [(x: number) => number, (x: number, y: number) => number]>
> = {
  binary: [sigmoid, (x, y) => -y * Math.log(sigmoid(x)) - (1 - y) * Math.log(1 - sigmoid(x))],
  multiLabel: [sigmoid, (x, y) => -y * Math.log(sigmoid(x)) - (1 - y) * Math.log(1 - sigmoid(x))],
  count: [Math.exp, (x, y) => Math.exp(x) - y * x],
  regression: [(x) => x, (x, y) => (x - y) ** 2],
  boundedRegression: [(x) => 2 + 2 * sigmoid(x), (x, y) => (2 + 2 * sigmoid(x) - y) ** 2],
};
const tasks = Object.keys(plain) as (keyof typeof plain)[];

describe("outputFor", () => {
  it.each(tasks)("%s predicts and is judged number by number", (task) => {
    const { activation, loss } = outputFor(task, bounds);
    const [predict, judge] = plain[task];
    const values = [...outputs().values()];
    expectNumbers(activation(outputs()).values(), values.map(predict), 1e-13);
    const losses = values.map((x, k) => judge(x, targets[task][k]));
    expectNumbers(loss(outputs(), targetOf(task), { reduction: "none" }).values(), losses, 1e-12);
    const mean = losses.reduce((total, each) => total + each, 0) / losses.length;
    expect(loss(outputs(), targetOf(task)).item()).toBeCloseTo(mean, 12);
  });

  it("multiClass predicts probabilities along axis 1, whose logarithm is the loss", () => {
    const { activation, loss } = outputFor("multiClass");
    const probabilities = activation(outputs());
    expectNumbers(sum(probabilities, { axis: 1 }).values(), [1, 1, 1, 1], 1e-14);
    const rows = probabilities.toArray() as number[][];
    const losses = targets.multiClass.map((label, row) => -Math.log(rows[row][label]));
    expectNumbers(loss(outputs(), targetOf("multiClass"), { reduction: "none" }).values(), losses, 1e-12);
    expect(sum(activation(randn(new Generator(2), [5]))).item()).toBeCloseTo(1, 6);
    const image = activation(randn(new Generator(2), [2, 3, 4], "f64"));
    expectNumbers(sum(image, { axis: 1 }).values(), Array(8).fill(1), 1e-14);
  });

  it.each([...tasks, "multiClass"] as const)("%s has the gradient of its loss", (task) => {
    assertGradients((x: Tensor) => outputFor(task, bounds).loss(x, targetOf(task)), outputs());
  });

  it("keeps its digits where probabilities are at their ends", () => {
    const { loss } = outputFor("binary");
    expect(loss(tensor([-800], { dtype: "f64" }), tensor([1], { dtype: "f64" })).item()).toBe(800);
  });

  it("names the tasks, and refuses bounds that hold nothing", () => {
    expect(() => outputFor("ranking" as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: outputFor: expected one of binary, multiClass, multiLabel, count, regression, boundedRegression, got "ranking"]`,
    );
    expect(() => outputFor("boundedRegression", { low: 1, high: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: outputFor: expected finite bounds, low < high, got [1, 1]]`,
    );
  });
});
