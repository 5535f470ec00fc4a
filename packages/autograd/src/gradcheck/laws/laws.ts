import { agreesUnderVmap, givesPerExampleGradients } from "./batching.ts";
import { broadcasts } from "./broadcasting.ts";
import { takesAnyExtent } from "./extents.ts";
import { hasCorrectGradients } from "./gradients.ts";
import { leavesOperandsAlone } from "./mutation.ts";
import { passesNaN } from "./not-a-number.ts";
import { agreesInSinglePrecision } from "./precision.ts";
import { addsUpSeveralUses } from "./several-uses.ts";
import { foretellsSignatures } from "./signature.ts";
import type { Law } from "./subject.ts";
import { agreesWithReference } from "./value.ts";
import { agreesOnViews } from "./views.ts";

/** What every op must satisfy, by the name under which a report lists it. */
export const opLaws = {
  value: agreesWithReference,
  gradients: hasCorrectGradients,
  severalUses: addsUpSeveralUses,
  precision: agreesInSinglePrecision,
  views: agreesOnViews,
  nan: passesNaN,
  mutation: leavesOperandsAlone,
  signature: foretellsSignatures,
  extents: takesAnyExtent,
  broadcasting: broadcasts,
  vmap: agreesUnderVmap,
  perExample: givesPerExampleGradients,
} as const satisfies Readonly<Record<string, Law>>;

export type OpLaw = keyof typeof opLaws;

export const opLawNames = Object.keys(opLaws) as readonly OpLaw[];
