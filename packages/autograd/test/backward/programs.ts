import fc from "fast-check";
import {
  add,
  chunk,
  concat,
  expand,
  flip,
  mul,
  neg,
  permute,
  reshape,
  select,
  slice,
  split,
  type Tensor,
  transpose,
  unbind,
  unsqueeze,
} from "../../src/index.ts";

// Matrices of two by six, made of others in ways whose cotangents share storage, lie strided, or are parts.
export const [rows, columns] = [2, 6];
type Step = (x: Tensor, y: Tensor, place: number) => Tensor;
const steps: readonly Step[] = [
  (x, y) => add(x, y),
  (x, y) => mul(x, y),
  (x) => add(x, x),
  (x) => neg(x),
  (x, y) => reshape(concat([slice(x, 1, { start: 3 }), slice(y, 1, { end: 3 })], 0), [rows, columns]),
  (x, y, place) => slice(concat([slice(x, 1, { start: place % 4, step: 2 }), y], 1), 1, { end: columns }),
  (x, _, place) => expand(unsqueeze(select(x, 1, place % columns), 1), [rows, columns]),
  (x, y, place) => add(expand(select(x, 0, place % rows), [rows, columns]), y),
  (x) => concat(chunk(x, 3, 1).reverse(), 1),
  (x, y) => {
    const [first, , last] = split(x, [2, 3, 1], 1);
    return concat([last, slice(y, 1, { start: 1, end: 4 }), first], 1);
  },
  (x) => {
    const parts = unbind(x, 1);
    return concat([mul(unsqueeze(parts[0], 1), 2), ...parts.slice(1).map((part) => unsqueeze(part, 1))], 1);
  },
  (x) => transpose(reshape(transpose(x), [columns, rows])),
  (x) => reshape(permute(reshape(x, [rows, 2, 3]), [0, 2, 1]), [rows, columns]),
  (x) => flip(x, 1),
];

/** A program: what each step does, and to which of the tensors before. */
export const plan = fc.array(
  fc.record({
    step: fc.nat({ max: steps.length - 1 }),
    x: fc.nat(),
    y: fc.nat(),
    place: fc.nat({ max: 9 }),
    held: fc.boolean(),
    counted: fc.boolean(),
  }),
  { minLength: 2, maxLength: 14 },
);
export type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** All tensors of a program, those that it begins with first. */
export function run(program: Plan, inputs: readonly Tensor[]): Tensor[] {
  const made = [...inputs];
  for (const { step, x, y, place } of program)
    made.push(steps[step](made[x % made.length], made[y % made.length], place));
  return made;
}

/** What the sweep begins with: some of all tensors, the last among them. */
export const sumOf = (made: readonly Tensor[], program: Plan): Tensor =>
  made.reduceRight((total, x, k) =>
    program[k - (made.length - program.length)]?.counted === false ? total : add(total, x),
  );
