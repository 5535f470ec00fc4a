import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PackageExamples } from "./collect.ts";
import type { Example } from "./doc-examples.ts";
import { type ExampleProgram, exampleProgram } from "./program.ts";

export interface Written {
  readonly example: Example;
  readonly program: ExampleProgram;
  readonly file: string;
}

/** From here every package can be imported. */
const cache = resolve("examples/node_modules/.cache/examples");

/** Writes each example as a module of its own, in a folder for the purpose; says of those that cannot be read why not. */
export function writePrograms(
  folder: string,
  { examples, surroundings }: PackageExamples,
): { readonly written: readonly Written[]; readonly failed: readonly string[] } {
  const path = join(cache, folder);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  const written: Written[] = [];
  const failed: string[] = [];
  for (const example of examples) {
    try {
      const program = exampleProgram(example, surroundings);
      const file = join(path, `${example.name}-${written.length}.ts`);
      writeFileSync(file, program.text);
      written.push({ example, program, file });
    } catch (error) {
      failed.push((error as Error).message);
    }
  }
  return { written, failed };
}
