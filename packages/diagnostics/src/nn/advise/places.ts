import { ArgumentError } from "@isograd/autograd";
import { ActivationLayer, type Module } from "@isograd/nn";
import { type Batch, type Loss, trace } from "../../trace/trace.ts";

/**
 * The paths of the ActivationLayers behind which another layer comes: that of the output, if it has one, belongs to the loss.
 *
 * @throws ArgumentError if there is none
 */
export function hiddenPlaces(model: Module, batch: Batch, loss: Loss): string[] {
  const paths = new Set(
    model.namedModules().flatMap(({ path, module }) => (isActivationLayer(module) ? [path] : [])),
  );
  const { activations } = trace({ model: model.clone(), batch, loss });
  const hidden = activations.filter(({ contraction }) => contraction?.feeds).map(({ place }) => place);
  const places = [...new Set(hidden)].filter((place) => paths.has(place));
  if (places.length === 0)
    throw new ArgumentError(
      "adviseActivation",
      "expected a model with ActivationLayers that another layer follows",
      model,
    );
  return places;
}

const isActivationLayer = (module: object): boolean => module instanceof ActivationLayer;
