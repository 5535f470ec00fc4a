import {
  add,
  cast,
  type Generator,
  gelu,
  mean,
  narrow,
  noGrad,
  parameter,
  select,
  stack,
  type Tensor,
  vmap,
} from "@isograd/autograd";
import {
  adamw,
  batches,
  chain,
  clipByGlobalNorm,
  fit,
  functionalCall,
  Linear,
  type NamedParameters,
  normalizer,
  Optimizer,
  oneCycleLR,
  parametersOf,
  Scheduler,
  Sequential,
} from "@isograd/nn";
import type { Known } from "./forecast.ts";
import { LogisticMixture, logisticNll } from "./logistic.ts";

export interface NetworkPlan {
  /** None make a network a linear one. */
  readonly hiddenLayers: number;
  readonly width: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At its highest. */
  readonly learningRate: number;
}

export interface EnsembleOptions extends NetworkPlan {
  readonly members: number;
  readonly generator: Generator;
  readonly signal?: AbortSignal;
}

/**
 * Networks that differ in how they begin, trained side by side: vmap makes one product of theirs. Where the data say much they come to agree; where they
 * do not, the mixture of their forecasts is wide.
 *
 * @returns what the ensemble thinks of `inputs`, and what its first network does
 */
export async function ensemble(known: Known, inputs: Tensor, options: EnsembleOptions) {
  const { members, epochs, batchSize, learningRate, generator, signal } = options;
  const networks = Array.from({ length: members }, (_, k) =>
    network(known.inputs.shape[1], options, generator.fork(`member ${k}`)),
  );
  const parameters = stacked(networks.map(parametersOf));
  const model = (x: Tensor): Tensor =>
    vmap((own: NamedParameters) => functionalCall(networks[0], own, x))(parameters);

  const scaling = normalizer(known.targets);
  const data = batches(
    { inputs: cast(known.inputs, "f32"), targets: cast(scaling.apply(known.targets), "f32") },
    { batchSize, shuffle: true, dropLast: true, generator: generator.fork("order") },
  );
  const optimizer = new Optimizer(
    Object.values(parameters),
    chain(clipByGlobalNorm(1), adamw({ learningRate })),
  );
  const scheduler = new Scheduler(
    optimizer,
    oneCycleLR({ maxLearningRate: learningRate, totalSteps: epochs * data.length }),
  );
  const loss = (outputs: Tensor, targets: Tensor): Tensor =>
    mean(logisticNll(targets, select(outputs, -1, 0), select(outputs, -1, 1)));
  await fit({ model, loss, optimizer, scheduler, data, epochs, signal });

  const outputs = cast(
    noGrad(() => model(cast(inputs, "f32"))),
    "f64",
  );
  const locations = scaling.invert(select(outputs, -1, 0));
  const logScales = add(select(outputs, -1, 1), Math.log(scaling.state.scale[0]));
  return {
    together: new LogisticMixture(locations, logScales),
    first: new LogisticMixture(narrow(locations, 0, 0, 1), narrow(logScales, 0, 0, 1)),
  };
}

/** Inputs to the location of a logistic distribution and the logarithm of its scale. */
function network(features: number, { hiddenLayers, width }: NetworkPlan, generator: Generator): Sequential {
  const hidden = Array.from({ length: hiddenLayers }, (_, k) => [
    new Linear({ inFeatures: k === 0 ? features : width, outFeatures: width, generator }),
    gelu,
  ]);
  const inFeatures = hiddenLayers === 0 ? features : width;
  return new Sequential([...hidden.flat(), new Linear({ inFeatures, outFeatures: 2, generator })]);
}

/** Parameters of the same names with one axis more in front: whose they are. */
function stacked(trees: readonly NamedParameters[]): NamedParameters {
  return Object.fromEntries(
    Object.keys(trees[0]).map((path) => [path, parameter(stack(trees.map((tree) => tree[path].detach())))]),
  );
}
