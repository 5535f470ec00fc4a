import { ArgumentError } from "@isograd/autograd";
import { type Module, Residual } from "@isograd/nn";
import type { Remedy } from "../../remedy.ts";
import type { Treatment } from "../treatment.ts";
import { causedBy, ofGradients } from "./faults.ts";

/**
 * Scales what each of n shortcuts has beside it by 1/√n, so that signal and gradient grow by a factor that does not depend on n.
 *
 * @throws ArgumentError where there are none, when applied
 * @see Hayou et al. 2021, "Stable ResNet"
 * @example
 * scaleResiduals().name; // "residual scale"
 */
export function scaleResiduals(): Remedy<Treatment> {
  return {
    name: "residual scale",
    cures: ofGradients,
    code: [
      "const blocks = model.modules().filter((module) => module instanceof Residual);",
      "for (const block of blocks) block.scale = 1 / Math.sqrt(blocks.length);",
    ].join("\n"),
    measure: "flow",
    suits: causedBy("residual"),
    apply: ({ model }) => {
      const blocks = residualsOf(model);
      if (blocks.length === 0)
        throw new ArgumentError("scaleResiduals", "expected a model with Residuals", model);
      for (const block of blocks) block.scale = 1 / Math.sqrt(blocks.length);
    },
  };
}

const residualsOf = (model: Module): Residual[] =>
  model
    .modules()
    .flatMap((module) => ((module as object) instanceof Residual ? [module as unknown as Residual] : []));
