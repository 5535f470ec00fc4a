import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import type { Case } from "./case.ts";
import { mapping } from "./mapping/index.ts";
import type { NnCase } from "./nn/case.ts";
import { runNn, subjectOf } from "./nn/run.ts";
import { run } from "./run.ts";
import { skipped } from "./skipped.ts";

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, only: { type: "string" } },
});
if (files.length === 0) {
  console.error('usage: pnpm conformance FILE... [--json OUT] [--only operator,operator,"module LSTM"]');
  process.exit(2);
}

const only = options.only?.split(",");
const isWanted = (subject: string): boolean => only === undefined || only.includes(subject);
const cases = files.flatMap((file) => {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): Case | NnCase => JSON.parse(line));
});
const ofOperators = cases.filter((entry): entry is Case => "op" in entry && isWanted(entry.op));
const ofNn = cases.filter((entry): entry is NnCase => "kind" in entry && isWanted(subjectOf(entry)));

const operators = [...run(ofOperators, mapping, skipped), ...runNn(ofNn)];
for (const { op, status, passed, failures, reason } of operators) {
  if (status === "skipped") console.log(`skipped  ${op}: ${reason}`);
  for (const { index, detail } of failures) console.log(`failed   ${op}, case ${index}: ${detail}`);
  if (failures.length > 0 && passed > 0) console.log(`         ${op}: ${passed} other cases pass`);
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(operators, null, 1)}\n`);

const whole = operators.filter(({ status }) => status === "passed").length;
const total = (count: (operator: (typeof operators)[number]) => number): number =>
  operators.reduce((sum, operator) => sum + count(operator), 0);
console.log(`${whole} of ${operators.length} operators pass whole`);
const failed = total(({ failures }) => failures.length);
console.log(
  `${total(({ passed }) => passed)} passed, ${failed} failed, ${total((each) => each.skipped)} skipped`,
);
process.exitCode = failed > 0 ? 1 : 0;
