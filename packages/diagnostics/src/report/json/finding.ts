import { causeParts, type Finding, faults, severities } from "../../finding.ts";
import { type Codec, count, type Json, listOf, number, oneOf, orNull, pairOf, text } from "./codec.ts";
import { headed, object } from "./object.ts";

/** Goes up when somebody who reads what was written has to read it in another way. */
export const version = 1;

/** What every finding has. */
export const findingFields = {
  detector: text,
  fault: /* @__PURE__ */ oneOf(faults),
  severity: /* @__PURE__ */ oneOf(severities),
  places: /* @__PURE__ */ listOf(text),
  measured: /* @__PURE__ */ object({ statistic: text, value: number }),
  band: /* @__PURE__ */ orNull(/* @__PURE__ */ pairOf(number)),
  pValue: /* @__PURE__ */ orNull(number),
  consequence: text,
  causes: /* @__PURE__ */ listOf(
    /* @__PURE__ */ object({ part: /* @__PURE__ */ oneOf(causeParts), logShare: number, explanation: text }),
  ),
  disproof: text,
};

/** What it may have besides. */
export const optionalFields = {
  step: count,
  remedies: /* @__PURE__ */ listOf(/* @__PURE__ */ object({ name: text, code: text, evidence: text })),
};

export const findingCodec: Codec<Finding> = /* @__PURE__ */ headed(
  { version },
  findingFields,
  optionalFields,
);

/**
 * A finding as data that JSON can hold, as `schema/finding.schema.json` describes it: NaN and the infinities are the texts `"NaN"`,
 * `"Infinity"` and `"-Infinity"`.
 *
 * @example
 * const json = JSON.stringify(encodeFinding(diagnosis.findings[0]));
 * decodeFinding(JSON.parse(json)).fault; // "vanishing"
 * json.startsWith('{"version":1,"detector":"gradientFlow","fault":"vanishing","severity":"alarm"'); // true
 */
export function encodeFinding(finding: Finding): Json {
  return findingCodec.encode(finding);
}

/**
 * The finding that `encodeFinding` wrote.
 *
 * @throws ArgumentError if it is none, with the place in it
 * @example
 * decodeFinding({ version: 2 }); // throws ArgumentError
 */
export function decodeFinding(json: unknown): Finding {
  return findingCodec.decode(json, "");
}
