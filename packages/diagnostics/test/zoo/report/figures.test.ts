import { expect, it } from "vitest";
import { rate } from "../../../zoo/measures/rate.ts";
import {
  boundText,
  intervalText,
  numberText,
  percent,
  rateText,
  shareText,
} from "../../../zoo/report/figures.ts";

it("tells what is near 0 or 1 from what is there", () => {
  expect([0, 0.0001, 0.00999, 0.362, 0.9996, 0.99999, 1].map(percent)).toEqual([
    "0.0 %",
    "0.01 %",
    "1.0 %",
    "36.2 %",
    "99.960 %",
    "99.999 %",
    "100.0 %",
  ]);
});

it("says rates with what they leave open, and nothing of none", () => {
  const some = rate(1, 473);
  expect(rateText(some)).toBe("1 of 473 = 0.2 %");
  expect(boundText(some)).toBe("1 of 473 = 0.2 %, bound 1.0 %");
  expect(intervalText(some)).toBe("1 of 473 = 0.2 % (0.005 % to 1.2 %)");
  expect([rateText, boundText, intervalText, shareText].map((text) => text(rate(0, 0)))).toEqual([
    "-",
    "-",
    "-",
    "-",
  ]);
  expect([numberText(null), numberText(2), numberText(1.23456), numberText(1234567)]).toEqual([
    "-",
    "2",
    "1.23",
    "1230000",
  ]);
});
