import { add, backward, relu, type Tensor, tensor } from "@isograd/autograd";
import { watch } from "@isograd/diagnostics";
import { crossEntropy, type Optimizer, type Sequential, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { Unmoved } from "../../../src/watch/steps/unmoved.ts";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

interface Course {
  readonly moves?: (sweep: number) => boolean;
  readonly gradientNorm?: (sweep: number) => number;
  readonly clears?: (sweep: number) => boolean;
  /** Changes a number that no sample holds. */
  readonly alters?: (sweep: number) => boolean;
  readonly sweeps?: number;
}

function found(course: Course = {}): (readonly [sweep: number, isCleared: boolean])[] {
  const { moves = () => false, gradientNorm = () => 1, clears = () => true, alters = () => false } = course;
  const unmoved = new Unmoved();
  const weight = tensor([1, 2, 3]);
  const gradient = tensor([1, 1, 1]);
  const all: [number, boolean][] = [];
  for (let sweep = 1; sweep <= (course.sweeps ?? 600); sweep++) {
    if (alters(sweep)) weight.assign(add(weight, tensor([0, 0, 1e-6])));
    weight.grad = clears(sweep) ? gradient : add(gradient, gradient);
    const leaves = [{ tensor: weight, gradient }];
    const said = unmoved.next({ leaves, gradientNorm: gradientNorm(sweep), hasMoved: moves(sweep) });
    if (said !== null) all.push([sweep, said.isCleared]);
  }
  return all;
}

describe("parameters that nothing changes", () => {
  it("are found after 64 sweeps where gradients are cleared, after 256 where they add up; once", () => {
    expect(found()).toEqual([[64, true]]);
    expect(found({ clears: (sweep) => sweep === 1 })).toEqual([[256, false]]);
  });

  it("are none where one sweep of all was followed by a change", () => {
    for (const at of [2, 63, 64]) expect(found({ moves: (sweep) => sweep === at })).toEqual([]);
    expect(found({ moves: (sweep) => sweep === 65 })).toEqual([[64, true]]);
  });

  it("are none where a number changes that was not looked at", () => {
    expect(found({ alters: (sweep) => sweep === 33 })).toEqual([]);
    expect(found({ alters: (sweep) => sweep === 64 })).toEqual([]);
    expect(found({ alters: (sweep) => sweep === 129, clears: () => false })).toEqual([]);
    expect(found({ alters: (sweep) => sweep === 20 })).toEqual([[64, true]]);
    expect(found({ alters: (sweep) => sweep === 100, clears: () => false })).toEqual([[256, false]]);
  });

  it("are not blamed where there is no gradient", () => {
    expect(found({ gradientNorm: () => 0 })).toEqual([]);
    expect(found({ gradientNorm: () => Number.NaN })).toEqual([]);
    expect(found({ gradientNorm: (sweep) => sweep % 2, sweeps: 126 })).toEqual([]);
    expect(found({ gradientNorm: (sweep) => sweep % 2 })).toEqual([[127, true]]);
  });
});

const { inputs, targets } = classes({ seed: "unmoved" });
const network = (): Sequential =>
  plain({ width: 4, depth: 2, activation: relu, weights: 2, seed: "unmoved" });

interface Training {
  readonly model?: Sequential;
  readonly optimizer?: (parameters: Tensor[]) => Optimizer;
  /** Sweeps to an update. */
  readonly accumulate?: number;
  readonly clearsFirst?: boolean;
  readonly sweeps?: number;
}

function detectors({ sweeps = 70, ...training }: Training): string[] {
  const { model = network(), accumulate = 1, clearsFirst = false } = training;
  const { optimizer: make = (parameters) => new SGD(parameters, { learningRate: 0.01 }) } = training;
  const optimizer = make(model.parameters());
  using watcher = watch({ unitsEvery: 1000 });
  for (let sweep = 1; sweep <= sweeps; sweep++) {
    backward(crossEntropy(model.call(inputs), targets));
    if (sweep % accumulate > 0) continue;
    if (clearsFirst) optimizer.zeroGrad();
    optimizer.step();
    optimizer.zeroGrad();
  }
  return watcher.findings.map(
    ({ finding: { detector, severity, causes }, step }) =>
      `${severity} ${detector} ${causes[0].part} ${step}`,
  );
}

describe("a watcher says so", () => {
  it("where gradients are cleared between backward and step", () => {
    expect(detectors({ clearsFirst: true })).toEqual(["alarm watch.unmoved learningRate 63"]);
  });

  it("where the optimizer holds another model", () => {
    const optimizer = () => new SGD(network().parameters(), { learningRate: 0.01 });
    expect(detectors({ optimizer, sweeps: 255 })).toEqual([]);
    expect(detectors({ optimizer, sweeps: 256 })).toEqual(["alarm watch.unmoved learningRate 255"]);
  });

  it("and nothing where one parameter is trained, be it a bias, or gradients are accumulated", () => {
    const bias = (parameters: Tensor[]) => new SGD(parameters.slice(-1), { learningRate: 0.01 });
    expect(network().parameters().at(-1)?.rank).toBe(1);
    expect(detectors({ optimizer: bias })).toEqual([]);
    expect(detectors({ accumulate: 32 })).toEqual([]);
    expect(detectors({ accumulate: 128, sweeps: 300 })).toEqual([]);
  });
});
