import type { Finding } from "../../finding.ts";
import type { RunLog, WatchedStep } from "../../watch/run-log.ts";
import { type Codec, count, type Json, listOf, number, text } from "./codec.ts";
import { findingFields, optionalFields, version } from "./finding.ts";
import { headed } from "./object.ts";

/** One line of a log of training: a step, or a finding. */
export type RunRecord =
  | { readonly kind: "step"; readonly step: WatchedStep }
  | { readonly kind: "finding"; readonly finding: Finding };

const stepRecord: Codec<WatchedStep> = /* @__PURE__ */ headed(
  { version, kind: "step" },
  {
    step: count,
    loss: number,
    gradientNorm: number,
    totalFactor: number,
    places: /* @__PURE__ */ listOf(text),
    layerNorms: /* @__PURE__ */ listOf(number),
  },
);

const findingRecord: Codec<Finding> = /* @__PURE__ */ headed(
  { version, kind: "finding" },
  findingFields,
  optionalFields,
);

export const recordCodec: Codec<RunRecord> = {
  get schema() {
    return { oneOf: [stepRecord.schema, findingRecord.schema] };
  },
  encode: (record) =>
    record.kind === "step" ? stepRecord.encode(record.step) : findingRecord.encode(record.finding),
  decode: (json, place) =>
    (json as { readonly kind?: unknown } | null)?.kind === "finding"
      ? { kind: "finding", finding: findingRecord.decode(json, place) }
      : { kind: "step", step: stepRecord.decode(json, place) },
};

/**
 * A step or a finding as data that JSON can hold, as `schema/record.schema.json` describes it.
 *
 * @example
 * const step = { step: 0, loss: Number.NaN, gradientNorm: 2, totalFactor: 1, places: [], layerNorms: [] };
 * JSON.stringify(encodeRecord({ kind: "step", step })).includes('"loss":"NaN","gradientNorm":2'); // true
 */
export function encodeRecord(record: RunRecord): Json {
  return recordCodec.encode(record);
}

/**
 * The step or finding that `encodeRecord` wrote.
 *
 * @throws ArgumentError if it is none, with the place in it
 * @example
 * const step = { step: 0, loss: Number.NaN, gradientNorm: 2, totalFactor: 1, places: [], layerNorms: [] };
 * decodeRecord(encodeRecord({ kind: "step", step })).kind; // "step"
 * decodeRecord({ kind: "step" }); // throws ArgumentError
 */
export function decodeRecord(json: unknown): RunRecord {
  return recordCodec.decode(json, "");
}

/**
 * A log of training as JSON, one line a step or finding, without line ends.
 *
 * @param write takes a line: to a file, a socket, a list
 * @example
 * const lines: string[] = [];
 * jsonLines((line) => lines.push(line)).finding(diagnosis.findings[0]);
 * JSON.parse(lines[0]).fault; // "vanishing"
 */
export function jsonLines(write: (line: string) => void): RunLog {
  const put = (record: RunRecord): void => write(JSON.stringify(encodeRecord(record)));
  return {
    step: (step) => put({ kind: "step", step }),
    finding: (finding) => put({ kind: "finding", finding }),
  };
}
