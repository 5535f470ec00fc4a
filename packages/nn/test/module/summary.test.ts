import { relu, type Tensor, tensor } from "@isograd/autograd";
import {
  BatchNorm1d,
  Conv2d,
  Dropout,
  Embedding,
  Flatten,
  Linear,
  Module,
  Sequential,
  share,
  summary,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const model = () =>
  new Sequential([
    new Conv2d({ inChannels: 1, outChannels: 4, kernelSize: 3 }),
    relu,
    new Flatten(),
    new Sequential([new Linear({ inFeatures: 4 * 6 * 6, outFeatures: 10 }), new Dropout()]),
  ]);

describe("summary", () => {
  it("counts each module for itself, so that the columns add up", () => {
    const { rows, ...sums } = summary(model(), [2, 1, 8, 8]);
    expect(
      rows.map(({ path, layer, outputShapes, parameters }) => [path, layer, outputShapes[0], parameters]),
    ).toEqual([
      ["", "Sequential", [2, 10], 0],
      ["layers.0", "Conv2d", [2, 4, 6, 6], 4 * 9 + 4],
      ["layers.2", "Flatten", [2, 144], 0],
      ["layers.3", "Sequential", [2, 10], 0],
      ["layers.3.layers.0", "Linear", [2, 10], 1450],
      ["layers.3.layers.1", "Dropout", [2, 10], 0],
    ]);
    const column = (key: "parameters" | "flops" | "keptBytes") =>
      rows.reduce((sum, row) => sum + row[key], 0);
    expect(column("parameters")).toBe(sums.parameters);
    expect(column("flops")).toBe(sums.flops);
    expect(column("keptBytes")).toBe(sums.keptBytes);
    // A product of [2, 144] and [144, 10] and the bias; the relu, one an element, is the outer model's own.
    expect(rows[4].flops).toBe(2 * 2 * 144 * 10 + 20);
    expect(rows[0].flops).toBe(2 * 144);
    expect(sums.parameterBytes).toBe(4 * sums.parameters);
  });

  it("prints a table", () => {
    expect(`${summary(model(), [2, 1, 8, 8])}`).toMatchInlineSnapshot(`
      "layer                       output        parameters   flops     kept
      --------------------------  ------------  ----------  ------  -------
      Sequential                  [2, 10]                0     288  1.15 KB
      layers.0: Conv2d            [2, 4, 6, 6]          40   5,184    656 B
      layers.2: Flatten           [2, 144]               0       0      0 B
      layers.3: Sequential        [2, 10]                0       0      0 B
      layers.3.layers.0: Linear   [2, 10]            1,450   5,780  6.91 KB
      layers.3.layers.1: Dropout  [2, 10]                0       0      0 B
      --------------------------  ------------  ----------  ------  -------
      total                                          1,490  11,252  8.72 KB
      1,490 of 1,490 parameters are trained
      parameters 5.96 KB, buffers 0 B"
    `);
  });

  it("leaves the model as it was: statistics, mode, what is frozen", () => {
    const layer = new Sequential([
      new BatchNorm1d({ numFeatures: 3 }),
      new Linear({ inFeatures: 3, outFeatures: 2 }),
    ]);
    (layer.layers[1] as Linear).freeze();
    const before = layer.namedBuffers().map(({ tensor }) => tensor.toArray());
    const { trainable, parameters, flops, bufferBytes } = summary(layer, [4, 3]);
    expect([trainable, parameters, bufferBytes]).toEqual([6, 14, 28]);
    expect(flops).toBeGreaterThan(2 * 4 * 3 * 2);
    expect(layer.namedBuffers().map(({ tensor }) => tensor.toArray())).toEqual(before);
    expect(layer.training).toBe(true);
    expect(layer.parameters().map(({ requiresGrad }) => requiresGrad)).toEqual([true, true, false, false]);
  });

  it("takes tensors of indices, counts what is shared once, and what is called twice twice", () => {
    class Tied extends Module {
      readonly embedding = new Embedding({ numEmbeddings: 7, embeddingDim: 3 });
      readonly middle = new Linear({ inFeatures: 3, outFeatures: 3, bias: false });
      readonly output = new Linear({ inFeatures: 3, outFeatures: 7, bias: false });
      readonly unused = new Linear({ inFeatures: 1, outFeatures: 1 });
      forward(x: Tensor): Tensor {
        return this.output.call(this.middle.call(this.middle.call(this.embedding.call(x))));
      }
    }
    const tied = new Tied();
    share(tied.embedding, "weight", tied.output);
    const { rows, parameters } = summary(tied, tensor([[0, 1, 6]], { dtype: "i32" }));
    expect(parameters).toBe(21 + 9 + 2);
    expect(rows.map((row) => [row.path, row.parameters, row.outputShapes])).toEqual([
      ["", 0, [[1, 3, 7]]],
      ["embedding", 21, [[1, 3, 3]]],
      ["middle", 9, [[1, 3, 3]]],
      ["output", 0, [[1, 3, 7]]],
      ["unused", 2, []],
    ]);
    expect(rows[2].flops).toBe(2 * (2 * 3 * 3 * 3));
  });
});
