import {
  type CotangentEvent,
  type Observer,
  type OperationEvent,
  permute,
  type Tensor,
} from "@isograd/autograd";
import type { Contraction } from "../../src/trace/network.ts";
import { Recorder } from "../../src/trace/recorder.ts";
import type { LayerObservation } from "../observation.ts";

/** Takes down one sweep, for the rules of all tools to see what they ask for: they are told of layers, not of operations. */
export class LayerWatch implements Observer {
  readonly #recorder = new Recorder();
  #weights: ReadonlyMap<Tensor, Numbers> = new Map();
  #swept = false;

  operation(event: OperationEvent): void {
    if (!this.#swept) this.#recorder.operation(event);
  }

  cotangent(event: CotangentEvent): void {
    this.#recorder.cotangent(event);
  }

  swept(): void {
    this.#swept = true;
    const weights = this.#recorder.contractions.flatMap(({ weightSource }) => weightSource ?? []);
    this.#weights = new Map(weights.map((weight) => [weight, weight.values()]));
  }

  /** The layers in order of depth, after the update. A weight that is used several times, as at each step through time, is one layer. */
  layers(): LayerObservation[] {
    const uses = new Map<Tensor, Contraction[]>();
    for (const contraction of this.#recorder.contractions.toReversed()) {
      const { weightSource } = contraction;
      if (weightSource === null || weightSource.grad === null) continue;
      uses.set(weightSource, [...(uses.get(weightSource) ?? []), contraction]);
    }
    return [...uses].map(
      ([weight, all]) => new ObservedLayer(weight, this.#weights.get(weight) as Numbers, all),
    );
  }
}

type Numbers = ReturnType<Tensor["values"]>;

/** Arrays that are made when a rule first asks for them. */
class ObservedLayer implements LayerObservation {
  readonly place: string;
  readonly activation: string | null;
  readonly units: number;
  readonly gradient: Numbers;
  readonly #after: Numbers;
  readonly #uses: readonly Contraction[];
  #update: Float64Array | null = null;
  #preActivations: ArrayLike<number> | null = null;
  #outputs: ArrayLike<number> | null = null;

  constructor(
    source: Tensor,
    readonly weight: Numbers,
    uses: readonly Contraction[],
  ) {
    const [{ place, activation, output }] = uses;
    this.place = place;
    this.activation = activation?.activation.name ?? null;
    this.units = output.shape[channelAxis(output)];
    this.gradient = (source.grad as Tensor).values();
    this.#after = source.values();
    this.#uses = uses;
  }

  get update(): ArrayLike<number> {
    this.#update ??= Float64Array.from(this.#after, (value, k) => value - this.weight[k]);
    return this.#update;
  }

  get preActivations(): ArrayLike<number> {
    this.#preActivations ??= joined(
      this.#uses.map(({ activation, output }) => activation?.inputs[0] ?? output),
    );
    return this.#preActivations;
  }

  get outputs(): ArrayLike<number> {
    if (this.activation === null) return this.preActivations;
    this.#outputs ??= joined(this.#uses.map(({ activation, output }) => activation?.output ?? output));
    return this.#outputs;
  }
}

/** Images have their channels in front of the pixels. */
const channelAxis = ({ rank }: Tensor): number => (rank === 4 ? 1 : rank - 1);

/** All rows, one behind the other, units last. */
function joined(tensors: readonly Tensor[]): ArrayLike<number> {
  const rows = tensors.map((x) => (x.rank === 4 ? permute(x.detach(), [0, 2, 3, 1]) : x).values());
  if (rows.length === 1) return rows[0];
  const all = new Float64Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const values of rows) {
    all.set(values, at);
    at += values.length;
  }
  return all;
}
