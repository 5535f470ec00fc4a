import {
  add,
  cast,
  Generator,
  gt,
  matmul,
  randn,
  sign,
  sub,
  type Tensor,
  tanh,
  tensor,
} from "@isograd/autograd";
import { diagnose, type Finding } from "@isograd/diagnostics";
import { crossEntropy, Linear } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const generator = new Generator("detached");
const layer = (): Linear => new Linear({ inFeatures: 6, outFeatures: 6, generator });
const [first, second, head] = [layer(), layer(), layer()];
const batch = {
  inputs: randn(generator, [32, 6]),
  targets: tensor(Int32Array.from({ length: 32 }, (_, k) => k % 6)),
};

/** What is said of layers that get no gradient, in a model made of the three. */
const said = (model: (x: Tensor) => Tensor): Finding[] =>
  diagnose(model, batch, crossEntropy, { redraws: 0 }).findings.filter(
    ({ detector }) => detector === "detached",
  );

const body = (x: Tensor): Tensor => tanh(second.call(tanh(first.call(x))));

describe("layers that no gradient reaches", () => {
  it("are named where what they make is detached", () => {
    expect(said((x) => head.call(body(x).detach()))).toMatchObject([
      { severity: "warning", fault: "vanishing", measured: { value: 2 }, causes: [{ part: "operation" }] },
    ]);
    const [{ places, consequence }] = said((x) => head.call(tanh(second.call(first.call(x).detach()))));
    expect(places).toEqual(["linear 1"]);
    expect(consequence).toBe(
      "no graph leads from the loss to linear 1: the weights are tracked and never change",
    );
  });

  it("are named where it goes through a function without a slope", () => {
    expect(said((x) => head.call(sign(body(x))))).toHaveLength(1);
    expect(said((x) => head.call(cast(gt(body(x), 0), "f32")))).toHaveLength(1);
  });

  it("are none where another way leads back, or another use of the weights", () => {
    expect(said((x) => head.call(body(x)))).toEqual([]);
    const straightThrough = (z: Tensor): Tensor => add(z, sub(sign(z), z).detach());
    expect(said((x) => head.call(straightThrough(body(x))))).toEqual([]);
    expect(
      said((x) => head.call(tanh(second.call(tanh(second.call(tanh(first.call(x)))).detach())))),
    ).toMatchObject([{ places: ["linear 1"] }]);
    expect(said((x) => head.call(tanh(head.call(tanh(head.call(x))).detach())))).toEqual([]);
  });

  it("are none where nothing takes what they make, or they are frozen", () => {
    const unused = (x: Tensor): Tensor => {
      second.call(x);
      return head.call(tanh(first.call(x)));
    };
    expect(said(unused)).toEqual([]);
    const frozen = randn(generator, [6, 6]);
    expect(said((x) => head.call(tanh(matmul(x, frozen))))).toEqual([]);
  });
});
