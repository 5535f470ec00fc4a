import { backward, indexSelect, parameter, sin, sum, tensor } from "@isograd/autograd";
import { SparseAdam } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers, type Packed, readCases, unpack } from "../reference/cases.ts";
import { withGradient } from "./with-gradient.ts";

interface SparseCase {
  readonly options: {
    readonly lr: number;
    readonly betas?: readonly [number, number];
    readonly eps?: number;
  };
  readonly table: Packed;
  readonly rows: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

describe("SparseAdam", () => {
  it.each(readCases<SparseCase>("sparse-adam.json"))(
    "takes PyTorch's steps on rows that are read: $options",
    (example) => {
      const { lr, ...others } = example.options;
      const table = parameter(unpack(example.table));
      const optimizer = new SparseAdam([table], { learningRate: lr, ...others });
      example.rows.forEach((rows, k) => {
        optimizer.zeroGrad();
        backward(sum(sin(indexSelect(table, 0, tensor([...rows], { dtype: "i32" })))));
        optimizer.step();
        expectNumbers(table.values(), example.after[k], 1e-8, 1e-12);
      });
    },
  );

  it("lets NaN through, to its row alone", () => {
    const w = withGradient([1, 2], [Number.NaN, 0]);
    new SparseAdam([w]).step();
    expect([...w.values()]).toEqual([Number.NaN, 2]);
  });
});
