import fc from "fast-check";
import { expect, it } from "vitest";
import { fewDigits, parseNumber } from "../../../../src/data/formats/csv/numbers.ts";

it("reads few digits as the host does, to the bit, and leaves all others", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{0,9}\.?\d{0,9}$/), (text) => {
      const value = fewDigits(text);
      const digits = text.replace(/[-.]/g, "").length;
      if (digits >= 1 && digits <= 14) expect(value).toBe(Number(text));
      else if (!Number.isNaN(value)) expect(value).toBe(Number(text));
    }),
    { numRuns: 2000 },
  );
  for (const odd of [
    "",
    "-",
    ".",
    "-.",
    "+1",
    " 1",
    "1 ",
    "1e5",
    "1.2.3",
    "--1",
    "1-",
    "0x1",
    "12345678901234567",
  ])
    expect(fewDigits(odd)).toBe(Number.NaN);
  expect(fewDigits("-0")).toBe(-0);
  expect(parseNumber("1e999")).toBe(null);
});
