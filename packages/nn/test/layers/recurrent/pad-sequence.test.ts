import { backward, parameter, sum, tensor } from "@isograd/autograd";
import { padSequence } from "@isograd/nn";
import { expect, it } from "vitest";

it("stands sequences side by side, filled up behind their ends", () => {
  const [short, long] = [
    parameter([[1, 2]]),
    parameter([
      [3, 4],
      [5, 6],
    ]),
  ];
  const padded = padSequence([short, long], { paddingValue: -1 });
  expect(padded.toArray()).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    [
      [-1, -1],
      [5, 6],
    ],
  ]);
  expect(padSequence([short, long], { batchFirst: true }).toArray()).toEqual([
    [
      [1, 2],
      [0, 0],
    ],
    [
      [3, 4],
      [5, 6],
    ],
  ]);
  backward(sum(padded));
  expect(short.grad?.toArray()).toEqual([[1, 1]]);
});

it("takes sequences of numbers", () => {
  expect(padSequence([tensor([1, 2, 3]), tensor([4])]).toArray()).toEqual([
    [1, 4],
    [2, 0],
    [3, 0],
  ]);
});

it("wants sequences that fit each other", () => {
  expect(() => padSequence([])).toThrowErrorMatchingInlineSnapshot(
    `[ArgumentError: padSequence: expected at least one sequence, got []]`,
  );
  expect(() => padSequence([tensor(1)])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: padSequence: expected sequences [length, ...] that differ in length alone, got []]`,
  );
  expect(() => padSequence([tensor([[1]]), tensor([1])])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: padSequence: expected sequences [length, ...] that differ in length alone, got [1, 1] and [1]]`,
  );
});
