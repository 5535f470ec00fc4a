import { existsSync } from "node:fs";
import ts from "typescript";
import { type Example, examplesOf } from "./doc-examples.ts";
import type { Surroundings } from "./program.ts";
import { entriesOf, publicNames } from "./public-names.ts";

export interface PackageExamples {
  readonly examples: readonly Example[];
  /** The public values that have none. */
  readonly lacking: readonly string[];
  readonly surroundings: Surroundings;
}

/** Packages, and whose names their examples may use besides their own; of two equal names the first counts. */
export const packages = { autograd: [], nn: ["autograd"], diagnostics: ["nn", "autograd"] } as const;
export type PackageName = keyof typeof packages;

/** The examples in the doc comments of all that a package exports. */
export function collectExamples(name: PackageName): PackageExamples {
  const names = new Map<string, { specifier: string; isValue: boolean }>();
  const found = new Map<string, Example>();
  const lacking = new Set<string>();
  for (const { specifier, file } of entriesOf(name)) {
    for (const [name, { declarations, isValue }] of publicNames(file)) {
      const examples = declarations().flatMap((declaration) => examplesOf(name, declaration));
      if (isValue && !examples.some((example) => example.name === name)) lacking.add(name);
      for (const example of examples) found.set(`${example.file}:${example.line}`, example);
      if (!names.has(name)) names.set(name, { specifier, isValue });
    }
  }
  for (const other of packages[name])
    for (const { specifier, file } of entriesOf(other))
      for (const [name, { isValue }] of publicNames(file))
        if (!names.has(name)) names.set(name, { specifier, isValue });
  const stage = stageOf(name);
  const twice = [...(stage?.names ?? [])].filter((prop) => names.has(prop));
  if (twice.length > 0) throw new Error(`${stage?.file}: public names already, not for a stage: ${twice}`);
  return { examples: [...found.values()], lacking: [...lacking].sort(), surroundings: { names, stage } };
}

/** A package may have a file whose function `stage` makes a `Stage`: what its examples may use besides. */
function stageOf(name: PackageName): Surroundings["stage"] {
  const file = `packages/${name}/test/examples/stage.ts`;
  if (!existsSync(file)) return undefined;
  const [stage] = publicNames(file).get("Stage")?.declarations() ?? [];
  if (!ts.isInterfaceDeclaration(stage)) throw new Error(`${file}: no interface Stage`);
  return { file, names: new Set(stage.members.map((member) => member.name?.getText() ?? "")) };
}
