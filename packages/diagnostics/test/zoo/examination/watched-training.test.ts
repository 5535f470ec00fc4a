import { Generator } from "@isograd/autograd";
import { expect, it } from "vitest";
import { alphas } from "../../../zoo/examination/rates.ts";
import { watchTraining } from "../../../zoo/examination/watched-training.ts";
import { textFamily } from "../../../zoo/families/text.ts";
import { rivals } from "../../../zoo/rivals/index.ts";
import type { Setting } from "../../../zoo/setting.ts";
import { traineeOf } from "../../../zoo/trainee.ts";
import { modelOf, train } from "../../../zoo/training/train.ts";

const task = textFamily.task(new Generator("watched"));
const [{ setting }] = textFamily.grid(new Generator("watched"));
const traineeWith = (change: Partial<Setting>) =>
  traineeOf(textFamily, task, "watched", { ...setting, steps: 12, ...change }, "tests/watched");

it("who watches changes no bit of a training", () => {
  const trainee = traineeWith({ dropout: 0.2 });
  const [alone, watched] = [modelOf(trainee), modelOf(trainee)];
  expect(watchTraining(trainee, watched, rivals).score).toBe(train(trainee, alone).score);
  expect(watched.parameters().map((each) => each.values())).toEqual(
    alone.parameters().map((each) => each.values()),
  );
});

it("what is found counts updates, at each rate", () => {
  const trainee = traineeWith({ learningRate: 1e30, optimizer: "sgd", accumulate: 2, steps: 30 });
  const { findings, alarmed, firings, steps } = watchTraining(trainee, modelOf(trainee), rivals);
  expect(findings.some(({ finding }) => finding.fault === "nonFinite")).toBe(true);
  expect(Math.max(...findings.map(({ step }) => step))).toBeLessThan(steps);
  expect(steps).toBeLessThan(30); // it ends behind the first loss that is not finite
  expect(alarmed).toEqual(new Set(alphas));
  expect(firings["SageMaker Debugger, each step"]).not.toEqual([]);
});
