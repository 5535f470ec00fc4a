import {
  add,
  backward,
  Generator,
  mul,
  randn,
  type Tensor,
  tanh,
  tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { watch } from "@isograd/diagnostics";
import { Adam, crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import type { Contraction } from "../../../src/trace/network.ts";
import { Progress } from "../../../src/watch/learning/progress.ts";
import { Unlearnt } from "../../../src/watch/learning/unlearnt.ts";
import { classes, labels } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

const generator = new Generator("unlearnt");
const signal = randn(generator, [16, 3], "f64");
const noise = randn(generator, [16, 2], "f64");

interface Look {
  readonly output?: Tensor;
  readonly cotangent?: Tensor;
  readonly inputs?: Tensor;
  readonly weightFirst?: boolean;
  readonly loss?: number;
  /** Of each sweep before. */
  readonly lossAt?: (sweep: number) => number;
}

/** What is said at each of some numbers of updates, one layer being all there is. */
function said(look: Look, updates: readonly number[] = [256]): string[] {
  const { output = noise, cotangent = mul(noise, 0), inputs = signal, weightFirst = false, loss = 1 } = look;
  const { lossAt = () => loss } = look;
  const layer = { place: "last", output, cotangent, signal: inputs, weightFirst, feeds: false, below: null };
  const node = { op: { contraction: "plain" } };
  const progress = new Progress();
  const unlearnt = new Unlearnt(progress);
  for (let sweep = 0; sweep < 128; sweep++) progress.next(lossAt(sweep));
  return updates.flatMap((each) =>
    unlearnt
      .next({ contractions: [{ ...layer, node } as unknown as Contraction], loss, updates: each })
      .map(({ severity, detector }) => `${severity} ${detector} ${each}`),
  );
}

describe("an output that says next to nothing where the loss is where it was", () => {
  it("is a warning, from 256 updates on, at milestones", () => {
    expect(said({}, [128, 181, 255])).toEqual([]);
    expect(said({}, [256, 257])).toEqual(["warning watch.unlearnt 256"]);
    const found = new Unlearnt(new Progress());
    expect([found.isDue(127), found.isDue(128)]).toEqual([false, true]);
  });

  it("is none where the loss has come down or is not positive, or the output says something", () => {
    expect(said({ lossAt: (sweep) => (sweep < 32 ? 2 : 1) })).toEqual([]);
    expect(said({ loss: -1 })).toEqual([]);
    const share = (noise.values() as Float64Array).reduce((sum, value) => sum + value ** 2, 0);
    const saying = (part: number): string[] => said({ cotangent: mul(noise, part / share) });
    expect(saying(0.2)).toEqual([]);
    expect(saying(0.05)).toHaveLength(1);
  });
});

describe("an output that is the same for all", () => {
  const level = tensor([[1, 2]], { dtype: "f64" });
  const constantBut = (by: number): Tensor => add(level, mul(noise, by));

  it("is an alarm where not even rounding tells examples apart that differ", () => {
    expect(said({ output: constantBut(0) })).toEqual(["alarm watch.constancy 256"]);
    expect(said({ output: constantBut(1e-15) })).toEqual(["alarm watch.constancy 256"]);
    expect(said({ output: zeros([16, 2]) })).toEqual(["alarm watch.constancy 256"]);
    const single = add(tensor([[1, 2]]), mul(randn(generator, [16, 2]), 1e-7));
    expect(said({ output: single })).toEqual(["alarm watch.constancy 256"]);
  });

  it("is a warning where they are told apart by little, or do not differ", () => {
    expect(said({ output: constantBut(8e-15) })).toEqual(["warning watch.constancy 256"]);
    expect(said({ output: constantBut(1e-13) })).toEqual(["warning watch.constancy 256"]);
    expect(said({ output: constantBut(1e-5) })).toEqual(["warning watch.constancy 256"]);
    expect(said({ output: constantBut(1e-3) })).toEqual(["warning watch.unlearnt 256"]);
    const alike = add(tensor([[3, 1, 2]], { dtype: "f64" }), mul(signal, 1e-4));
    expect(said({ output: constantBut(0), inputs: alike })).toEqual(["warning watch.constancy 256"]);
    expect(said({ output: constantBut(0), inputs: mul(signal, 0) })).toEqual(["warning watch.constancy 256"]);
  });

  it("is measured by units, wherever these stand", () => {
    const turned = { output: transpose(constantBut(0)), inputs: transpose(signal), weightFirst: true };
    expect(said({ ...turned, cotangent: mul(turned.output, 0) })).toEqual([]); // two rows are no examples
  });
});

describe("a watcher says so", () => {
  const { inputs } = classes({ seed: "unlearnt", inputs: 4, examples: 64 });
  const train = (lossOf: (output: Tensor, step: number) => Tensor, scale = 1): string[] => {
    const model = plain({
      inputs: 4,
      width: 8,
      depth: 2,
      outputs: 2,
      activation: tanh,
      weights: 2,
      seed: "unlearnt",
    });
    const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
    using watcher = watch({ unitsEvery: 1000 });
    for (let step = 0; step < 260; step++) {
      optimizer.zeroGrad();
      backward(lossOf(model.call(mul(inputs, scale)), step));
      optimizer.step();
    }
    return watcher.findings.map(({ finding: { severity, detector, causes } }) =>
      [severity, detector, ...causes.map(({ part }) => part)].join(" "),
    );
  };
  const first = tensor(Int32Array.from(inputs.toArray() as number[][], ([a, b]) => (a > b ? 1 : 0)));

  it("of labels without a signal, and of inputs that are nothing", () => {
    const drawn = (step: number): Tensor => labels(new Generator(`drawn ${step}`), 64, 2);
    expect(train((output, step) => crossEntropy(output, drawn(step)))).toEqual(["warning watch.unlearnt"]);
    expect(train((output) => crossEntropy(output, first), 0)).toEqual(["warning watch.constancy data"]);
  });

  it("and not of what is learnt", () => {
    expect(train((output) => crossEntropy(output, first))).toEqual([]);
  });
});
