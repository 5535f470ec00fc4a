import type { AnyModule } from "../module/module.ts";
import type { PyTorchNames } from "./pytorch-table.ts";
import type { Places } from "./state-dict.ts";

/** A module on the way to a tensor, and the way from it to the next. */
export interface Step {
  readonly module: AnyModule;
  readonly rest: string;
}

/** The modules on a path, the innermost first. */
export function modulesOn(path: string, places: Places): Step[] {
  const steps: Step[] = [];
  let [start, end] = [path.length, path.length];
  while (start > 0) {
    start = Math.max(path.lastIndexOf(".", start - 1), 0);
    const module = places.moduleAt(path.slice(0, start));
    if (module === undefined) continue;
    steps.push({ module, rest: path.slice(start === 0 ? 0 : start + 1, end) });
    end = start;
  }
  return steps;
}

/** What PyTorch calls the tensor at `path`, made from the innermost module outwards: each names what it holds. */
export function namesOf(path: string, places: Places, table: readonly PyTorchNames[]): readonly string[] {
  let names: readonly string[] = [""];
  for (const { module, rest } of modulesOn(path, places)) {
    const ruled = (below: string): readonly string[] | null => ruleFor(module, below, table);
    const computed = /^parametrizations\.(\w+)$/.exec(rest)?.[1];
    names = names.flatMap((inner) => {
      if (computed !== undefined && inner.includes("*"))
        return [inner.replace("*", ruled(computed)?.[0] ?? snakeCase(computed))];
      return (
        ruled(inner === "" ? rest : `${rest}.${inner}`) ?? [
          inner === "" ? snakeCase(rest) : `${snakeCase(rest)}.${inner}`,
        ]
      );
    });
  }
  return names;
}

function ruleFor(module: AnyModule, below: string, table: readonly PyTorchNames[]): readonly string[] | null {
  for (const { layer, names } of table) {
    if (!(module instanceof layer)) continue;
    for (const [ours, ...theirs] of names)
      if (ours.test(below)) return theirs.map((name) => below.replace(ours, name));
  }
  return null;
}

const snakeCase = (name: string): string =>
  name.replace(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
