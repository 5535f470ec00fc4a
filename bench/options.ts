import { parseArgs } from "node:util";
import { workloads } from "./workloads/table.ts";
import type { Workload } from "./workloads/workload.ts";

export interface Options {
  readonly workloads: readonly Workload[];
  readonly quick: boolean;
  readonly json: string | null;
}

/** @throws Error if a name is unknown */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: words.filter((word) => word !== "--"), // pnpm hands it on
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      only: { type: "string" },
    },
  });
  const names = values.only?.split(",");
  const unknown = names?.find((name) => !workloads.some((workload) => workload.name.startsWith(name)));
  if (unknown !== undefined)
    throw new Error(
      `no workload begins with ${unknown}; there are ${workloads.map(({ name }) => name).join(", ")}`,
    );
  const chosen = workloads.filter(({ name, quick }) =>
    names ? names.some((start) => name.startsWith(start)) : !values.quick || quick,
  );
  return { workloads: chosen, quick: values.quick, json: values.json ?? null };
}
