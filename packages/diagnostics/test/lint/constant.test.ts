import {
  add,
  expand,
  Generator,
  mean,
  mul,
  parameter,
  randn,
  relu,
  reshape,
  type Shape,
  type Tensor,
  tensor,
  zeros,
} from "@isograd/autograd";
import { type LintOptions, lint, type Model } from "@isograd/diagnostics";
import { Embedding, type Linear, mseLoss } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { plain } from "../networks/plain.ts";

const body = plain({ width: 12, depth: 3, outputs: 4, activation: relu, weights: 2, seed: "constant" });
const over = { axis: 0, keepDims: true } as const;

const found = (model: Model, options: LintOptions = {}, shape: Shape = [24, 16]): string[] =>
  lint(model, shape, options).findings.map(({ detector }) => detector);

describe("one output for all inputs", () => {
  it("is found where gradients reach weights, and leaves these as they were", () => {
    const before = body.parameters().map((each) => each.toArray());
    const [finding] = lint((x) => body.call(mul(x, 0)), [24, 16]).findings;
    expect(finding).toMatchObject({ detector: "lint.constantOutput", severity: "alarm" });
    expect(finding.consequence).toContain("with other weights as well");
    expect(body.parameters().map((each) => each.toArray())).toEqual(before);
    expect(found(body)).toEqual([]);
  });

  it("is found of indices that are wiped out", () => {
    const table = new Embedding({ numEmbeddings: 9, embeddingDim: 16 });
    const inputs = (generator: Generator, shape: Shape): Tensor =>
      tensor(
        Int32Array.from({ length: shape[0] * shape[1] }, () => generator.integer(9)),
        { shape },
      );
    const through =
      (indices: (x: Tensor) => Tensor): Model =>
      (x) =>
        body.call(mean(table.call(indices(x)), { axis: 1 }));
    expect(
      found(
        through((x) => mul(x, 0)),
        { inputs },
        [24, 6],
      ),
    ).toEqual(["lint.constantOutput"]);
    expect(
      found(
        through((x) => x),
        { inputs },
        [24, 6],
      ),
    ).toEqual([]);
  });

  it("is found where it stands against the targets of a batch", () => {
    const averaged: Model = (x) => mean(body.call(x), over);
    const loss = (output: Tensor, targets: Tensor): Tensor => mseLoss(expand(output, targets.shape), targets);
    expect(found(averaged, { loss, targets: zeros([24, 4]) })).toEqual(["lint.constantOutput"]);
    expect(found(averaged, { loss, targets: zeros([1, 4]) })).toEqual([]);
    expect(found(averaged, { loss, targets: zeros([8, 4]) })).toEqual([]);
    expect(found(body, { loss, targets: zeros([24, 4]) })).toEqual([]);
    // One example has one output.
    expect(found(averaged, { loss, targets: zeros([1, 4]) }, [1, 16])).toEqual([]);
  });

  it("is found of examples that are one number each", () => {
    const rows = (x: Tensor): Tensor => expand(reshape(x, [x.size, 1]), [x.size, 16]);
    expect(found((x) => body.call(mul(rows(x), 0)), {}, [24])).toEqual(["lint.constantOutput"]);
    const loss = (output: Tensor, targets: Tensor): Tensor => mseLoss(expand(output, targets.shape), targets);
    const averaged: Model = (x) => mean(body.call(rows(x)), over);
    expect(found(averaged, { loss, targets: zeros([24, 4]) }, [24])).toEqual(["lint.constantOutput"]);
  });
});

describe("outputs that are alike and may be", () => {
  it("begin with a head of zeros", () => {
    const model = body.clone();
    const head = model.layers.at(-1) as Linear;
    head.weight.assign(zeros(head.weight.shape));
    expect(found(model)).toEqual([]);
  });

  it("depend on what the examples of a batch have in common", () => {
    expect(found((x) => expand(mean(body.call(x), over), [x.shape[0], 4]))).toEqual([]);
  });

  it("come of examples that are all the same, or are not finite", () => {
    expect(found(body, { inputs: (_, shape) => zeros(shape) })).toEqual([]);
    const broken: Model = (x) => mul(body.call(mul(x, 0)), Number.NaN);
    expect(found(broken)).not.toContain("lint.constantOutput");
  });

  it("are other ones at other places of the batch", () => {
    const table = parameter(randn(new Generator("table"), [37, 4]));
    expect(found((x) => add(mul(body.call(x), 0), table))).toEqual([]);
  });

  it.each([
    ["f32", 2 ** -23],
    ["f64", 2 ** -52],
  ] as const)("differ by more than sixteen of the last places of %s, not by less", (dtype, place) => {
    const scale = parameter(3, { dtype });
    const signs = (_: Generator, shape: Shape): Tensor =>
      tensor(
        Float64Array.from({ length: shape[0] }, (_, k) => (k % 3 === 0 ? 1 : -1)),
        { shape, dtype },
      );
    const of = (places: number): string[] =>
      found((x) => mul(scale, add(1, mul(x, (places / 2) * place))), { inputs: signs }, [37, 1]);
    expect([of(14), of(20)]).toEqual([["lint.constantOutput"], []]);
  });

  it("differ by little, and that is not rounding", () => {
    // The weights of the first layer see a thousandth of their input, and a constant besides.
    expect(found((x) => body.call(add(mul(x, 1e-3), 1)))).toEqual([]);
  });
});
