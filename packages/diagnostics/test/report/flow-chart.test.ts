import { type FlowProfile, formatFlow } from "@isograd/diagnostics";
import { describe, expect, it } from "vitest";

type Band = readonly (readonly [number, number])[];

/** A profile with these norms; what else it holds is not drawn. */
const profile = (norms: readonly number[], layerBands: Band | null = null) =>
  ({
    layers: norms.map((gradientNorm) => ({ gradientNorm })),
    healthy: layerBands === null ? null : { layerBands },
  }) as unknown as FlowProfile;

const layers = Array.from({ length: 10 }, (_, k) => k);
const falling = layers.map((k) => 10 ** (k - 9));
const level = layers.map(() => 1);
const band = layers.map((k): [number, number] => [10 ** ((k - 9) / 9), 10 ** ((9 - k) / 9)]);

describe("formatFlow", () => {
  it("draws norms relative to the last on a log scale, with the band, an axis and a legend", () => {
    const scaled = falling.map((norm) => 300 * norm);
    expect(`\n${formatFlow(profile(scaled), { compared: profile(level, band) })}\n`).toMatchInlineSnapshot(`
      "
      ● measured   ○ compared   ◎ both   ░ where 99.9 % of healthy networks lie
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
    expect(`\n${formatFlow(profile([Number.NaN, Infinity, 0, 0, 1]))}\n`).toMatchInlineSnapshot(`
      "
      ● measured
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

  it("the band is that of the network compared with, where it has one", () => {
    const narrow = layers.map((): [number, number] => [0.9, 1.1]);
    const bandsOf = (text: string) =>
      text
        .split("\n")
        .slice(1)
        .filter((line) => line.includes("░")).length;
    expect(bandsOf(formatFlow(profile(falling, band)))).toBe(3);
    expect(bandsOf(formatFlow(profile(falling, band), { compared: profile(level, narrow) }))).toBe(1);
    expect(bandsOf(formatFlow(profile(falling, band), { compared: profile(level) }))).toBe(3);
  });

  it("marks every layer of both networks once, whatever the range and the number of layers", () => {
    for (const decades of [0.001, 1, 7, 30, 300]) {
      for (const [own, others] of [
        [10, 10],
        [10, 6],
        [40, 41],
      ]) {
        const norms = Array.from({ length: own }, (_, k) => 10 ** ((decades * (k + 1 - own)) / own));
        const compared = profile(
          Array.from({ length: others }, (_, k) => 1 / 10 ** ((decades * k) / others)),
        );
        const text = formatFlow(profile(norms), { compared }).split("\n").slice(1).join("\n");
        const marked = (symbol: string) => text.split(symbol).length - 1;
        expect(marked("●") + marked("◎")).toBe(own);
        expect(marked("○") + marked("◎")).toBe(others);
      }
    }
  });

  it("names and colours what it draws, and changes nothing else", () => {
    const names = ["sick", "healed"] as const;
    const plain = formatFlow(profile(falling), { compared: profile(level, band), names });
    expect(plain.split("\n")[0]).toBe("● sick   ○ healed   ◎ both   ░ where 99.9 % of healthy networks lie");
    const tag = (name: string) => (marks: string) => `<${name}>${marks}</${name}>`;
    const paint = { measured: tag("m"), compared: tag("c"), both: tag("b"), band: tag("g") };
    const colored = formatFlow(profile(falling), { compared: profile(level, band), names, paint });
    for (const part of ["<m>●</m>", "<c>○</c>", "<b>◎</b>", "<g>░░░░░░░░░░</g>"])
      expect(colored).toContain(part);
    expect(colored.replace(/<\/?[mcbg]>/g, "")).toBe(plain);
  });

  it("has nothing to draw without layers", () => expect(formatFlow(profile([]))).toBe("no layers"));
});
