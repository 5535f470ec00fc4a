import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { crc32c } from "../../../src/report/tensorboard/crc32c.ts";
import {
  fileVersion,
  histogramEvent,
  scalarEvent,
  textEvent,
} from "../../../src/report/tensorboard/event.ts";
import { histogramOf } from "../../../src/report/tensorboard/histogram.ts";
import { framed } from "../../../src/report/tensorboard/record.ts";

describe("crc32c", () => {
  it.each<[string, Uint8Array, number]>([
    ["the check value of the catalogue", new TextEncoder().encode("123456789"), 0xe3069283],
    ["32 bytes of zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 bytes of ones", new Uint8Array(32).fill(255), 0x62a8ab43],
    ["32 ascending bytes", Uint8Array.from({ length: 32 }, (_, k) => k), 0x46dd794e],
    ["32 descending bytes", Uint8Array.from({ length: 32 }, (_, k) => 31 - k), 0x113fdb5c],
    ["nothing", new Uint8Array(), 0],
  ])("%s", (_, bytes, sum) => expect(crc32c(bytes)).toBe(sum));
});

describe("records are those of TensorBoard's own writer", () => {
  const written = JSON.parse(readFileSync(new URL("reference/events.json", import.meta.url), "utf8"));
  const wallTime = 1700000000.25;
  const histogram = {
    ...{ min: -1, max: 2, count: 3, sum: 1.5, sumSquares: 5.25 },
    ...{ limits: [-0.9, 0, 2.1], counts: [1, 0, 2] },
  };
  it.each([
    ["version", fileVersion(wallTime)],
    ["scalar", scalarEvent({ step: 300, wallTime }, "loss", 0.3)],
    ["notANumber", scalarEvent({ step: 2 ** 40, wallTime }, "loss", Number.NaN)],
    ["histogram", histogramEvent({ step: 1, wallTime }, "weights", histogram)],
    ["text", textEvent({ step: 7, wallTime }, "findings/vanishing", "alarm: vanishing … 1.5e-6")],
  ])("%s", (name, event) => expect(Buffer.from(framed(event)).toString("hex")).toBe(written[name]));
});

describe("a histogram", () => {
  it("counts each value once, in a bucket that it lies in", () => {
    const values = [-3, -3.1, 0, 1e-13, 1e-12, 0.5, 2, 2, 1e300, -1e-300];
    const { min, max, count, sum, sumSquares, limits, counts } = histogramOf(values);
    expect([min, max, count]).toEqual([-3.1, 1e300, 10]);
    expect([sum, sumSquares]).toEqual([1e300, Infinity]);
    expect(limits).toEqual(limits.toSorted((a, b) => a - b));
    let below = Number.NEGATIVE_INFINITY;
    for (const [k, limit] of limits.entries()) {
      expect(values.filter((value) => value >= below && value < limit).length).toBe(counts[k]);
      below = limit;
    }
    expect(counts.reduce((all, each) => all + each, 0)).toBe(10);
  });

  it("is as fine as tenths, without buckets for what lies between", () => {
    expect(histogramOf([1.05e-12, 1.05e-12 * 1.1 ** 2]).counts).toEqual([1, 0, 1]);
    const { limits, counts } = histogramOf([1, 1.3, 100]);
    expect(counts).toEqual([1, 0, 1, 0, 1]);
    for (const [k, value] of [1, 1.3, 100].entries()) {
      expect(limits[2 * k] / value).toBeGreaterThan(1);
      expect(limits[2 * k] / value).toBeLessThanOrEqual(1.1);
    }
  });

  it("holds the largest number, and leaves out what is not finite", () => {
    expect(histogramOf([Number.MAX_VALUE, Infinity, Number.NaN]).counts).toEqual([1]);
    expect(histogramOf([Number.NaN])).toEqual({
      ...{ min: 0, max: 0, count: 0, sum: 0, sumSquares: 0, limits: [], counts: [] },
    });
  });
});
