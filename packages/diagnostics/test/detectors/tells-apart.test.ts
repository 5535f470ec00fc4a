import {
  add,
  Generator,
  gradients,
  mul,
  oneHot,
  parameter,
  randn,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { toldAmiss, toldApart, toldWell } from "../../src/detectors/tells-apart.ts";
import type { Contraction } from "../../src/trace/network.ts";
import { labels } from "../networks/data.ts";

const generator = new Generator("told apart");
const targets = labels(generator, 16, 4);
const right = mul(oneHot(targets, 4), 3);

/** Of outputs [16, 4], with the gradient that a factor times the cross entropy has there. */
function share(output: Tensor, factor = 1, told = toldApart): number {
  const leaf = parameter(output);
  const loss = mul(crossEntropy(leaf, targets), factor);
  const [cotangent] = gradients(loss, [leaf]);
  return told({ output: leaf, cotangent } as Contraction, loss.item());
}

describe("what is told apart", () => {
  it("is nothing in an output that is the same for every example", () => {
    expect(Math.abs(share(add(mul(right, 0), 2)))).toBeLessThan(1e-6);
  });

  it("is more than the loss that is left where every example is told right", () => {
    expect(share(right)).toBeGreaterThan(1);
  });

  it("is much where examples are told wrong, or half of them", () => {
    expect(share(mul(right, -1))).toBeGreaterThan(0.5);
    expect(share(mul(randn(generator, [16, 4]), 3))).toBeGreaterThan(0.5);
  });

  it("is the sum of what each example would change, to first order", () => {
    const output = mul(randn(generator, [16, 4], "f64"), 1e-4);
    const rows = output.toArray() as number[][];
    const average = rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
    const classes = targets.toArray() as number[];
    const lossOf = (row: number[], target: number): number =>
      Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[target];
    const changes = rows.map((row, k) => Math.abs(lossOf(average, classes[k]) - lossOf(row, classes[k])));
    const all = rows.reduce((sum, row, k) => sum + lossOf(row, classes[k]), 0);
    expect(share(output)).toBeCloseTo(changes.reduce((sum, value) => sum + value, 0) / all, 7);
  });

  it("does not depend on the unit of the loss", () => {
    expect(share(right, 1e-6)).toBeCloseTo(share(right), 4);
  });

  it("is not known of few examples, or without a gradient", () => {
    const cotangent = randn(generator, [7, 4]);
    expect(toldApart({ output: cotangent, cotangent } as Contraction, 1)).toBeNaN();
    expect(toldApart({ output: right, cotangent: null } as Contraction, 1)).toBeNaN();
    expect(
      toldApart({ output: randn(generator, [8, 4]), cotangent: randn(generator, [8, 4]) } as Contraction, 1),
    ).not.toBeNaN();
  });
});

describe("what is told amiss", () => {
  const amiss = (output: Tensor, factor?: number): number => share(output, factor, toldAmiss);

  it("is what the loss falls by where the output comes nearer to its average, to first order", () => {
    const output = mul(randn(generator, [16, 4], "f64"), 2);
    const rows = output.toArray() as number[][];
    const average = rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
    const lossAt = (by: number): number => {
      const nearer = rows.map((row) => row.map((value, k) => value - by * (value - average[k])));
      return crossEntropy(tensor(nearer, { dtype: "f64" }), targets).item();
    };
    expect(amiss(output)).toBeCloseTo((lossAt(-1e-5) - lossAt(1e-5)) / 2e-5 / lossAt(0), 6);
  });

  it("is more than nothing where examples are told wrong, and less where they are told right", () => {
    expect(amiss(mul(right, -1))).toBeGreaterThan(0.5);
    expect(amiss(mul(randn(generator, [16, 4]), 3))).toBeGreaterThan(0.5);
    expect(amiss(right)).toBeLessThan(-1);
    expect(Math.abs(amiss(add(mul(right, 0), 2)))).toBeLessThan(1e-6);
  });

  it("does not depend on the unit of the loss, and is not known of few examples", () => {
    expect(amiss(mul(right, -1), 1e-6)).toBeCloseTo(amiss(mul(right, -1)), 4);
    const cotangent = randn(generator, [7, 4]);
    expect(toldAmiss({ output: cotangent, cotangent } as Contraction, 1)).toBeNaN();
  });
});

describe("what is told well", () => {
  it("is what the loss would rise by: half of what is told apart, without what is told amiss", () => {
    const output = randn(generator, [16, 4], "f64");
    const half = (share(output) - share(output, 1, toldAmiss)) / 2;
    expect(share(output, 1, toldWell)).toBeCloseTo(half, 12);
    expect(half).toBeGreaterThan(0.01);
  });

  it("is more than the loss where examples are told right, and less where they are told at random, however loud", () => {
    expect(share(right, 1, toldWell)).toBeGreaterThan(1);
    for (const scale of [0.1, 1, 10])
      expect(share(mul(randn(generator, [16, 4]), scale), 1, toldWell)).toBeLessThan(0.5);
  });

  it("is not known of few examples", () => {
    const cotangent = randn(generator, [7, 4]);
    expect(toldWell({ output: cotangent, cotangent } as Contraction, 1)).toBeNaN();
  });
});
