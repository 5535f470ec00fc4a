import { describe, expect, it } from "vitest";
import { exponentTicks, powerOfTen } from "../../../demo/report/canvas.ts";

describe("powerOfTen", () => {
  it("writes exponents as superscripts", () => {
    expect([-12, -1, 0, 1, 8, 10, 0.5].map(powerOfTen)).toEqual([
      "10⁻¹²",
      "10⁻¹",
      "1",
      "10",
      "10⁸",
      "10¹⁰",
      "",
    ]);
  });
});

describe("exponentTicks", () => {
  it("takes whole exponents inside the range, few enough", () => {
    expect(exponentTicks(-1.2, 2.5)).toEqual([-1, 0, 1, 2]);
    expect(exponentTicks(-18.4, 0.5)).toEqual([-18, -15, -12, -9, -6, -3, 0]);
    expect(exponentTicks(-0.4, 0.4)).toEqual([0]);
  });
});
