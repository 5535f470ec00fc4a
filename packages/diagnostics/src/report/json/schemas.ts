import type { Json, JsonSchema } from "./codec.ts";
import { findingCodec } from "./finding.ts";
import { standing } from "./object.ts";
import { recordCodec } from "./record.ts";

const words: Readonly<Record<string, string>> = {
  version: "Of this form; another number is read in another way.",
  detector: "What found it.",
  fault: "What is wrong.",
  severity: "Worth knowing, worth a look, or training will fail.",
  places: "The scope paths of the layers.",
  measured: "What was measured, in words, and as a number in the unit of band.",
  band: "Where 99.9 % of healthy networks of this architecture lie; null where no such law applies.",
  pValue: "How likely a healthy network is to show as much; null where it is not a matter of chance.",
  consequence: "What it does to training, in plain words.",
  causes: "The most important first, with their share in log |gradient|² a layer, in natural log units.",
  disproof: "What would show that this finding is wrong.",
  step: "The training step, counted from 0.",
  remedies: "What was seen to cure it on a clone of the model, the best first, with lines to paste.",
  loss: "Of this step.",
  gradientNorm: "Of the gradient to all parameters; NaN where nobody looked.",
  totalFactor: "The gradient norm at the first layer over that at the last; NaN where nobody looked.",
  layerNorms: "The norm of the gradient to the weights of each layer, in the order of places.",
};

/** An object's schema with what each property means. */
function explained(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties as Readonly<Record<string, JsonSchema>>).map(
    ([name, own]): [string, Json] => [
      name,
      words[name] === undefined ? own : { description: words[name], ...own },
    ],
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** The schemas that the package publishes, by the names of their files. */
export const schemas = (): Readonly<Record<string, JsonSchema>> => ({
  "finding.schema.json": standing(
    "Finding",
    'What @isograd/diagnostics found in a network or its training. Numbers that are not finite are the texts "NaN", "Infinity" and "-Infinity".',
    explained(findingCodec.schema),
  ),
  "record.schema.json": standing(
    "Record",
    "One line of a log that @isograd/diagnostics writes of a training: a step, or a finding.",
    { oneOf: (recordCodec.schema.oneOf as readonly JsonSchema[]).map(explained) },
  ),
});
