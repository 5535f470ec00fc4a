import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrapLine, wrapText } from "../../../demo/terminal/wrap.ts";

describe("wrapLine", () => {
  it("indents what follows a label, a mark or an indent", () => {
    expect(wrapLine("  cause:        the weights are too large", 32)).toEqual([
      "  cause:        the weights are",
      "                too large",
    ]);
    expect(wrapLine("✓ activation: tanh: the gradient flows", 24)).toEqual([
      "✓ activation: tanh: the",
      "  gradient flows",
    ]);
    expect(wrapLine("trained as it is: loss", 16)).toEqual(["trained as it", "is: loss"]);
  });

  it("cuts a word that is longer than the line", () => {
    expect(wrapLine("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });

  it("keeps to the width and loses nothing but spaces", () => {
    const word = fc.string({ minLength: 1, maxLength: 14 }).map((text) => text.replaceAll(/\s/g, "_"));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.integer({ min: 8, max: 60 }), (words, width) => {
        const pieces = wrapLine(words.join(" "), width);
        expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(width);
        expect(pieces.join("").replaceAll(" ", "")).toBe(words.join(""));
      }),
    );
  });
});

describe("wrapText", () => {
  it("keeps the lines that there are", () => {
    expect(wrapText("one\n\ntwo three", 6)).toEqual(["one", "", "two", "three"]);
  });

  it("keeps comparisons whole", () => {
    expect(wrapText("healthy, p = 0.01", 12)).toEqual(["healthy,", "p = 0.01"]);
  });
});
