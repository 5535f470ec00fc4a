import { expect, it } from "vitest";
import { Alphabet } from "../../text/alphabet.ts";
import { cutBook, readMobyDick } from "../../text/book.ts";

it("reads the whole book, and cuts it in three without losing a character", () => {
  const text = readMobyDick();
  expect(text.length).toBe(1_220_066);
  expect(text).toContain("\nCall me Ishmael.");
  const { alphabet, training, validation, test } = cutBook(text);
  expect([training, validation, test].map((part) => alphabet.decode(part)).join("")).toBe(text);
  expect(test.length / text.length).toBeCloseTo(0.05, 4);
  expect(alphabet.size).toBe(81);
});

it("numbers characters, and refuses others", () => {
  const alphabet = Alphabet.of("abacus");
  expect(alphabet.characters).toEqual(["a", "b", "c", "s", "u"]);
  expect([...alphabet.encode("cub")]).toEqual([2, 4, 1]);
  expect(alphabet.decode([2, 4, 1])).toBe("cub");
  expect(() => alphabet.encode("cube")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: "e" at 3 is not of the alphabet]`,
  );
});
