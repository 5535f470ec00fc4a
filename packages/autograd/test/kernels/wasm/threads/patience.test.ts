import { expect, it } from "vitest";
import { Patience } from "../../../../src/kernels/wasm/threads/patience.ts";

/** How often workers are not asked before they are again. */
function rests(patience: Patience): number {
  let count = 0;
  while (!patience.lasts()) count++;
  return count;
}

it("lasts while workers keep up with the caller", () => {
  const patience = new Patience();
  for (let k = 0; k < 10; k++) {
    expect(patience.lasts()).toBe(true);
    patience.judge(1, 1);
  }
});

it("rests twice as long each time that the caller waits, within bounds", () => {
  const patience = new Patience();
  const counts = Array.from({ length: 9 }, () => {
    patience.judge(1, 2);
    return rests(patience);
  });
  expect(counts).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 128]);
});

it("comes back by halves", () => {
  const patience = new Patience();
  for (let k = 0; k < 4; k++) {
    patience.judge(1, 2);
    rests(patience);
  }
  for (let k = 0; k < 2; k++) patience.judge(1, 0);
  patience.judge(1, 2);
  expect(rests(patience)).toBe(4);
});

it("does not mind a short wait after little work", () => {
  const patience = new Patience();
  patience.judge(0, 0.05);
  expect(patience.lasts()).toBe(true);
});
