import { fromData, Generator, tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { adding } from "../../long-term/adding.ts";
import { temporalOrder } from "../../long-term/temporal-order.ts";

const count = 50;

describe("the temporal order problem", () => {
  it("has one symbol that counts near the beginning, one in the middle, and asks for their order", () => {
    const { inputs, targets } = temporalOrder.draw(new Generator(3), 40, count);
    expect(inputs.shape).toEqual([40, count, 6]);
    const seen = new Set<number>();
    for (let sequence = 0; sequence < count; sequence++) {
      const symbols = Array.from({ length: 40 }, (_, time) => {
        const at = (time * count + sequence) * 6;
        const hot = [...inputs.values().subarray(at, at + 6)];
        expect(hot.reduce((a, b) => a + b)).toBe(1);
        return hot.indexOf(1);
      });
      const places = symbols.flatMap((symbol, time) => (symbol < 2 ? [time] : []));
      expect(places).toHaveLength(2);
      const [first, second] = places;
      expect(first >= 4 && first < 8 && second >= 16 && second < 20).toBe(true);
      expect(targets.values()[sequence]).toBe(2 * symbols[first] + symbols[second]);
      seen.add(targets.values()[sequence]);
    }
    expect(seen.size).toBe(4);
  });

  it("counts what is answered wrong", () => {
    const outputs = tensor([
      [3, 0, 0, 0],
      [0, 3, 0, 0],
      [0, 0, 3, 0],
      [0, 0, 0, 3],
    ]);
    expect(temporalOrder.errorRate(outputs, fromData(Int32Array.of(0, 1, 0, 3), [4]))).toBe(0.25);
  });
});

describe("the adding problem", () => {
  it("asks for the mean of the two numbers that are marked", () => {
    const { inputs, targets } = adding.draw(new Generator(3), 20, count);
    for (let sequence = 0; sequence < count; sequence++) {
      const at = (time: number): number => (time * count + sequence) * 2;
      const marked = Array.from({ length: 20 }, (_, time) => time).filter(
        (time) => inputs.values()[at(time) + 1] === 1,
      );
      expect(marked).toHaveLength(2);
      expect(marked[0]).toBeLessThan(2);
      expect(marked[1]).toBeLessThan(10);
      const [a, b] = marked.map((time) => inputs.values()[at(time)]);
      expect(targets.values()[sequence]).toBeCloseTo((a + b) / 2, 6);
    }
  });

  it("takes an answer that is off by more than 0.04 for wrong, and one that is no number", () => {
    const outputs = tensor([[0.5], [0.53], [0.55], [Number.NaN]]);
    expect(adding.errorRate(outputs, tensor([[0.5], [0.5], [0.5], [0.5]]))).toBe(0.5);
  });
});
