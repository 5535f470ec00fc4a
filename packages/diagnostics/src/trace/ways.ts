import {
  type CotangentEvent,
  cast,
  type Node,
  NonFiniteError,
  noGrad,
  sumTo,
  type Tensor,
} from "@isograd/autograd";
import { aside } from "./aside.ts";

/** What one operation sends to one of its inputs, by its own rule, of the cotangent that arrived at it. */
export interface Sent {
  readonly from: Node;
  /** Which input of `from` it is the gradient of. */
  readonly position: number;
  readonly to: Node;
  /** Which output of `to`. */
  readonly index: number;
  readonly cotangent: Tensor;
}

/** A node that gradients came by. */
export interface Station {
  readonly node: Node;
  /** What arrived, one an output. */
  readonly arrived: readonly (Tensor | null)[];
  readonly sent: readonly Sent[];
}

/** An input that a signal enters an operation by. */
interface Entrance {
  readonly position: number;
  readonly source: Node;
  readonly index: number;
}

/**
 * What gradients pass between the layers: for each operation on a signal, what arrived at it and what it sends on.
 *
 * Each operation's rule is applied here once more, for the engine adds up what meets at a node. It happens while the sweep is there, since the
 * graph may be freed behind it.
 */
export class Ways {
  readonly #entrances = new WeakMap<Node, readonly Entrance[]>();
  readonly #stations = new Map<Node, Station>();
  readonly #sentTo = new Map<Node, Sent[]>();

  /** An operation was recorded; the signal enters it by the inputs at `positions`. */
  enter(node: Node, inputs: readonly Tensor[], positions: readonly number[]): void {
    const entrances = positions.flatMap((position) => {
      const { node: source, outputIndex: index } = inputs[position];
      return source === null ? [] : [{ position, source, index }];
    });
    this.#entrances.set(node, entrances);
  }

  /** A cotangent is complete; the rule is about to run. */
  arrive({ node, cotangents }: CotangentEvent): void {
    const entrances = this.#entrances.get(node);
    if (entrances === undefined) return;
    const sent = unlessNonFinite(() =>
      aside(() => noGrad(() => entrances.flatMap((entrance) => send(node, entrance, cotangents)))),
    );
    if (sent === null) return;
    this.#stations.set(node, { node, arrived: [...cotangents], sent });
    for (const each of sent) {
      const others = this.#sentTo.get(each.to);
      if (others === undefined) this.#sentTo.set(each.to, [each]);
      else others.push(each);
    }
  }

  /** Null where no gradient came by. */
  stationOf(node: Node): Station | null {
    return this.#stations.get(node) ?? null;
  }

  /** All that was sent to a node, in the order of the sweep. */
  sentTo(node: Node): readonly Sent[] {
    return this.#sentTo.get(node) ?? [];
  }
}

/** In anomaly mode the sweep, which is about to do the same, tells better what went wrong. */
function unlessNonFinite<T>(f: () => T): T | null {
  try {
    return f();
  } catch (error) {
    if (error instanceof NonFiniteError) return null;
    throw error;
  }
}

function send(
  node: Node,
  { position, source, index }: Entrance,
  cotangents: CotangentEvent["cotangents"],
): Sent[] {
  const vjp = node.op?.vjp;
  const rule = typeof vjp === "function" ? vjp(position) : Array.isArray(vjp) ? vjp[position] : null;
  const raw: Tensor | null = rule?.(cotangents[0], node, cotangents) ?? null;
  if (raw === null) return [];
  const { shape, dtype } = source.outputSignatures[index];
  return [{ from: node, position, to: source, index, cotangent: cast(sumTo(raw, shape), dtype) }];
}
