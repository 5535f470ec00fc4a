import { backward, mul, relu, type Tensor, tensor } from "@isograd/autograd";
import { watch } from "@isograd/diagnostics";
import { crossEntropy, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { Contraction } from "../../../src/trace/network.ts";
import { Amiss, type Wrong } from "../../../src/watch/learning/amiss.ts";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

const output = tensor(
  Array.from({ length: 8 }, (_, k) => [k % 2 === 0 ? 1 : -1]),
  { dtype: "f64" },
);

/** A last layer whose output costs a share of a loss of 1 by telling its examples apart. */
const layer = (share: number): Contraction => {
  const cotangent = mul(output, share / 8) as Tensor;
  return { output, cotangent, node: { op: null }, below: null, depth: 1 } as unknown as Contraction;
};

interface Course {
  readonly share: (sweep: number) => number;
  readonly loss?: number;
  readonly gain?: number;
  readonly alpha?: number;
  readonly sweeps?: number;
  readonly updates?: (sweep: number) => number;
}

/** The sweeps that the layers were asked for at, and what was found. */
function asked(course: Course): { readonly sweeps: number[]; readonly found: Wrong[] } {
  const { share, loss = 1, gain = 3, alpha, sweeps = 170, updates = (sweep) => sweep } = course;
  const amiss = new Amiss(alpha);
  const result: { sweeps: number[]; found: Wrong[] } = { sweeps: [], found: [] };
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (!amiss.isDue(sweep, updates(sweep))) continue;
    result.sweeps.push(sweep);
    const pass = { sweep, contractions: [layer(share(sweep))], loss, gain, updates: updates(sweep) };
    const found = amiss.next(pass);
    if (found !== null) result.found.push(found);
  }
  return result;
}

describe("an output that is worse than none", () => {
  it("is found where eight passes say so, one in four sweeps", () => {
    const { sweeps, found } = asked({ share: (sweep) => 0.5 + 0.02 * (sweep % 8) });
    expect(sweeps).toEqual([128, 132, 136, 140, 144, 148, 152, 156]);
    expect(found).toHaveLength(1);
    expect(found[0].updates).toBe(156);
    expect(found[0].share).toBeCloseTo(0.54, 12);
    // Four shares of 0.5 and four of 0.58: a mean 35.7 of its errors above 0, seven degrees of freedom.
    expect(found[0].pValue).toBeCloseTo(1.75e-9, 10);
  });

  it("is asked for further only where it costs a quarter of the loss", () => {
    expect(asked({ share: () => 0.26 }).sweeps).toHaveLength(8);
    expect(asked({ share: () => 0.24 }).sweeps).toEqual([128]);
    expect(asked({ share: (sweep) => (sweep === 140 ? 0.2 : 0.5) })).toEqual({
      sweeps: [128, 132, 136, 140],
      found: [],
    });
    expect(asked({ share: () => 0.5, loss: 3 }).sweeps).toEqual([128]);
  });

  it("is the fault of weights that are too large", () => {
    expect(asked({ share: (sweep) => 0.5 + 0.02 * (sweep % 8), gain: 2.1 }).found[0].gain).toBe(2.1);
    expect(asked({ share: () => 0.5, gain: 1.9 }).sweeps).toEqual([128]);
    expect(asked({ share: () => 0.5, gain: Number.NaN }).sweeps).toEqual([128]);
  });

  it("needs shares that agree", () => {
    const swings = (by: number) => asked({ share: (sweep) => 1 + (sweep % 8 === 0 ? by : -by) }).found;
    // Means at 9.5 and at 7.1 of their errors; 5 in 100,000 lie beyond 7.9.
    expect(swings(0.26)).toHaveLength(1);
    expect(swings(0.35)).toEqual([]);
    expect(asked({ share: (sweep) => 1 + (sweep % 8 === 0 ? 0.26 : -0.26), alpha: 1e-5 }).found).toEqual([]);
  });

  it("is asked about again at each milestone, in updates", () => {
    expect(asked({ share: () => 0, sweeps: 600, updates: (sweep) => sweep / 2 }).sweeps).toEqual([
      256, 362, 512,
    ]);
  });

  it("is none where there are too few examples, no layer, or no loss above 0", () => {
    expect(asked({ share: () => 0.5, loss: 0 })).toEqual({ sweeps: [128], found: [] });
    expect(asked({ share: () => -0.5, loss: -1 })).toEqual({ sweeps: [128], found: [] });
    const amiss = new Amiss();
    expect(amiss.next({ sweep: 128, contractions: [], loss: 1, gain: 3, updates: 128 })).toBe(null);
    expect(amiss.isDue(132, 132)).toBe(false);
  });

  it("is told by a watcher", () => {
    const { inputs, targets } = classes({ seed: "amiss" });
    const found = (weights: number, learningRate: number): unknown[] => {
      const model = plain({ width: 8, depth: 2, activation: relu, weights, seed: "amiss" });
      const optimizer = new SGD(model.parameters(), { learningRate });
      using watcher = watch({ unitsEvery: 1000 });
      for (let step = 0; step < 160; step++) {
        optimizer.zeroGrad();
        backward(crossEntropy(model.call(inputs), targets));
        optimizer.step();
      }
      return watcher.findings.flatMap(({ finding: { detector, fault, causes }, step }) =>
        detector === "watch.amiss" ? [step, fault, causes[0].part] : [],
      );
    };
    expect(found(30, 1e-4)).toEqual([157, "stalled", "weights"]);
    expect(found(2, 0.1)).toEqual([]);
  });
});
