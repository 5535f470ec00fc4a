import { ArgumentError, mul, noGrad, Tensor, varMean } from "@isograd/autograd";
import { orthogonal } from "../initializers/orthogonal.ts";
import { heldAs, initialize } from "./initialize.ts";
import { type AnyModule, type Module, onCall } from "./module.ts";

export interface LsuvOptions<Inputs extends readonly unknown[]> {
  /** A batch, as `model.call` takes it. */
  readonly inputs: Inputs;
  /** Begins the model anew from this seed, with orthogonal weights. Default: the weights are scaled as they are. */
  readonly seed?: number | string;
  /** How far from 1 a variance may be; default 0.01. */
  readonly tolerance?: number;
  /** How often a layer is scaled at most; default 10. */
  readonly maxIterations?: number;
}

/** What was done to a layer. */
export interface LsuvLayer {
  readonly path: string;
  /** The variance of its outputs over the batch, before and after. */
  readonly before: number;
  readonly after: number;
}

/**
 * Scales the weights of layer after layer so that the outputs of each have variance 1 over a batch.
 *
 * One pass without gradients, in the model's present mode; each layer sees what the layers before it, already scaled, make of the batch.
 * A layer is what says at which `outputAxis` it counts its outputs. One that is called several times is scaled at its first call. An error
 * leaves all as it was.
 *
 * @returns the layers in the order of their calls
 * @throws ArgumentError if no layer is called, or the outputs of one do not vary over the batch
 * @see Mishkin, Matas 2016, "All you need is a good init"
 * @example
 * lsuv(model, { inputs: [inputs], seed: 7 }).map(({ after }) => after); // [0.9999, 1.0027]
 */
export function lsuv<Inputs extends readonly unknown[], Output>(
  model: Module<Inputs, Output>,
  options: LsuvOptions<Inputs>,
): LsuvLayer[] {
  const { inputs, seed, tolerance = 0.01, maxIterations = 10 } = options;
  const root = model as unknown as AnyModule;
  const before = [...root.namedParameters(), ...root.namedBuffers()].map(
    ({ tensor }) => [tensor, tensor.detach()] as const,
  );
  const done = new Map<AnyModule, LsuvLayer>();
  const handles = root.namedModules().flatMap(({ module, path }) => {
    if (!("outputAxis" in module) || module.initials().weight?.role !== "weight") return [];
    const layer = module as unknown as Module<readonly unknown[], Tensor>;
    return onCall(layer, ({ inputs: given, output }) => {
      if (done.has(module)) return undefined;
      const scaled = scaleToUnit(
        module,
        path,
        output,
        () => layer.forward(...given),
        tolerance,
        maxIterations,
      );
      done.set(module, scaled.layer);
      return scaled.output;
    });
  });
  try {
    if (seed !== undefined) initialize(root, { seed, weight: orthogonal() });
    noGrad(() => model.call(...inputs));
    if (done.size === 0)
      throw new ArgumentError("lsuv", "expected a model that calls layers with weights", model);
  } catch (error) {
    for (const [tensor, value] of before) tensor.assign(value);
    throw error;
  } finally {
    for (const handle of handles) handle.remove();
  }
  return [...done.values()];
}

function scaleToUnit(
  module: AnyModule,
  path: string,
  first: Tensor,
  again: () => Tensor,
  tolerance: number,
  maxIterations: number,
): { readonly output: Tensor; readonly layer: LsuvLayer } {
  const weight = heldAs(module, "weight");
  const before = varianceOf(path, first);
  let [output, after] = [first, before];
  for (let k = 0; k < maxIterations && Math.abs(after - 1) > tolerance; k++) {
    weight.bind(mul((module as unknown as { weight: Tensor }).weight.detach(), 1 / Math.sqrt(after)));
    output = again();
    after = varianceOf(path, output);
  }
  return { output, layer: { path, before, after } };
}

function varianceOf(path: string, output: Tensor): number {
  if (!(output instanceof Tensor))
    throw new ArgumentError("lsuv", `expected ${path} to return a tensor`, output);
  const found = varMean(output, { correction: 0 });
  const [spread, mean] = [found.variance.item(), found.mean.item()];
  // Equal numbers differ from their mean by rounding.
  if (spread > 1e-28 * mean ** 2 && Number.isFinite(spread)) return spread;
  throw new ArgumentError(
    "lsuv",
    `expected outputs of ${path} that vary over the batch, by a finite variance`,
    spread,
  );
}
