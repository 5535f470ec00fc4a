import { ArgumentError, ShapeError, Tensor } from "@isograd/autograd";
import type { AnyModule } from "./module.ts";

/**
 * Lets `target` hold the very tensor that `source` holds: one parameter, which learns from both places and stays one in copies.
 *
 * @param name       of the tensor in `source`
 * @param targetName of the tensor in `target` that it replaces; default the same
 * @throws ArgumentError unless both hold a tensor of their name themselves; ShapeError unless the shapes are the same
 * @see Press, Wolf 2017, "Using the output embedding to improve language models"
 * @example
 * const embedding = new Embedding({ numEmbeddings: 100, embeddingDim: 8 });
 * const projection = new Linear({ inFeatures: 8, outFeatures: 100 });
 * share(embedding, "weight", projection);
 * projection.weight === embedding.weight; // true
 */
export function share(source: AnyModule, name: string, target: AnyModule, targetName: string = name): void {
  const [given, replaced] = [held(source, name), held(target, targetName)];
  if (given.shape.join() !== replaced.shape.join() || given.dtype !== replaced.dtype) {
    const rule = `expected the shape and element type of what is replaced, ${given.dtype} and ${replaced.dtype}`;
    throw new ShapeError("share", [given.shape, replaced.shape], rule);
  }
  (target as unknown as Record<string, Tensor>)[targetName] = given;
}

function held(module: AnyModule, name: string): Tensor {
  const value = Object.hasOwn(module, name)
    ? (module as unknown as Record<string, unknown>)[name]
    : undefined;
  if (value instanceof Tensor) return value;
  throw new ArgumentError("share", "expected the name of a tensor that the module holds itself", name);
}
