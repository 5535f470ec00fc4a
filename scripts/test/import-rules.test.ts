import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { type Architecture, checkImports } from "../import-rules.ts";

const architecture: Architecture = {
  layers: { low: "shape <- tensor view <- ops <- index", high: "layer <- index <- low" },
  packages: { low: [], high: [], "high/low": ["low"] },
};

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** Writes the files below packages/ of an empty repository and returns the violations found there. */
function check(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "import-rules-"));
  roots.push(root);
  mkdirSync(join(root, "packages"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, "packages", path)), { recursive: true });
    writeFileSync(join(root, "packages", path), text);
  }
  return checkImports(root, architecture).map(
    ({ file, rule, detail }) => `${file} ${rule}: ${detail}`.replaceAll("packages/", ""), // shorter to read
  );
}

describe("checkImports", () => {
  it("accepts imports from the same and from earlier layers, and from allowed packages", () => {
    const found = check({
      "low/src/shape.ts": 'import { join } from "node:path"; export const rank = join;',
      "low/src/tensor.ts": 'import { rank } from "./shape.ts"; export const t = rank;',
      "low/src/view.ts": 'import { t } from "./tensor.ts"; export const v = t;',
      "low/src/ops/add.ts": 'import { t } from "../tensor.ts"; import "./mul.ts"; export const add = t;',
      "low/src/ops/mul.ts": 'export const text = "import from \\"../index.ts\\"";',
      "low/src/index.ts": 'export * from "./ops/add.ts";',
      "high/src/low.ts": 'import { add } from "@isograd/low"; export const layer = add;',
      "low/test/shape.test.ts": 'import "../src/index.ts"; import "@isograd/high";',
    });
    expect(found).toEqual([]);
  });

  it.each([
    'import { add } from "./ops/add.ts";',
    'import type { Add } from "./ops/add.ts";',
    'import { type Add } from "./ops/add.ts";',
    'import "./ops/add.ts";',
    'export * from "./ops/add.ts";',
    'export type { Add } from "./ops/add.ts";',
    'export const add = () => import("./ops/add.ts");',
    'export type Add = import("./ops/add.ts").Add;',
    'export type All = typeof import("./ops/add.ts");',
  ])("finds an upward import written as %s", (text) => {
    const found = check({ "low/src/shape.ts": text, "low/src/ops/add.ts": "export type Add = 1;" });
    expect(found).toEqual([
      "low/src/shape.ts upward: imports low/src/ops/add.ts, but shape comes before ops",
    ]);
  });

  it("finds a circle, type imports included, and every one of several", () => {
    const found = check({
      "low/src/ops/a.ts": 'import type { B } from "./b.ts";',
      "low/src/ops/b.ts": 'export { C } from "./c.ts"; export type { D } from "./d.ts";',
      "low/src/ops/c.ts": 'import "./a.ts";',
      "low/src/ops/d.ts": 'import "./b.ts";',
      "low/src/ops/leads-to-it.ts": 'import "./a.ts";',
      "low/src/ops/self.ts": 'import "./self.ts";',
    });
    expect(found).toEqual([
      "low/src/ops/a.ts circle: low/src/ops/a.ts -> low/src/ops/b.ts -> low/src/ops/c.ts -> low/src/ops/a.ts",
      "low/src/ops/b.ts circle: low/src/ops/b.ts -> low/src/ops/d.ts -> low/src/ops/b.ts",
      "low/src/ops/self.ts circle: low/src/ops/self.ts -> low/src/ops/self.ts",
    ]);
  });

  it("finds an import of a package that is not allowed, by name or by path", () => {
    const found = check({
      "low/src/shape.ts": 'export type Layer = import("@isograd/high/low").Layer;',
      "low/src/index.ts": 'import "@isograd/low/fluent";',
      "high/src/layer.ts": 'import type { Shape } from "../../low/src/shape.ts";',
      "high/src/index.ts": 'import { shape } from "@isograd/low";',
      "high/src/low.ts": 'import { shape } from "@isograd/low";',
    });
    expect(found).toEqual([
      "high/src/index.ts package: imports @isograd/low, may import no other package",
      "high/src/layer.ts package: reaches into low/src/shape.ts by path",
      "low/src/index.ts package: imports its own package by name instead of a relative path",
      "low/src/shape.ts package: imports @isograd/high, may import no other package",
    ]);
  });

  it("finds a file of no layer and an import of no file", () => {
    const found = check({ "low/src/misc/a.ts": 'import "./b";', "low/src/misc/b.ts": "" });
    expect(found).toEqual([
      'low/src/misc/a.ts layer: "misc" is not among the layers of low',
      'low/src/misc/a.ts unresolved: "./b" names no file',
      'low/src/misc/b.ts layer: "misc" is not among the layers of low',
    ]);
  });
});
