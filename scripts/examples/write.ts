import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import type { NamedFile } from "../compile-files.ts";
import { collectExamples, type PackageName } from "./collect.ts";
import { cache } from "./load.ts";
import { readPrograms } from "./program.ts";

/** Writes each example of a package that can be read as a file of its own, to be compiled. */
export function writeExamples(name: PackageName): NamedFile[] {
  const folder = `${cache}/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { examples, surroundings } = collectExamples(name);
  return readPrograms(examples, surroundings).programs.map(({ example, text }, k) => {
    const file = `${folder}/${example.name}-${k}.ts`;
    writeFileSync(file, text);
    return { file, name: `${example.file}:${example.line} (${example.name})` };
  });
}
