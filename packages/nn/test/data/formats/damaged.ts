import { ArgumentError } from "@isograd/autograd";
import fc from "fast-check";
import { expect } from "vitest";

/** Bytes with one changed, cut short, or with some put in. */
export const damagedBytes = (bytes: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })).map(([place, change]) => {
      const changed = Uint8Array.from(bytes);
      changed[place] ^= change;
      return changed;
    }),
    fc.nat(bytes.length - 1).map((length) => bytes.slice(0, length)),
    fc
      .tuple(fc.nat(bytes.length), fc.uint8Array({ minLength: 1, maxLength: 4 }))
      .map(([place, more]) =>
        Uint8Array.from([...bytes.subarray(0, place), ...more, ...bytes.subarray(place)]),
      ),
  );

/** Calls `check` on what is read, if something is; it must be an ArgumentError otherwise. */
export function readsOrRefuses<T>(read: () => T, check: (value: T) => void): void {
  let value: T;
  try {
    value = read();
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    return;
  }
  check(value);
}
