import { readFileSync } from "node:fs";
import { backward, relu, type Tensor, tanh, tensor } from "@isograd/autograd";
import {
  attachRemedies,
  decodeFinding,
  decodeRecord,
  diagnose,
  encodeFinding,
  encodeRecord,
  type Finding,
  type Json,
  jsonLines,
  logRun,
  type RunRecord,
  watch,
} from "@isograd/diagnostics";
import { clipGradients } from "@isograd/diagnostics/nn";
import { constant, crossEntropy } from "@isograd/nn";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { causeParts, faults, severities } from "../../../src/finding.ts";
import { schemas } from "../../../src/report/json/schemas.ts";
import { divergentStep } from "../../../src/watch/steps/findings.ts";
import { classes } from "../../networks/data.ts";
import { faultyFamilies } from "../../networks/families.ts";
import { plain } from "../../networks/plain.ts";

const ajv = new Ajv2020({ strict: true, strictTuples: false });
const fileOf = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../../schema/${name}`, import.meta.url), "utf8"));
const isFinding = ajv.compile(fileOf("finding.schema.json"));
const isRecord = ajv.compile(fileOf("record.schema.json"));

const throughText = (json: Json): unknown => JSON.parse(JSON.stringify(json));

/** Of every faulty family, of every detector at step 0, and with everything that a finding may have. */
const findings: Finding[] = [];
const lines: string[] = [];

beforeAll(() => {
  const batch = classes({ seed: "json" });
  for (const { make } of faultyFamilies) {
    const { model, batch, loss } = make("json");
    findings.push(...diagnose(model, batch, loss, { redraws: 0 }).findings);
  }
  const small = { width: 8, depth: 2, seed: "json" } as const;
  const dead = plain({ ...small, activation: relu, bias: constant(-20) });
  const saturated = plain({ ...small, depth: 4, activation: tanh, weights: 400 });
  for (const model of [dead, saturated])
    findings.push(...diagnose(model, batch, crossEntropy, { redraws: 0 }).findings);
  const holed = tensor(
    batch.inputs.values().map((value, k) => (k === 40 ? Number.NaN : value)),
    { shape: batch.inputs.shape },
  );
  const inputs = [holed, batch.inputs];
  findings.push(...diagnose(dead, { ...batch, inputs: holed }, crossEntropy).findings);

  using watcher = watch({ logs: [jsonLines((line) => lines.push(line))] });
  for (const each of inputs.toReversed())
    backward(crossEntropy(dead.call(each as Tensor<[number, number]>), batch.targets));
  findings.push(...watcher.findings.map(({ finding }) => finding));
  const start = { loss: 1, gradientNorm: 1 };
  findings.push(divergentStep({ start, isBelow: false }, { loss: Infinity, gradientNorm: 1e4 }, 9));
  const [remedy] = clipGradients();
  const verified = [{ remedy, passed: true, evidence: "loss 2 to 1", trialLoss: 1 }];
  findings.push(...attachRemedies([{ ...findings[0], fault: "exploding" }], verified));
});

it("the findings are of many faults, and have all that there may be", () => {
  const found = new Set(findings.map(({ fault }) => fault));
  const expected = ["vanishing", "exploding", "dead", "saturated", "nonFinite", "divergent"] as const;
  expect(expected.filter((fault) => !found.has(fault))).toEqual([]);
  expect(findings.some(({ remedies }) => (remedies?.length ?? 0) > 0)).toBe(true);
  expect(findings.filter(({ step }) => step !== undefined).map(({ step }) => step)).toEqual([0, 1]);
  expect(findings.some(({ measured }) => measured.value === Infinity)).toBe(true);
  expect(findings.some(({ causes }) => causes.some(({ logShare }) => Number.isNaN(logShare)))).toBe(true);
});

describe("a finding as JSON", () => {
  it("comes back the same, and is what the schema says", () => {
    for (const finding of findings) {
      const json = throughText(encodeFinding(finding));
      expect(isFinding(json), ajv.errorsText(isFinding.errors)).toBe(true);
      expect(decodeFinding(json)).toStrictEqual(finding);
    }
  });

  it("has words for numbers that are not finite", () => {
    const of = (value: number) =>
      throughText(encodeFinding({ ...findings[0], measured: { statistic: "it", value } }));
    const written = [Number.NaN, Infinity, -Infinity, 1e-300].map(of) as { measured: { value: unknown } }[];
    expect(written.map(({ measured }) => measured.value)).toEqual(["NaN", "Infinity", "-Infinity", 1e-300]);
  });

  it("says where it is wrong", () => {
    const json = encodeFinding(findings[0]) as Record<string, Json>;
    const decoding = (change: Record<string, Json>) => () => decodeFinding({ ...json, ...change });
    expect(
      decoding({ causes: [{ part: "luck", logShare: 1, explanation: "" }] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decode: expected one of "weights", "activation", "alignment", "bias", "data", "operation", "residual", "learningRate" at causes[0].part, got "luck"]`,
    );
    expect(decoding({ band: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decode: expected two of them at band, got [1]]`,
    );
    expect(decoding({ mood: "bad" })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decode: expected no such property at mood, got "bad"]`,
    );
    expect(() => decodeFinding("alarm")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: decode: expected an object, got "alarm"]`,
    );
  });
});

describe("a log of training as JSON lines", () => {
  it("has a line for each step and finding, as it was seen", () => {
    const records = lines.map((line) => decodeRecord(JSON.parse(line)));
    expect(records.map(({ kind }) => kind)).toEqual(["step", "finding", "step", "finding"]);
    for (const line of lines) expect(isRecord(JSON.parse(line)), ajv.errorsText(isRecord.errors)).toBe(true);
  });

  it("is the same when it is written after the training", () => {
    const later: string[] = [];
    const records = lines.map((line) => decodeRecord(JSON.parse(line)));
    const history = records.flatMap((record) => (record.kind === "step" ? [record.step] : []));
    const found = records.flatMap((record) => (record.kind === "finding" ? [record.finding] : []));
    logRun(
      { history, findings: found.map(({ step = 0, ...finding }) => ({ finding, step })) },
      jsonLines((line) => later.push(line)),
    );
    expect(later).toEqual(lines);
  });
});

describe("the schema", () => {
  it("is what the code says: run schemas.main.ts", () => {
    for (const [name, schema] of Object.entries(schemas())) expect(fileOf(name)).toEqual(schema);
  });

  it("knows the same words as the types", () => {
    const { properties } = fileOf("finding.schema.json") as { properties: Record<string, { enum: unknown }> };
    expect(properties.fault.enum).toEqual(faults);
    expect(properties.severity.enum).toEqual(severities);
    expect(JSON.stringify(properties.causes)).toContain(JSON.stringify(causeParts));
  });

  it("takes none of many documents with one thing wrong, nor does the reader", () => {
    const richest = { ...findings[findings.length - 1], step: 3 };
    const step = {
      step: 0,
      loss: 1,
      gradientNorm: 2,
      totalFactor: Number.NaN,
      places: ["layers.0"],
      layerNorms: [2],
    };
    const records: RunRecord[] = [
      { kind: "finding", finding: richest },
      { kind: "step", step },
    ];
    const cases: [unknown, ValidateFunction, (json: unknown) => unknown][] = [
      [encodeFinding(richest), isFinding, decodeFinding],
      ...records.map((record): (typeof cases)[number] => [encodeRecord(record), isRecord, decodeRecord]),
    ];
    for (const [json, validate, decode] of cases) {
      expect(validate(json)).toBe(true);
      const wrong = mutants(json);
      expect(wrong.length).toBeGreaterThan(30);
      for (const mutant of wrong) {
        const taken = [validate(mutant), reads(() => decode(mutant))];
        expect({ mutant, taken }).toEqual({ mutant, taken: [isHarmless(mutant, json), taken[0]] });
      }
    }
  });
});

const reads = (decode: () => unknown): boolean => {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
};

/** Without what need not be there, it is still right. */
const isHarmless = (mutant: unknown, json: unknown): boolean =>
  ["step", "remedies"].some((name) => {
    const { [name]: _, ...rest } = json as Record<string, unknown>;
    return (json as { kind?: unknown }).kind !== "step" && JSON.stringify(rest) === JSON.stringify(mutant);
  });

/** The same document with a property gone, one too many, or a value of another kind, everywhere. */
function mutants(json: unknown): unknown[] {
  if (Array.isArray(json))
    return ["not a list", ...json.flatMap((each, k) => mutants(each).map((m) => json.with(k, m)))];
  if (typeof json !== "object" || json === null)
    return [[json], { value: json }, true, undefined].slice(0, 3);
  const own = json as Record<string, unknown>;
  return [
    null,
    [],
    ...Object.entries(own).flatMap(([name, value]) => {
      const { [name]: _, ...without } = own;
      return [without, ...mutants(value).map((m) => ({ ...own, [name]: m }))];
    }),
    { ...own, superfluous: 1 },
  ];
}
