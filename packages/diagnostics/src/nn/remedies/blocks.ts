import { noGrad, type Tensor } from "@isograd/autograd";
import { type AnyModule, type Layer, Module, onCall, Residual, Sequential } from "@isograd/nn";
import { aside } from "../../trace/aside.ts";
import { isWeighted } from "./weighted.ts";

/** Layers of a `Sequential` in a row that begin behind weights and end with the next: what they return has the shape of what they take. */
export interface Block {
  /** Of the `Sequential`, this block and others among them. */
  readonly layers: Layer[];
  /** Where it begins and where the next layer stands. */
  readonly from: number;
  readonly to: number;
}

/**
 * The blocks of the `Sequential`s of `model`, in order: where there are some within others, the innermost. None lies beside a shortcut, and none
 * makes the output.
 */
export function blocksOf(model: Module, inputs: Tensor): Block[] {
  const modules = model.modules();
  const shapeOf = shapesOf(model, inputs);
  const output = modules.findLast(isWeighted);
  const beside = new Set(modules.filter(isResidual).flatMap((each) => each.modules()));
  const found: Block[][] = [];
  const cut = new Set<Layer>();
  for (const module of modules.reverse() as object[]) {
    if (!(module instanceof Sequential) || beside.has(module as unknown as AnyModule)) continue;
    const { layers } = module;
    const ends = layers.flatMap((layer, at) => (hasWeights(layer) ? [at] : []));
    const blocks = ends.slice(1).flatMap((end, k) => {
      const [before, last] = [layers[ends[k]] as Module, layers[end] as Module];
      const isOutput = (last.modules() as unknown[]).includes(output);
      const shape = shapeOf(last);
      if (isOutput || cut.has(last) || isResidual(last) || shape === null || shape !== shapeOf(before))
        return [];
      return [{ layers, from: ends[k] + 1, to: end + 1 }];
    });
    found.unshift(blocks);
    if (blocks.length > 0 || layers.some((layer) => cut.has(layer))) cut.add(module);
  }
  return found.flat();
}

const isResidual = (module: object): boolean => module instanceof Residual;

const hasWeights = (layer: Layer): boolean => layer instanceof Module && layer.modules().some(isWeighted);

/** What each module of `model` returns for `inputs`: null where it is not called, or returns something else than a tensor. */
function shapesOf(model: Module, inputs: Tensor): (module: Module) => string | null {
  const places = new Map(model.modules().map((module, k) => [module as unknown as Module, k]));
  const copy = model.clone();
  const shapes = copy.modules().map((): string | null => null);
  copy.modules().forEach((module, k) => {
    onCall(module, ({ output }) => {
      shapes[k] = (output as Partial<Tensor> | undefined)?.shape?.join() ?? null;
      return undefined;
    });
  });
  aside(() => noGrad(() => copy.call(inputs)));
  return (module) => shapes[places.get(module) as number];
}
