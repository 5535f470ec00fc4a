import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { measure } from "../../../zoo/measures/measures.ts";
import { report, writeReport } from "../../../zoo/report/report.ts";
import { circumstances, results } from "./results.ts";

const files = report(results(), circumstances);
const page = files["zoo.md"];

describe("the report", () => {
  it("has these parts", () => {
    const lines = page.split("\n");
    const heads = lines.filter((line, k) => line.startsWith("#") || /^\| -/.test(lines[k + 1] ?? ""));
    expect(heads.map((head) => head.replace(/ +/g, " ")).join("\n")).toMatchInlineSnapshot(`
      "# The zoo
      | | asked for | best published | measured | met |
      ## All tools on the same runs
      | tool | healthy runs with an alarm | odd ones | recall | other faults | found at step 0 | median steps | area |
      | error rate a run | healthy runs with an alarm | recall |
      | family | isograd | Loud |
      | tool | rule | healthy runs | odd runs | faulty runs |
      ## By family
      | family | healthy: alarms | odd: alarms | faulty: found | other faults: found | weakened: found | tolerated: alarms | unlucky: alarms | at step 0 | right cause | repaired |
      ## By fault
      | group | found | median steps | right cause | repaired | Loud |
      | fault | group | families | faulty: found | weakened: found | tolerated: alarms | first found by |
      ## Odd but healthy
      | oddity | runs | isograd | Loud |
      ## False alarms
      | run | label | setting | score of best | found | at step | p | where | because of |
      ## Misses
      | run | group | what was changed | score of best | said below an alarm |
      ## What the labels mean
      ## Limits
      ## Seeds
      | set | family | seeds | first | last |"
    `);
  });

  it("is the same for the same runs in any order", () => {
    expect(report(results().reverse(), circumstances)).toEqual(files);
  });

  it("has all cells of all tables in place, whatever stands in them", () => {
    const lines = page.split("\n").filter((line) => line.startsWith("|"));
    const cells = (line: string) => line.split(/(?<!\\)\|/).length;
    let expected = 0;
    lines.forEach((line, k) => {
      if (/^\| -/.test(lines[k + 1] ?? "")) expected = cells(line);
      expect(cells(line), line).toBe(expected);
    });
    expect(lines.length).toBeGreaterThan(30);
  });

  it("says what was met elsewhere, and what is not measured", () => {
    expect(page).toMatch(/\| slopes .* 31 of 32 +\| yes/);
    expect(page).toMatch(/\| advice .* \| not measured/);
  });

  it("gives the same figures as numbers", () => {
    const { total, targets, families, groups } = JSON.parse(files["zoo.json"]);
    const measured = measure(results());
    expect(total.ours.recall.asked.count).toBe(measured.ours.recall.asked.count);
    expect(page).toContain(`${total.ours.recall.asked.count} of ${total.ours.recall.asked.of} = `);
    expect(total.ours.area).toBeCloseTo(measured.ours.area as number, 3);
    expect(targets).toHaveLength(8);
    expect([Object.keys(families), Object.keys(groups)]).toEqual([
      ["wide"],
      ["gradient", "initialisation", "data"],
    ]);
  });

  it("has a line a run", () => {
    const [columns, ...lines] = files["zoo-runs.jsonl"]
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(results().length);
    for (const line of lines) expect(line).toHaveLength(columns.length);
    expect(lines.find(([id]) => id === "published/wide/grid 2/s1")?.slice(1, 6)).toEqual([
      "unlucky",
      null,
      100,
      null,
      0.98,
    ]);
  });

  it("says so where runs are not those that results are published on", () => {
    expect(page).toContain("Seeds of: published. No threshold was set on them.");
    const others = report(
      results().map((each) => ({ ...each, set: "tuning" as const })),
      circumstances,
    );
    expect(others["zoo.md"]).toContain("These are not those that results are published on.");
  });

  it("can be made of nothing", () => {
    expect(report([], circumstances)["zoo.md"]).toContain("No curve");
  });

  it("goes into a folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "zoo-"));
    try {
      writeReport(results(), circumstances, folder);
      expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort());
      expect(readFileSync(join(folder, "zoo.md"), "utf8")).toBe(page);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
