import { describe, expect, it } from "vitest";
import { drawFlow, flowLegend } from "../../../demo/terminal/flow-chart.ts";
import { paintFor } from "../../../demo/terminal/paint.ts";

const plain = paintFor({});
const layers = Array.from({ length: 10 }, (_, k) => k);
const falling = layers.map((k) => 10 ** (k - 9));
const band = layers.map((k): [number, number] => [10 ** ((k - 9) / 9), 10 ** ((9 - k) / 9)]);

describe("drawFlow", () => {
  it("draws norms on a log scale, with the band and an axis", () => {
    const lines = drawFlow({ sick: falling, healed: layers.map(() => 1), band }, plain);
    expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
      "
          1e1 ┤░░░░░░░░░░
          1e0 ┤○░○░○░○░○░○░○░○░○░◎░
         1e-1 ┤░░░░░░░░░░      ●
         1e-2 ┤              ●
         1e-3 ┤            ●
         1e-4 ┤          ●
         1e-5 ┤        ●
         1e-6 ┤      ●
         1e-7 ┤    ●
         1e-8 ┤  ●
         1e-9 ┤●
              └┬───────┬─────────┬─
        layer  1       5         10
      "
    `);
  });

  it("gives zeros, infinities and NaN rows of their own", () => {
    const lines = drawFlow({ sick: [Number.NaN, Infinity, 0, 0, 1], healed: null, band: null }, plain);
    expect(`\n${lines.join("\n")}\n`).toMatchInlineSnapshot(`
      "
      inf/NaN ┤● ●
              ┤
              ┤
              ┤
          1e1 ┤
              ┤
              ┤
              ┤
          1e0 ┤        ●
            0 ┤    ● ●
              └┬───────┬─
        layer  1       5
      "
    `);
  });

  it("marks every layer of both networks once, whatever the range", () => {
    for (const decades of [0.001, 1, 7, 30, 400]) {
      const sick = layers.map((k) => 10 ** ((decades * (k - 9)) / 9));
      const healed = sick.map((value) => (value === 0 ? 1 : 1 / Math.max(value, 1e-300)));
      const text = drawFlow({ sick, healed, band }, plain).join("");
      const marked = (symbol: string) => text.split(symbol).length - 1;
      expect(marked("●") + marked("◎")).toBe(10);
      expect(marked("○") + marked("◎")).toBe(10);
    }
  });

  it("colours what it draws, and only by codes", () => {
    const curves = { sick: falling, healed: layers.map(() => 1), band };
    const colored = paintFor({ hasColors: () => true });
    const lines = drawFlow(curves, colored);
    expect(lines.join("\n")).toContain("\u001b[31m●\u001b[39m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes begin with one
    const stripped = lines.map((line) => line.replace(/\u001b\[\d+m/g, ""));
    expect(stripped).toEqual(drawFlow(curves, plain));
  });
});

describe("flowLegend", () => {
  it("explains only what is drawn", () => {
    expect(flowLegend({ sick: falling, healed: null, band: null }, plain)).toBe("● sick");
    expect(flowLegend({ sick: falling, healed: falling, band }, plain)).toBe(
      "● sick   ○ healed   ◎ both   ░ where 99.9 % of healthy networks lie",
    );
  });
});
