import { Generator } from "@isograd/autograd";
import { subset } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { readDiamonds } from "../../tabular/diamonds.ts";
import { wholePlan } from "../../tabular/plan.ts";
import { crossValidate, type ScoresByName } from "../../tabular/study.ts";
import { tableOf } from "../../tabular/table.ts";

describe("the example of tables", () => {
  const diamonds = readDiamonds();

  it("reads all diamonds but those without a size", () => {
    const { numbers, grades, logPrices, stones } = diamonds;
    expect([numbers, grades, logPrices, stones].map(({ shape }) => shape)).toEqual([
      [53_920, 6],
      [53_920, 20],
      [53_920],
      [53_920],
    ]);
    // 0.23,Ideal,E,SI2,61.5,55,326,3.95,3.98,2.43
    expect((numbers.toArray() as number[][])[0]).toEqual([
      ...[0.23, 3.95, 3.98, 2.43].map(Math.log),
      61.5,
      55,
    ]);
    expect(Array.from(grades.values().subarray(0, 20)).flatMap((is, k) => (is ? [k] : []))).toEqual([
      4, 10, 13,
    ]);
    expect(Math.exp(logPrices.values()[0])).toBeCloseTo(326, 9);
    expect(new Set(stones.values()).size).toBe(43_533);
  });

  it("forecasts each row once, the better the more is known", async () => {
    const rows = new Generator("some").permutation(53_920);
    const folds: ScoresByName[] = [];
    const plan = {
      ...wholePlan,
      folds: 2,
      members: 2,
      hiddenLayers: 1,
      width: 32,
      epochs: 10,
      batchSize: 64,
      learningRate: 0.03,
    };
    const some = (from: number, to: number) => subset(diamonds, rows.subarray(from, to));
    for await (const fold of crossValidate(some(0, 800), some(800, 1000), {
      plan,
      generator: new Generator(3),
    }))
      folds.push(fold);
    const total = (of: (fold: ScoresByName) => number): number =>
      folds.map(of).reduce((sum, value) => sum + value);
    expect(total((fold) => fold.constant.rows)).toBe(800);
    const errors = ["constant", "linear regression", "ensemble of 2"].map((name) =>
      total((fold) => fold[name].nll),
    );
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    const lines = tableOf(folds).split("\n");
    expect(lines.map((line) => line.split("  ")[0])).toEqual(["forecast", ...Object.keys(folds[0])]);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[1]).toMatch(
      /^constant +[\d.]+ ± [\d.]+ +[\d.]+ % +[\d.]+ ± [\d.]+( +[\d.]+ ± [\d.]+ %){3}$/,
    );
  });
});
