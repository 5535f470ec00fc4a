import { describe, expect, it } from "vitest";
import { add, graphToMermaid, mul, parameter, tensor, withScope } from "../../src/index.ts";
import { halves } from "./halves.ts";
import { hostileName, smallNetwork } from "./networks.ts";

/** The lines that a flowchart of ours is made of: all text is quoted, and holds no character that Mermaid reads as more than text. */
const text = String.raw`"(?:[\p{L}\p{N} ,.()[\]\-_:/\uFFFD]|#\d+;|<br/>)+"`;
const statement = new RegExp(
  String.raw`^ *(?:subgraph s\d+\[${text}\]|end|n\d+(?:\[${text}\]|\[\[${text}\]\]|\(\[${text}\]\))|n\d+ -->(?:\|\d+\|)? n\d+)$`,
  "u",
);

function statementsOf(chart: string): string[] {
  const [head, ...lines] = chart.trimEnd().split("\n");
  expect(head).toBe("flowchart TD");
  for (const line of lines) expect(line).toMatch(statement);
  return lines.map((line) => line.trim());
}

describe("graphToMermaid", () => {
  it("writes scopes as subgraphs, one inside the other", () => {
    const chart = graphToMermaid(smallNetwork());
    statementsOf(chart);
    expect(chart).toMatchInlineSnapshot(`
      "flowchart TD
        n0(["leaf<br/>f32[2, 2]"])
        subgraph s0["encoder"]
          n2["add<br/>f32[1, 2]"]
          n3["relu<br/>f32[1, 2]"]
          subgraph s1["linear"]
            n1["matmul<br/>f32[1, 2]"]
          end
        end
        subgraph s2["head"]
          n4["matmul<br/>f32[1, 2]"]
          n5[["sum<br/>f32[]"]]
        end
        n0 --> n1
        n1 --> n2
        n2 --> n3
        n3 --> n4
        n0 --> n4
        n4 --> n5
      "
    `);
  });

  it("labels the outputs of an operation with several", () => {
    const [low, high] = halves(parameter([1, 2]));
    expect(statementsOf(graphToMermaid(add(low, mul(high, 2))))).toContain("n1 -->|1| n2");
  });

  it("writes any name as text that means nothing else, and loses no character of it", () => {
    const lines = statementsOf(graphToMermaid(withScope(hostileName, () => mul(parameter([1]), 2))));
    const label = lines.flatMap((line) => /^subgraph s\d+\["(.*)"\]$/u.exec(line)?.[1] ?? [])[0];
    const decoded = label
      .replaceAll("<br/>", "\n")
      .replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    expect(decoded).toBe(hostileName.replace("\ud800", "\uFFFD"));
    expect(statementsOf(graphToMermaid(withScope("", () => mul(parameter([1]), 2))))).toHaveLength(3);
  });

  it("is a chart without nodes for a constant", () => {
    expect(graphToMermaid(tensor([1]))).toBe("flowchart TD\n");
  });
});
