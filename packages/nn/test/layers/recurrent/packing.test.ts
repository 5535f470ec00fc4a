import { Generator, randn } from "@isograd/autograd";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Packing } from "../../../src/layers/recurrent/packing.ts";

const sequences = fc
  .integer({ min: 1, max: 6 })
  .chain((time) =>
    fc.tuple(fc.constant(time), fc.array(fc.integer({ min: 1, max: time }), { minLength: 1, maxLength: 6 })),
  );

it("keeps what sequences have, in their places, and nothing else", () => {
  fc.assert(
    fc.property(sequences, ([time, lengths]) => {
      const packing = new Packing("layer", time, lengths.length, lengths);
      const x = randn(new Generator(lengths.join()), [time, lengths.length, 2]);
      const packed = packing.pack(x);
      expect(packed.shape).toEqual([lengths.reduce((sum, length) => sum + length, 0), 2]);
      const expected = (x.toArray() as number[][][]).map((step, at) =>
        step.map((features, k) => (at < lengths[k] ? features : [0, 0])),
      );
      expect(packing.unpack(packed).toArray()).toEqual(expected);
    }),
  );
});

it("has at each step the sequences that still last, longest first", () => {
  fc.assert(
    fc.property(sequences, ([time, lengths]) => {
      const { sizes } = new Packing("layer", time, lengths.length, lengths);
      expect(sizes.length).toBe(Math.max(...lengths));
      sizes.forEach((size, step) => {
        expect(size).toBe(lengths.filter((length) => length > step).length);
      });
    }),
  );
});

it("sorts states by length, and back", () => {
  fc.assert(
    fc.property(sequences, ([time, lengths]) => {
      const packing = new Packing("layer", time, lengths.length, lengths);
      const states = randn(new Generator(lengths.join()), [3, lengths.length, 2]);
      const sorted = packing.sort(states);
      expect(packing.unsort(sorted).toArray()).toEqual(states.toArray());
      if (new Set(lengths).size > 1 || lengths[0] < time) {
        const [longest] = sorted.toArray() as number[][][];
        const [given] = states.toArray() as number[][][];
        const order = lengths.map((_, k) => k).sort((a, b) => lengths[b] - lengths[a]);
        expect(longest).toEqual(order.map((k) => given[k]));
      }
    }),
  );
});
