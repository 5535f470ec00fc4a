import { expect, it } from "vitest";
import { chart } from "../../../zoo/report/chart.ts";

it("draws our curve, our point and a lettered point a rival", () => {
  const svg = chart(
    [
      { falseAlarms: 0, recall: 0.5 },
      { falseAlarms: 1, recall: 1 },
    ],
    { falseAlarms: 0, recall: 0.5 },
    [
      { name: "A & <B>", falseAlarms: 0.5, recall: 0.25 },
      { name: "C", falseAlarms: 1, recall: 1 },
    ],
  );
  // 400 wide and high, from (64, 24).
  expect(svg).toContain('points="64.0,224.0 464.0,24.0"');
  expect(svg).toContain('<circle cx="64.0" cy="224.0" r="6"');
  expect(svg).toContain('<circle cx="264.0" cy="324.0" r="9"');
  expect(svg).toContain("A &#38; &#60;B&#62;: 25.0 % at 50.0 %");
  expect(svg.match(/>[AB]<\//g)).toHaveLength(4);
  expect(svg.match(/<svg|<\/svg>/g)).toHaveLength(2);
});

it("is empty where nothing was measured", () => {
  expect(chart([], null, [])).not.toContain("●");
});
