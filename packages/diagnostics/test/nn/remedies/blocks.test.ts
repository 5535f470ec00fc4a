import { mul, relu, type Tensor, tanh } from "@isograd/autograd";
import { Linear, Module, Residual, Sequential } from "@isograd/nn";
import { expect, it } from "vitest";
import { type Block, blocksOf } from "../../../src/nn/remedies/blocks.ts";
import { learnable } from "../samples.ts";

const { inputs } = learnable("blocks", 3);

const linear = (inFeatures = 16, outFeatures = 16): Linear => new Linear({ inFeatures, outFeatures });

const extentsOf = (blocks: readonly Block[]): number[][] => blocks.map(({ from, to }) => [from, to]);

it("begin behind weights and end with the next, where the shape is the same", () => {
  const layers = [
    linear(),
    tanh,
    linear(),
    relu,
    tanh,
    linear(16, 8),
    relu,
    linear(8, 8),
    relu,
    linear(8, 8),
  ];
  const blocks = blocksOf(new Sequential(layers), inputs);
  expect(extentsOf(blocks)).toEqual([
    [1, 3],
    [6, 8],
  ]);
});

it("are the innermost, and what is beside a shortcut already is none", () => {
  const pair = (): Sequential => new Sequential([linear(), relu, linear(), relu]);
  const beside = new Residual({ inner: pair() });
  const model = new Sequential([linear(), new Sequential([linear(), relu]), pair(), beside, linear()]);
  const [whole, inner] = blocksOf(model, inputs);
  expect([whole.layers, inner.layers]).toEqual([model.layers, (model.layers[2] as Sequential).layers]);
  expect(extentsOf([whole, inner])).toEqual([
    [1, 2],
    [1, 3],
  ]);
  expect(blocksOf(model, inputs)).toHaveLength(2);
});

it("are none where there is no Sequential, or what weights return is not called or no tensor", () => {
  class Own extends Module {
    readonly unused = new Sequential([linear(), relu, linear(), relu, linear()]);
    readonly used = linear();
    forward(x: Tensor): Tensor {
      return mul(this.used.call(x), 2);
    }
  }
  expect(blocksOf(new Own(), inputs)).toEqual([]);
});
