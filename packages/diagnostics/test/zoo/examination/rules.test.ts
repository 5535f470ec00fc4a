import { Generator } from "@isograd/autograd";
import { expect, it } from "vitest";
import { RulesOfAll } from "../../../zoo/examination/rules.ts";
import { textFamily } from "../../../zoo/families/text.ts";
import type { Rival } from "../../../zoo/observation.ts";
import { traineeOf } from "../../../zoo/trainee.ts";
import { modelOf, train } from "../../../zoo/training/train.ts";

it("the first firing of each rule is kept, of the steps that rules are told of", () => {
  const told: number[] = [];
  let promised = 0;
  const eager: Rival = {
    name: "eager",
    source: "",
    begin: (epochs) => {
      promised = epochs;
      return {
        observe: ({ step, layers }) => {
          told.push(step);
          return step < 2
            ? []
            : [{ rule: "late", step }, ...(layers.length > 0 ? [{ rule: "layers", step }] : [])];
        },
      };
    },
  };
  const [{ setting }] = textFamily.grid(new Generator("rules"));
  const task = textFamily.task(new Generator("rules"));
  const trainee = traineeOf(textFamily, task, "rules", { ...setting, steps: 7 }, "tests/rules");
  const rules = new RulesOfAll(trainee, [eager]);
  train(trainee, modelOf(trainee), {
    beforeStep: (step) => {
      if (step % 2 === 0) rules.look();
    },
    afterStep: (taken) => rules.tell(taken, () => 1),
  });
  expect(told).toEqual([0, 2, 4, 6]);
  expect(promised).toBe(1);
  expect(rules.firings()).toEqual({
    eager: [
      { rule: "late", step: 2 },
      { rule: "layers", step: 2 },
    ],
  });
});
