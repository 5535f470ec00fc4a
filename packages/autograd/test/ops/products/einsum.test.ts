import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  einsum,
  matmul,
  mul,
  observe,
  permute,
  ShapeError,
  sum,
  type Tensor,
  transpose,
  zeros,
} from "../../../src/index.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/products/einsum");

const close = (x: Tensor, expected: Tensor): void => {
  expect(x.shape).toEqual(expected.shape);
  x.values().forEach((value, k) => {
    expect(value).toBeCloseTo(expected.values()[k], 13);
  });
};

/** Loops over all labels: what the notation means. */
function byLoops(terms: readonly string[], result: string, operands: readonly Tensor[]): number[] {
  const extents = new Map<string, number>();
  terms.forEach((term, k) => {
    [...term].forEach((label, axis) => {
      const extent = operands[k].shape[axis];
      if (extent !== 1 || !extents.has(label)) extents.set(label, extent);
    });
  });
  const labels = [...new Set([...result, ...terms.join("")])];
  const size = (of: readonly string[]): number =>
    of.reduce((all, label) => all * (extents.get(label) as number), 1);
  const out = new Array<number>(size([...result])).fill(0);
  for (let at = 0; at < size(labels); at++) {
    const position = new Map<string, number>();
    let rest = at;
    for (const label of [...labels].reverse()) {
      const extent = extents.get(label) as number;
      position.set(label, rest % extent);
      rest = Math.floor(rest / extent);
    }
    const place = (term: string, shape: readonly number[]): number =>
      [...term].reduce(
        (sum, label, axis) => sum * shape[axis] + Math.min(position.get(label) as number, shape[axis] - 1),
        0,
      );
    const product = operands.reduce((all, x, k) => all * x.values()[place(terms[k], x.shape)], 1);
    out[
      place(
        result,
        [...result].map((label) => extents.get(label) as number),
      )
    ] += product;
  }
  return out;
}

describe("einsum", () => {
  it.each([
    [
      "ij,jk->ik",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      "ij,jk->ki",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    ["i,j->ji", [[2], [3]]],
    ["ij->", [[2, 3]]],
    ["ii->i", [[3, 3]]],
    ["iji,j->i", [[2, 3, 2], [3]]],
    [
      "bij,bjk->bik",
      [
        [2, 2, 3],
        [2, 3, 2],
      ],
    ],
    [
      "ij,ij,ij->j",
      [
        [2, 3],
        [2, 3],
        [2, 3],
      ],
    ],
    [
      "abc,cd,db,ae->e",
      [
        [2, 3, 2],
        [2, 4],
        [4, 3],
        [2, 2],
      ],
    ],
    [
      "ij,kj->ik",
      [
        [2, 3],
        [1, 1],
      ],
    ],
    ["a,b,c->cab", [[2], [3], [2]]],
    [
      "ij,ik->j",
      [
        [0, 2],
        [0, 3],
      ],
    ],
  ])("%s means what its loops say", (equation, shapes) => {
    const [left, result] = equation.split("->");
    const operands = shapes.map((shape) => numbers(shape));
    const found = einsum(equation, ...operands);
    byLoops(left.split(","), result, operands).forEach((expected, k) => {
      expect(found.values()[k]).toBeCloseTo(expected, 12);
    });
  });

  it("orders the labels that appear once where there is no arrow, capitals first, after what an ellipsis covers", () => {
    const [a, b] = [numbers([2, 3]), numbers([3, 4])];
    close(einsum("ij,jk", a, b), matmul(a, b));
    close(einsum("ba", a), transpose(a));
    close(einsum("aB", a), transpose(a));
    close(einsum("ii", matmul(a, transpose(a))), einsum("ij,ij->", a, a));
    const c = numbers([2, 3, 4]);
    close(einsum("b...a", c), permute(c, [1, 2, 0]));
    close(einsum(" b a , a c ", a, b), matmul(a, b));
  });

  it("broadcasts what an ellipsis covers, and sums it where the result has none", () => {
    const [a, b] = [numbers([2, 1, 3]), numbers([4, 3])];
    close(einsum("...i,...i->...", a, b), sum(einsum("bxi,yi->byi", a, b), { axis: 2 }));
    close(einsum("...i->i", a), sum(a, { axis: [0, 1] }));
    const scalar = numbers([]);
    close(einsum("...,i...->i...", scalar, a), mul(scalar, a));
  });

  it("contracts first what makes the result small", () => {
    const sizes: number[] = [];
    using _ = observe({
      operation: ({ op, outputs }) => {
        if (op.name === "matmul") sizes.push(outputs[0].size);
      },
    });
    einsum("ab,bc,c->a", numbers([50, 50]), numbers([50, 50]), numbers([50]));
    expect(sizes).toEqual([50, 50]);
  });

  it("throws where the equation is none, or does not fit", () => {
    const x = zeros([2, 3]);
    expect(() => einsum("i1->i", x)).toThrow(ArgumentError);
    expect(() => einsum("ij->ij->i", x)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: einsum: expected one ->, got "ij->ij->i"]`,
    );
    expect(() => einsum("i..j->i", x)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: einsum: expected letters, and ... at most once, got "i..j->i"]`,
    );
    expect(() => einsum("ij,jk->ik", x)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: einsum: expected a term for each of 1 operands, got "ij,jk->ik"]`,
    );
    expect(() => einsum("ij->k", x)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: einsum: expected a result of labels of the operands, each once, got "ij->k"]`,
    );
    expect(() => einsum("ij->ii", x)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: einsum: expected a result of labels of the operands, each once, got "ij->ii"]`,
    );
    expect(() => einsum("ijk->i", x)).toThrow(ShapeError);
    expect(() => einsum("ii->i", x)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: expected one extent, or 1, for each label of "ii->i", got [2, 3]]`,
    );
    expect(() => einsum("ij,jk->ik", x, zeros([2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: einsum: expected one extent, or 1, for each label of "ij,jk->ik", got [2, 3] and [2, 2]]`,
    );
  });
});
