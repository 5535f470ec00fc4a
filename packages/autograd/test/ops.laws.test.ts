import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { opLawNames } from "../src/gradcheck/laws/laws.ts";
import * as autograd from "../src/index.ts";
import { notInTable, opsTable } from "./laws/ops-table.ts";

type ContractReport = autograd.ContractReport;
type OpFunction = autograd.OpFunction;
type OpLaw = autograd.OpLaw;

const names = Object.keys(opsTable);

it("has an entry for every operation and activation that is exported", async () => {
  const folders = ["ops", "activations", "functional"].map(
    (name) => new URL(`../src/${name}/`, import.meta.url),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => new URL(name, folder).pathname),
  );
  const values = new Set(
    (await Promise.all(files.map((file) => import(file)))).flatMap((module) => Object.values(module)),
  );
  const exported = Object.entries(autograd).flatMap(([name, value]) =>
    typeof value === "function" && values.has(value) ? [name] : [],
  );
  expect(exported.length).toBeGreaterThan(90);
  expect(exported.filter((name) => !notInTable.includes(name)).sort()).toEqual([...names].sort());
});

const tryLaw = (name: string, law: OpLaw): ContractReport => {
  const { samples, exempt: _, ...facts } = opsTable[name];
  const op = Object.entries(autograd).find(([exported]) => exported === name)?.[1] as OpFunction;
  return autograd.checkOpContract(op, samples, { ...facts, laws: [law] });
};

describe.each(names)("%s", (name) => {
  const { exempt = {} } = opsTable[name];

  it.each(opLawNames.filter((law) => !(law in exempt)))("obeys the law of %s", (law) => {
    const report = tryLaw(name, law);
    expect(report.ok, autograd.describeContract(report)).toBe(true);
  });

  it.each(opLawNames.filter((law) => law in exempt))("breaks the law of %s, as listed", (law) => {
    expect(tryLaw(name, law).ok).toBe(false);
  });
});
