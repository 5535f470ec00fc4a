import { add, expand, neg, ones, reshape, tensor, transpose } from "@isograd/autograd";
import { expect, it } from "vitest";
import { Storages, shareStorage } from "../../src/trace/storages.ts";

it("knows a tensor again by its views", () => {
  const storages = new Storages();
  const [x, y] = [ones([2, 3]), ones([2, 3])];
  storages.add(x);
  expect([x.detach(), transpose(x), reshape(x, [6])].map((view) => storages.has(view))).toEqual([
    true,
    true,
    true,
  ]);
  expect(storages.has(y)).toBe(false);
  expect([shareStorage(x, transpose(x)), shareStorage(x, y)]).toEqual([true, false]);
});

it("tells single numbers apart that share an array", () => {
  const numbers = Array.from({ length: 40 }, (_, k) => add(tensor(k), 1));
  const neighbours = numbers.filter(({ data }) => data === numbers[20].data);
  expect(neighbours.length).toBeGreaterThan(1);
  const storages = new Storages();
  storages.add(numbers[20]);
  expect(numbers.filter((x) => storages.has(x))).toEqual([numbers[20]]);
  expect(numbers.filter((x) => shareStorage(x, numbers[20]))).toEqual([numbers[20]]);
  const views = [numbers[20].detach(), reshape(numbers[20], [1, 1]), expand(numbers[20], [3])];
  expect(views.map((view) => [storages.has(view), shareStorage(view, numbers[20])])).toEqual(
    views.map(() => [true, true]),
  );
  storages.add(expand(numbers[21], [2, 2]));
  expect([numbers[21], numbers[22], neg(numbers[21])].map((x) => storages.has(x))).toEqual([
    true,
    false,
    false,
  ]);
});
