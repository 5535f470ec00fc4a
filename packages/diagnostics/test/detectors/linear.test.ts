import {
  add,
  customOp,
  Generator,
  matmul,
  maximum,
  parameter,
  randn,
  relu,
  sign,
  stopGradient,
  sub,
  type Tensor,
  tanh,
} from "@isograd/autograd";
import { diagnose, type Finding, lint } from "@isograd/diagnostics";
import { crossEntropy, Linear, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { classes } from "../networks/data.ts";

const batch = classes({ seed: "linear", inputs: 12, classes: 4 });

/** Products with weights of this gain, a function between them. */
function network(layers: number, gain: number, between: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  const generator = new Generator("linear");
  const weights = Array.from({ length: layers }, (_, k) => {
    const [rows, columns] = [12, k === layers - 1 ? 4 : 12];
    const values = randn(generator, [rows, columns]).toArray() as number[][];
    return parameter(values.map((row) => row.map((value) => (value * gain) / Math.sqrt(rows))));
  });
  return (x) => weights.reduce((h, weight, k) => matmul(k === 0 ? h : between(h), weight), x);
}

const straightThrough = customOp({ name: "step", forward: (x) => sign(x), vjp: (cotangent) => [cotangent] });

const identity = (x: Tensor): Tensor => x;
const of = (findings: readonly Finding[], detector: string): Finding[] =>
  findings.filter((finding) => finding.detector === detector);
const said = (model: (x: Tensor) => Tensor): readonly Finding[] =>
  diagnose(model, batch, crossEntropy).findings;

describe("a network that is one linear map", () => {
  it("is worth knowing of, before data and at the first step", () => {
    const model = network(3, 1, identity);
    expect(of(said(model), "linear")).toMatchObject([
      {
        ...{ fault: "redundant", severity: "info", places: ["matmul 1", "matmul 2", "matmul 3"] },
        measured: { statistic: "activations between 3 layers", value: 0 },
      },
    ]);
    expect(of(lint(model, [12]).findings, "lint.linear")).toHaveLength(1);
    expect(diagnose(model, batch, crossEntropy).verdict).toBe("healthy");
  });

  it("is one in front of an activation behind the last layer as well", () => {
    const model = network(3, 1, identity);
    expect(
      of(
        said((x) => tanh(model(x))),
        "linear",
      ),
    ).toHaveLength(1);
  });

  it("is one with biases as well, in whatever way they are added", () => {
    const biases = [1, 2, 3].map((seed) => parameter(randn(new Generator(seed), [12])));
    let next = 0;
    const shifted = (x: Tensor): Tensor => add(x, biases[next++ % 3]);
    expect(of(said(network(4, 1, shifted)), "linear")).toHaveLength(1);
    const linear = new Sequential(
      [12, 12, 4].map((outFeatures) => new Linear({ inFeatures: 12, outFeatures })),
    );
    expect(
      of(
        said((x) => linear.call(x)),
        "linear",
      ),
    ).toHaveLength(1);
  });

  it("is a choice where there are two factors", () => {
    expect(of(said(network(2, 1, identity)), "linear")).toEqual([]);
  });

  it.each([
    ["an activation", tanh],
    ["what is no activation by name", (x: Tensor) => maximum(x, 0)],
    ["a step that gradients pass as if it were not there", straightThrough],
    ["the same, by hand", (x: Tensor) => add(x, stopGradient(sub(sign(x), x)))],
  ])("is none with %s", (_, between) => {
    expect(of(said(network(4, 1, between)), "linear")).toEqual([]);
  });

  it("explodes for want of the activation that its weights were made for", () => {
    const [finding] = of(said(network(16, 2.5, identity)), "gradientFlow");
    expect(finding).toMatchObject({ fault: "exploding", severity: "alarm" });
    expect(finding.causes.map(({ part }) => part).slice(0, 2)).toEqual(["activation", "weights"]);
    const [before] = lint(network(16, 2.5, identity), [12]).findings;
    expect(before).toMatchObject({ detector: "lint.activation", severity: "alarm" });
    expect(before.causes[0].explanation).toContain("no activation stands between");
  });

  it("vanishes for want of larger weights, and so does one with activations explode for its weights", () => {
    const [vanishing] = of(said(network(16, 0.4, identity)), "gradientFlow");
    expect(vanishing.causes[0].part).toBe("weights");
    const [exploding] = of(said(network(16, 4, relu)), "gradientFlow");
    expect(exploding.causes[0].part).toBe("weights");
  });
});
