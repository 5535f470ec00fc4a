import { type Tensor, tensor } from "@isograd/autograd";
import { concatDatasets, mapRows, type RowDataset, rowBatches, subset } from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";

const columns = {
  inputs: tensor([
    [1, 2],
    [3, 4],
  ]),
  targets: Int32Array.of(5, 6),
};

describe("subset", () => {
  it("takes rows of columns, in any order, as often as one likes", () => {
    const found = subset(columns, [1, 0, 1]);
    expectTypeOf(found).toEqualTypeOf<{ readonly inputs: Tensor; readonly targets: Tensor }>();
    expect(found.inputs.toArray()).toEqual([
      [3, 4],
      [1, 2],
      [3, 4],
    ]);
    expect([found.targets.dtype, found.targets.toArray()]).toEqual(["i32", [6, 5, 6]]);
    expect(subset(columns, []).inputs.shape).toEqual([0, 2]);
  });

  it("reads rows one by one only when they are wanted", async () => {
    let read = 0;
    const lazy = mapRows([10, 20, 30], (x) => ({ x, read: ++read }));
    const found = subset(lazy, Int32Array.of(2, 0));
    expectTypeOf(found).toEqualTypeOf<RowDataset<{ x: number; read: number }>>();
    expect([found.length, read]).toEqual([2, 0]);
    expect(await found.row(0)).toEqual({ x: 30, read: 1 });
  });

  it("refuses rows that are not there", () => {
    expect(() => subset(columns, [2])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: subset: expected rows from 0 to 1, got 2]`,
    );
    expect(() => subset([1, 2], [-1])).toThrow(/rows from 0 to 1, got -1/);
    expect(() => subset(columns, [0.5])).toThrow(/got 0.5/);
  });
});

describe("concatDatasets", () => {
  it("puts columns one below the other", () => {
    const both = concatDatasets([columns, subset(columns, [0])]);
    expect([both.inputs.toArray(), both.targets.toArray()]).toEqual([
      [
        [1, 2],
        [3, 4],
        [1, 2],
      ],
      [5, 6, 5],
    ]);
  });

  it("finds rows in the dataset that they are in, an empty one among them", async () => {
    const all = concatDatasets([[{ x: 1 }], [], { length: 2, row: async (k: number) => ({ x: 10 * k }) }]);
    for await (const { x } of rowBatches(all)) expect(x.toArray()).toEqual([1, 0, 10]);
  });

  it("refuses what does not fit together", () => {
    expect(() => concatDatasets([])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: concatDatasets: expected at least one dataset, got []]`,
    );
    expect(() =>
      concatDatasets([columns, { inputs: columns.inputs }] as never),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: concatDatasets: expected columns inputs, targets in each, got ["inputs"]]`,
    );
    expect(() => concatDatasets([{ x: tensor([[1]]) }, { x: tensor([1]) }])).toThrow(
      /expected equal extents/,
    );
    expect(() => concatDatasets([{ x: Int32Array.of(1) }, { x: Float32Array.of(1) }])).toThrow(
      /one element type/,
    );
  });
});
