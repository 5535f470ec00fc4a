import type { OpContractOptions } from "../../src/gradcheck/contract.ts";
import {
  type Dtype,
  Generator,
  permute,
  rand,
  reshape,
  slice,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { sizeOf } from "../../src/shape.ts";

/** A case of an op: its function and operands of f64 to call it with. */
export interface Sample {
  readonly inputs: readonly Tensor[];
  readonly call: (inputs: readonly Tensor[]) => Tensor | readonly Tensor[];
  readonly name: string;
}

/** What the laws must know of an op. */
export interface OpEntry {
  readonly samples: readonly Sample[];
  /** Not every element reaches the result: it picks, cuts or chooses. */
  readonly drops?: boolean;
  /** Single precision loses more than the usual few digits, by this factor. */
  readonly loses?: number;
  /** Laws of the contract that do not hold for this op, with the reason. */
  readonly exempt?: OpContractOptions["exempt"];
}

export const f64 = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "f64" });

export const of = (values: Parameters<typeof tensor>[0], dtype: Dtype): Tensor => tensor(values, { dtype });

/** Truth values that alternate. */
export const everyOther = (shape: readonly number[]): Tensor =>
  reshape(
    of(
      Array.from({ length: sizeOf(shape) }, (_, k) => k % 2),
      "bool",
    ),
    shape,
  );

/** Pairs of shapes that broadcast. */
export const broadcastPairs: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[], []],
  [[3], [3]],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[2, 3], []],
  [[1], [2, 2]],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[0, 3], [3]],
  [
    [2, 0],
    [1, 1],
  ],
];

/** One call, with the operands themselves. */
export const given = (
  name: string,
  f: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
  ...inputs: Tensor[]
): Sample => ({
  inputs,
  call: (operands) => f(...operands),
  name,
});

/**
 * Operands drawn for a series: the same in every run, whatever else is drawn elsewhere.
 *
 * @param series such as the name of the table or the file that they are for
 */
export function samplesOf(series: string) {
  const generator = new Generator(series);

  /** Numbers from [low, high), none close to a whole number or a half: those are kinks of some ops. */
  function numbers(shape: readonly number[], low = -2, high = 2): Tensor {
    const drawn = rand(generator, shape, low, high, "f64");
    const { data } = drawn;
    for (let i = 0; i < data.length; i++) {
      const away = data[i] * 2 - Math.round(data[i] * 2);
      if (Math.abs(away) < 0.02) data[i] += 0.02 * (away < 0 ? -1 : 1);
    }
    return drawn;
  }

  /** Shapes for a function of each element: a scalar, a vector, a matrix, extents of 1, nothing, and a view of every kind. */
  const unaryInputs = (low = -2, high = 2): Tensor[] => [
    numbers([], low, high),
    numbers([1], low, high),
    numbers([5], low, high),
    numbers([2, 3], low, high),
    numbers([1, 2, 1, 2], low, high),
    numbers([0], low, high),
    numbers([3, 0, 2], low, high),
    permute(numbers([3, 2], low, high), [1, 0]),
    slice(numbers([4, 5], low, high), 1, { start: 1, step: 2 }),
    slice(numbers([4], low, high), 0, { step: -1 }),
  ];

  const unary = (f: (x: Tensor) => Tensor, low = -2, high = 2): Sample[] =>
    unaryInputs(low, high).map((x) => ({ inputs: [x], call: ([y]) => f(y), name: `[${x.shape}]` }));

  function binary(
    f: (a: Tensor, b: Tensor) => Tensor,
    first: [number, number] = [-2, 2],
    second: [number, number] = first,
  ): Sample[] {
    const pairs = broadcastPairs.map(([a, b]) => [numbers(a, ...first), numbers(b, ...second)]);
    const views = [
      permute(numbers([3, 2], ...first), [1, 0]),
      slice(numbers([2, 6], ...second), 1, { step: 2 }),
    ];
    return [...pairs, views].map((inputs) => ({
      inputs,
      call: ([a, b]) => f(a, b),
      name: inputs.map(({ shape }) => `[${shape}]`).join(" and "),
    }));
  }

  /** Calls of one function with operands of these shapes. */
  const shaped = (
    f: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
    ...cases: readonly (readonly (readonly number[])[])[]
  ): Sample[] =>
    cases.map((shapes) => ({
      inputs: shapes.map((shape) => numbers(shape)),
      call: (inputs) => f(...inputs),
      name: shapes.map((shape) => `[${shape}]`).join(" and "),
    }));

  return { binary, numbers, shaped, unary, unaryInputs };
}
