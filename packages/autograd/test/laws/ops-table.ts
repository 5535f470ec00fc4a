import type { OpEntry } from "./samples.ts";
import { activationsTable } from "./table/activations.ts";
import { elementwiseTable } from "./table/elementwise.ts";
import { functionalTable } from "./table/functional.ts";
import { indexingTable } from "./table/indexing.ts";
import { linalgTable } from "./table/linalg.ts";
import { movementTable } from "./table/movement.ts";
import { productsTable } from "./table/products.ts";
import { reductionsTable } from "./table/reductions.ts";
import { spatialTable } from "./table/spatial.ts";

/** Every operation that can be differentiated, under its exported name. */
export const opsTable: Readonly<Record<string, OpEntry>> = {
  ...elementwiseTable,
  ...movementTable,
  ...indexingTable,
  ...reductionsTable,
  ...productsTable,
  ...linalgTable,
  ...spatialTable,
  ...activationsTable,
  ...functionalTable,
};

/** What the folders of operations and activations export besides: answers that are not real numbers, constants, and ways to define more. */
export const notInTable: readonly string[] = [
  "activationByName",
  "activationNames",
  "all",
  "allclose",
  "any",
  "argmax",
  "argmin",
  "argsort",
  "bucketize",
  "countNonzero",
  "defineActivation",
  "defineElementwise",
  "defineGate",
  "eq",
  "ge",
  "gt",
  "isclose",
  "isfinite",
  "isinf",
  "isnan",
  "le",
  "logicalAnd",
  "logicalNot",
  "logicalOr",
  "logicalXor",
  "lt",
  "matrixRank",
  "ne",
  "nonzero",
  "oneHot",
  "range",
  "registerActivation",
  "searchsorted",
  "signbit",
  "stopGradient",
];
