import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { compare, words } from "../browser/compare.ts";
import { faultsOf } from "../browser/judge.ts";
import type { Outcome, Series } from "../browser/program/outcome.ts";
import { whileServing } from "../browser/server.ts";
import { settings } from "../browser/settings.ts";
import { sourceLine } from "../browser/source-line.ts";

const series = (values: readonly number[], exact: boolean): { s: Series } => ({
  s: { values, bound: 1e-3, exact },
});

describe("compare", () => {
  const tolerated = (values: readonly number[], exact: boolean, alike: boolean): boolean =>
    compare(series(values, exact), series([1, -4], exact), alike)[0].tolerated;

  it("wants the same bits of what is exact on hosts that are alike, else keeps to the bound", () => {
    expect(tolerated([1, -4], true, true)).toBe(true);
    expect(tolerated([1, -4 - 2 ** -50], true, true)).toBe(false);
    expect(tolerated([1, -4.0039], true, false)).toBe(true);
    expect(tolerated([1.0039, -4], false, true)).toBe(true);
    expect(tolerated([1.0041, -4], false, true)).toBe(false);
    expect(tolerated([1, -4.0041], true, false)).toBe(false);
  });

  it("says how far apart they are", () => {
    const [same] = compare(series([0], true), series([-0], true), true);
    expect(words(same)).toBe("1 the same to the bit");
    const [apart] = compare(series([1, 4], true), series([1, -4], true), true);
    expect(words(apart)).toBe("1 of 2 differ, by at most 2.0e+0 of the largest");
  });

  it("refuses what cannot be compared", () => {
    const one = series([1], false);
    expect(() => compare({}, {}, true)).toThrow("expected the series");
    expect(() => compare({}, one, true)).toThrow("expected the series s, got ");
    expect(() => compare(series([], false), series([], false), true)).toThrow("not none");
    expect(() => compare(one, series([1, 2], false), true)).toThrow(
      "s: expected 2 numbers and not none, got 1",
    );
    expect(() => compare(series([Number.NaN], false), one, true)).toThrow(
      "s: expected finite numbers, got NaN",
    );
  });
});

describe("faultsOf", () => {
  const [plain, isolated, policy] = settings;
  const outcome: Outcome = {
    means: plain.means,
    series: series([1], true),
    anomaly: { message: "log: the result is NaN at [1]; operands: [2] in [-1, 2]; at here", site: "here" },
  };
  const visit = { address: "http://a/", outcome, messages: [], requests: ["http://a/", "http://a/page.js"] };
  const inNode = { ...outcome, means: { ...outcome.means, isolated: true, threads: true } };
  const node = { alike: inNode, usual: inNode };
  const lineOf = (): string => "transforms.ts: log(tensor([2, -1]))";
  const { means } = policy;

  it("finds none where all is well", () => {
    const complaint = "error: against the Content Security Policy";
    const served = { ...visit, outcome: { ...outcome, means }, messages: [complaint] };
    expect(faultsOf(plain, visit, node, lineOf)).toEqual([]);
    expect(
      faultsOf(isolated, { ...visit, outcome: { ...outcome, means: isolated.means } }, node, lineOf),
    ).toEqual([]);
    expect(
      faultsOf(
        policy,
        served,
        { ...node, alike: { ...outcome, means: { ...means, isolated: true } } },
        lineOf,
      ),
    ).toEqual([]);
  });

  it.each([
    ["a page that is not isolated", { setting: isolated }],
    [
      "a page without threads",
      { visit: { outcome: { ...outcome, means: { ...isolated.means, threads: false } } }, setting: isolated },
    ],
    ["a Node that has more than the page", { setting: policy, visit: { outcome: { ...outcome, means } } }],
    [
      "other numbers than those of its like",
      { node: { alike: { ...inNode, series: series([1.0001], true) } } },
    ],
    ["other numbers than Node's usual ones", { node: { usual: { ...inNode, series: series([1.1], true) } } }],
    ["words on the console", { visit: { messages: ["error: oh"] } }],
    ["a request to somebody else", { visit: { requests: ["http://b/"] } }],
    ["a wrong line", { lineOf: () => "transforms.ts: square(2)" }],
    [
      "no place on the page",
      { visit: { outcome: { ...outcome, anomaly: { ...outcome.anomaly, site: null } } } },
    ],
    ["a bare message", { visit: { outcome: { ...outcome, anomaly: { message: "NaN", site: "here" } } } }],
  ])(
    "finds %s",
    (_, changed: { setting?: typeof plain; visit?: object; node?: object; lineOf?: () => string }) => {
      const faults = faultsOf(
        changed.setting ?? plain,
        { ...visit, ...changed.visit },
        { ...node, ...changed.node },
        changed.lineOf ?? lineOf,
      );
      expect(faults).not.toEqual([]);
    },
  );
});

describe("with a folder of scripts", () => {
  const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), "isograd-scripts-"));
    const contents = "export const first = 1;\n\nexport function fail() {\n  throw new Error('here');\n}\n";
    const stdin = { contents, sourcefile: "some/where.ts", loader: "ts" } as const;
    try {
      await build({ stdin, outfile: join(folder, "a.js"), minify: true, sourcemap: true, format: "esm" });
      await use(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("sourceLine finds what a place was written as", () =>
    inFolder(async (folder) => {
      const column = readFileSync(join(folder, "a.js"), "utf8").indexOf("new Error") + 1;
      const line = "where.ts: throw new Error('here');";
      expect(sourceLine(folder, `http://127.0.0.1:80/a.js:1:${column}`)).toBe(line);
      expect(sourceLine(folder, `f (file:///a.js:1:${column})`)).toBe(line);
      expect(() => sourceLine(folder, "f (native)")).toThrow("expected a place in a script, got f (native)");
    }));

  it("whileServing gives the page, the scripts and the headers, and nothing else", () =>
    inFolder(async (folder) => {
      const address = await whileServing(folder, settings[1].headers, async (served) => {
        const get = (path: string): Promise<Response> => fetch(new URL(path, served));
        expect(await (await get("/")).text()).toContain('src="page.js"');
        const script = await get("/a.js");
        expect(script.headers.get("content-type")).toBe("text/javascript");
        expect(script.headers.get("cross-origin-opener-policy")).toBe("same-origin");
        expect(await script.text()).toContain("new Error");
        for (const path of ["/b.js", "/a.js.map", "/favicon.ico", "/..%2fa.js"])
          expect((await get(path)).status).toBe(404);
        return served;
      });
      await expect(fetch(address)).rejects.toThrow();
    }));
});
