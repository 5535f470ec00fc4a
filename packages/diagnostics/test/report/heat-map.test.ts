import { formatHeatMap, type WatchedStep } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";
import { heatMapOf, rangeOf } from "../../src/report/heat-map.ts";

const places = ["layers.4", "layers.2", "layers.0"];

const stepOf = (step: number, layerNorms: readonly number[], loss = 1): WatchedStep => ({
  ...{ step, loss, layerNorms, places: layerNorms.length === 0 ? [] : places },
  ...{ gradientNorm: Number.NaN, totalFactor: Number.NaN },
});

/** The first layer's gradient vanishes, the last one's stays. */
const history = Array.from({ length: 30 }, (_, k) =>
  stepOf(k, [1, 10 ** (-k / 10), 10 ** (-k / 5)], 10 ** (1 - k / 10)),
);

describe("formatHeatMap", () => {
  it("shows a row a layer, the first on top, on one scale, and the loss on its own", () => {
    expect(`\n${formatHeatMap(history)}\n`).toMatchInlineSnapshot(`
      "
      layers.0 ┤████▇▇▇▇▆▆▆▅▅▅▅▄▄▄▄▃▃▃▂▂▂▂▁▁▁▁
      layers.2 ┤████████▇▇▇▇▇▇▇▆▆▆▆▆▆▆▅▅▅▅▅▅▅▅
      layers.4 ┤██████████████████████████████
          loss ┤████▇▇▇▇▆▆▆▅▅▅▅▄▄▄▄▃▃▃▂▂▂▂▁▁▁▁
          step  0                           29
      gradient norm: ▁ 1.6e-6 to █ 1
      "
    `);
  });

  it("marks what is zero, not finite or not known, and says so", () => {
    const odd = [stepOf(0, [], -1), stepOf(1, [1, 0, 1]), stepOf(2, [1, 0, Infinity], Number.NaN)];
    expect(`\n${formatHeatMap(odd)}\n`).toMatchInlineSnapshot(`
      "
      layers.0 ┤ ▅!
      layers.2 ┤ 00
      layers.4 ┤ ▅▅
          loss ┤ ▅!
          step  0 2
      gradient norm: ▁ 0.0316 to █ 31.6   0 zero   ! not finite
      "
    `);
  });

  it("keeps to its columns, with the ends of long names", () => {
    const long = history.map((step) => ({ ...step, places: ["a", "b", `${"x".repeat(40)}.end`] }));
    const lines = formatHeatMap(long, { columns: 7 }).split("\n");
    expect(lines[0]).toBe("…xxxxxxxxxxxxxxxxxxx.end ┤█▆▅▃▂▁");
    expect(lines.slice(0, 5).map((line) => line.length)).toEqual([32, 32, 32, 32, 32]);
  });

  it("is empty without steps, and short with one", () => {
    expect(formatHeatMap([])).toBe("no steps");
    expect(
      formatHeatMap([stepOf(5, [1, 1, 1])])
        .split("\n")
        .at(-2),
    ).toBe("    step  5");
  });
});

describe("the map", () => {
  it("averages the logs of neighbouring steps, zeros left out", () => {
    const { columns, layers, losses } = heatMapOf(
      [stepOf(0, [1, 1, 0]), stepOf(1, [100, 1, 0]), stepOf(2, [1, 0, 10], 0)],
      2,
    );
    expect(columns).toEqual([
      { first: 0, last: 1 },
      { first: 2, last: 2 },
    ]);
    expect(layers).toEqual([
      { place: "layers.0", heats: ["zero", 1] },
      { place: "layers.2", heats: [0, "zero"] },
      { place: "layers.4", heats: [1, 0] },
    ]);
    expect(losses).toEqual([0, "zero"]);
  });

  it("a single value that is not finite shows, however many others there are", () => {
    const many = Array.from({ length: 100 }, (_, k) => stepOf(k, [1, 1, k === 33 ? Number.NaN : 1]));
    expect(heatMapOf(many, 1).layers.map(({ heats }) => heats)).toEqual([["not finite"], [0], [0]]);
  });

  it("has the layers of all programs", () => {
    const other = { ...stepOf(1, [2]), places: ["head"] };
    expect(
      heatMapOf([stepOf(0, [1, 1, 1]), other], 9).layers.map(({ place, heats }) => [place, heats]),
    ).toEqual([
      ["layers.0", [0, null]],
      ["layers.2", [0, null]],
      ["layers.4", [0, null]],
      ["head", [null, Math.log10(2)]],
    ]);
  });

  it("spans three decades at least", () => {
    expect(rangeOf([1, 2, null, "zero"])).toEqual({ low: 0, high: 3 });
    expect(rangeOf([-4, 1])).toEqual({ low: -4, high: 1 });
    expect(rangeOf([null])).toEqual({ low: 0, high: 0 });
  });
});
