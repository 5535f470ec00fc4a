import { expect, it } from "vitest";
import { CountingModel } from "../../text/counting.ts";

it("estimates what a hand count says", () => {
  // "abab" then a, of an alphabet of two: a follows nothing 2 times of 4, b too; behind b came a, once of one.
  const [none, one] = new CountingModel(Int32Array.of(0, 1, 0, 1), 2, 1).nats(Int32Array.of(1, 0));
  const byNone = (2 + 2 * (1 / 2)) / (4 + 2);
  expect(none).toBeCloseTo(-Math.log(byNone), 12);
  const first = byNone; // nothing stands before it
  const second = (1 + 1 * byNone) / (1 + 1);
  expect(one).toBeCloseTo(-(Math.log(first) + Math.log(second)) / 2, 12);
});

it("gives probabilities that sum up to one behind any context", () => {
  const model = new CountingModel(Int32Array.of(0, 1, 2, 0, 1, 0, 2, 2, 1), 3, 3);
  for (const context of [[], [1], [0, 1], [2, 0, 1], [2, 2, 2]]) {
    const own = context.length === 0 ? 0 : model.nats(Int32Array.from(context))[3] * context.length;
    const total = [0, 1, 2].reduce((sum, next) => {
      const nats = model.nats(Int32Array.from([...context, next]))[3] * (context.length + 1);
      return sum + Math.exp(own - nats);
    }, 0);
    expect(total).toBeCloseTo(1, 12);
  }
});
