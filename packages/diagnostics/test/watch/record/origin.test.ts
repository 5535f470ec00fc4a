import {
  backward,
  div,
  log,
  matmul,
  mean,
  mul,
  parameter,
  relu,
  square,
  sum,
  type Tensor,
  tensor,
} from "@isograd/autograd";
import { type Finding, watch } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { originOf } from "../../../src/watch/record/origin.ts";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

const { inputs } = classes({ seed: "origin" });

/** A network whose weights at one place were multiplied. */
function network(place: number, factor: number) {
  const model = plain({ width: 8, depth: 4, activation: relu, weights: 2, seed: "origin" });
  const { weight } = model.layers[place] as unknown as { weight: Tensor };
  weight.assign(mul(weight.detach(), factor));
  return model;
}

describe("the layer of a value that is not finite", () => {
  it.each([2, 4])("is the first whose values are: layers.%i", (place) => {
    const model = network(place, 1e38);
    expect(originOf(mean(square(model.call(inputs))))).toBe(`layers.${place}`);
  });

  it("is none in a graph whose values are finite", () => {
    expect(originOf(mean(square(network(2, 1).call(inputs))))).toBe(null);
  });

  it("is the product's name where there is no scope", () => {
    const weight = parameter([[1e30], [1e30]]);
    expect(originOf(sum(square(square(matmul(tensor([[1, 2]]), weight)))))).toBe("matmul");
  });
});

/** What a watcher says of one step. */
function findingsOf(lossOf: () => Tensor, options: Parameters<typeof watch>[0] = {}): readonly Finding[] {
  using watcher = watch(options);
  backward(lossOf());
  return watcher.findings.map(({ finding }) => finding);
}

describe("a step that is not finite", () => {
  const weight = (): Tensor => parameter([[0.5], [0.25]]);

  it("names step, seed and the layer of a gradient that is not", () => {
    const w = weight();
    const [{ measured, places }] = findingsOf(() => sum(div(matmul(tensor([[1, 2]]), w), 0)), { seed: 7 });
    expect(measured.statistic).toBe("gradient norm at step 0 of the run with seed 7");
    expect(places).toEqual(["matmul"]);
  });

  it("is run again, where that can be done: the operation, its operands and the line that called it", () => {
    const w = weight();
    const lossOf = (): Tensor => sum(log(matmul(tensor([[0, 0]]), w)));
    const [finding] = findingsOf(lossOf, { seed: "s", replay: lossOf });
    expect(finding.detector).toBe("nonFinite.operation");
    expect(finding.measured.statistic).toBe("first at log, at step 0 of the run with seed s");
    expect(finding.causes[0].explanation).toMatch(/called at .*origin\.test\.ts:\d+/);
    expect(w.values()).toEqual(Float32Array.of(0.5, 0.25));
  });

  it("that comes out finite when it is run again is told as it was seen", () => {
    const w = weight();
    const [finding] = findingsOf(() => sum(log(matmul(tensor([[0, 0]]), w))), {
      replay: () => sum(square(w)),
    });
    expect(finding.detector).toBe("watch.nonFinite");
  });
});

describe("a budget", () => {
  it("thins the looks and never the loss, nor what is not finite", () => {
    const w = parameter([[1], [2]]);
    using watcher = watch({ budget: 1e-9 });
    for (let step = 0; step < 20; step++)
      backward(mul(mean(square(matmul(tensor([[1, 2]]), w))), step === 15 ? Number.POSITIVE_INFINITY : 1));
    const looked = watcher.history.filter(({ gradientNorm }) => !Number.isNaN(gradientNorm));
    expect(looked.map(({ step }) => step)).toEqual([0]);
    expect(watcher.history.map(({ loss }) => loss).slice(0, 15)).toEqual(new Array(15).fill(25));
    expect(watcher.findings.map(({ finding, step }) => [finding.fault, step])).toEqual([["nonFinite", 15]]);
  });

  it.each([
    { unitsEvery: 0 },
    { unitsEvery: 1.5 },
    { alpha: 0 },
    { alpha: 1 },
    { budget: 0 },
    { budget: Number.NaN },
  ])("and the other options are checked: %j", (options) => {
    expect(() => watch(options)).toThrow("watch: expected");
  });
});
