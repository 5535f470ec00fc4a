import {
  type Dtype,
  type GraphMeasure,
  leavesOf,
  measureGraph,
  parameter,
  type ScopedGraphMeasure,
  type Shape,
  Tensor,
  zeros,
} from "@isograd/autograd";
import { type AnyModule, type Module, onCall } from "./module.ts";
import { type Summary, type SummaryRow, tableOf } from "./summary-table.ts";

/** For each tensor that a model takes its shape, or the tensor; for other inputs the input. */
export type SummaryInputs<Inputs extends readonly unknown[]> = {
  readonly [K in keyof Inputs]: Inputs[K] extends Tensor ? Tensor | Shape : Inputs[K];
};

/**
 * Lists the modules of a model with the shapes of their results, their parameters, floating-point operations and memory, each for itself,
 * so that the columns add up.
 *
 * Calls a copy of the model once, in evaluation mode; the model stays as it is.
 *
 * @param inputs for each input of the model a shape, batch included, filled with zeros; or the tensor, such as one of indices
 * @see torchinfo.summary
 * @example
 * summary(model, [1, 2]).parameters; // 17
 * summary(model, [1, 2]).flops; // 32
 */
export function summary<Inputs extends readonly unknown[], Output>(
  model: Module<Inputs, Output>,
  ...inputs: SummaryInputs<Inputs>
): Summary {
  const named = (model as unknown as AnyModule).namedParameters();
  const copy = model.clone().eval().unfreeze();
  const dtype = named[0]?.tensor.dtype ?? "f32";
  const given = inputs.map((input) => asInput(input, dtype)) as unknown as Inputs;
  const modules = (copy as unknown as AnyModule).namedModules();
  const calls = new Map<AnyModule, { readonly paths: Set<string>; shapes: readonly Shape[] }>();
  for (const { module } of modules) {
    onCall(module as unknown as Module<readonly unknown[], unknown>, ({ output, path }) => {
      const known = calls.get(module) ?? { paths: new Set<string>(), shapes: [] };
      known.paths.add(path);
      known.shapes = leavesOf(output).map(({ tensor }) => tensor.shape);
      calls.set(module, known);
      return undefined;
    });
  }
  const output = copy.call(...given);
  const graph = measureGraph(leavesOf(output).map(({ tensor }) => tensor));
  const owners = modules.map(({ path }) => path);
  const calledAt = [...calls].flatMap(([module, { paths }]) => [...paths].map((path) => ({ module, path })));
  const places = calledAt.map(({ path }) => path);
  const rows = modules.map(({ path, module }): SummaryRow => {
    const own = [...(calls.get(module)?.paths ?? [])].map((place) => ownMeasure(graph, place, places));
    return {
      path,
      layer: module.constructor.name,
      outputShapes: calls.get(module)?.shapes ?? [],
      parameters: total(
        named.filter((leaf) => ownerOf(leaf.path, owners) === path),
        ({ tensor }) => tensor.size,
      ),
      flops: total(own, ({ flops }) => flops),
      keptBytes: total(own, ({ keptBytes }) => keptBytes),
    };
  });
  const bytes = (leaves: typeof named): number =>
    total(leaves, ({ tensor }) => tensor.size * widthOf(tensor));
  return {
    rows,
    parameters: total(named, ({ tensor }) => tensor.size),
    trainable: total(named, ({ tensor }) => (tensor.requiresGrad ? tensor.size : 0)),
    parameterBytes: bytes(named),
    bufferBytes: bytes((model as unknown as AnyModule).namedBuffers()),
    flops: graph.flops,
    keptBytes: graph.keptBytes,
    toString() {
      return tableOf(this);
    },
  };
}

/** A shape becomes zeros; a tensor of reals is followed through the graph, whatever is frozen. */
function asInput(input: unknown, dtype: Dtype): unknown {
  if (input instanceof Tensor)
    return input.dtype === "f32" || input.dtype === "f64" ? parameter(input) : input;
  const isShape = Array.isArray(input) && input.every((extent) => Number.isInteger(extent) && extent >= 0);
  return isShape ? parameter(zeros(input as Shape, dtype)) : input;
}

type Share = Pick<GraphMeasure, "flops" | "keptBytes">;

/** What happened in the scope of a place, but not in those of the called places below it. */
function ownMeasure(graph: ScopedGraphMeasure, place: string, places: readonly string[]): Share {
  const at = (path: string): Share =>
    path === "" ? graph : (graph.scopes.get(path) ?? { flops: 0, keptBytes: 0 });
  const { flops, keptBytes } = at(place);
  const below = [...new Set(places)]
    .filter((path) => path !== place && ownerOf(path, places) === place)
    .map(at);
  return {
    flops: flops - total(below, (part) => part.flops),
    keptBytes: keptBytes - total(below, (part) => part.keptBytes),
  };
}

/** The nearest of `owners` above a path: the longest that it begins with. */
function ownerOf(path: string, owners: readonly string[]): string {
  const above = owners.filter((owner) => owner !== path && (owner === "" || path.startsWith(`${owner}.`)));
  return above.reduce((longest, owner) => (owner.length > longest.length ? owner : longest), "");
}

const total = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

const widthOf = ({ data }: Tensor): number => data.BYTES_PER_ELEMENT;
