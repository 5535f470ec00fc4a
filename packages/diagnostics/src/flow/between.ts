import { add, type Node, noGrad, reshape, type Tensor } from "@isograd/autograd";
import { sumOfSquares } from "../statistics.ts";
import { type Contraction, unitAxisOf } from "../trace/network.ts";
import type { Sent, Ways } from "../trace/ways.ts";
import type { FlowPart } from "./profile.ts";
import { type Section, sectionsOf } from "./sections.ts";

/**
 * What lies between two layers besides the activation of the lower one: each operation with the factor that its own rule puts on the gradient
 * that arrives at it, and each place where other ways join with the factor by which the sum exceeds what came this way. Where there is nothing of
 * that, yet other numbers arrive by the one way, what makes them is named with a factor of 1.
 *
 * The activation's node is left out: its share is computed from its slopes.
 */
export function partsBetween(upper: Contraction, lower: Contraction, ways: Ways): FlowPart[] {
  const top = upper.signal.node;
  if (top === null) return [];
  const begun = joining(upper.place, sentBack(upper, ways), top, ways);
  if (lower.node === top) return begun;
  const sections = sectionsOf(top, lower.node, ways);
  // The signal is cut off: whatever reaches the lower layer took other ways.
  if (sections.length === 0)
    return [{ kind: "operation", name: "detached", place: upper.place, log: Number.NEGATIVE_INFINITY }];
  const activation = lower.activation?.output.node ?? null;
  const parts = [...begun];
  for (const section of sections) {
    const { nodes, bottom } = section;
    if (nodes.length > 1 || nodes[0] !== activation) parts.push(throughSection(section, ways));
    const here = ways.sentTo(bottom).filter(({ from }) => nodes.includes(from));
    parts.push(...joining(placeOf(nodes, lower), here, bottom, ways));
  }
  const found = gathered(parts);
  const nodes = sections.flatMap((section) => section.nodes);
  const isOneWay = nodes.every((node) => ways.stationOf(node)?.sent.length === 1);
  if (found.length > 0 || activation !== null || !isOneWay || carriesOn(upper, lower)) return found;
  return [{ kind: "operation", name: namesOf(nodes), place: nodes[0].scope, log: 0 }];
}

/** Whether a layer takes the numbers that the one below makes: a step may change them all, and pass their gradient as if it were not there. */
function carriesOn({ signal }: Contraction, lower: Contraction): boolean {
  const [taken, made] = [signal, noGrad(() => withBias(lower))].map(sumOfSquares);
  return Math.abs(taken - made) <= 1e-5 * made;
}

function withBias(lower: Contraction): Tensor {
  const { output, bias, withBias: isIn } = lower;
  const units = unitAxisOf(lower);
  if (bias === null || isIn || bias.size !== output.shape[units]) return output;
  const along = output.shape.map((extent, axis) => (axis === units ? extent : 1));
  return add(output, reshape(bias, along));
}

/** Whether all that passes between two layers passes the activation of the lower one, alone. */
export function passesActivation(upper: Contraction, lower: Contraction, ways: Ways): boolean {
  const top = upper.signal.node;
  const node = lower.activation?.output.node ?? null;
  return (
    top !== null &&
    node !== null &&
    sectionsOf(top, lower.node, ways).some(({ nodes }) => nodes.length === 1 && nodes[0] === node)
  );
}

function throughSection({ top, bottom, nodes }: Section, ways: Ways): FlowPart {
  const arrived = squareOf(ways.stationOf(top)?.arrived ?? []);
  const within = new Set(nodes);
  const left = squareOf(summed(ways.sentTo(bottom).filter(({ from }) => within.has(from))));
  // What enters from elsewhere on the way, as the memory of a recurrent cell, is no work of these operations.
  const entered = nodes.slice(1).some((node) => ways.sentTo(node).some(({ from }) => !within.has(from)));
  return {
    kind: entered ? "residual" : "operation",
    name: namesOf(nodes),
    place: nodes[0].scope,
    log: Math.log(left) - Math.log(arrived),
  };
}

/** What a layer sends to its signal: of what it multiplies, nothing else comes from a layer. */
export function sentBack({ node }: Contraction, ways: Ways): Sent[] {
  const sent = ways.stationOf(node)?.sent ?? [];
  return sent.filter(({ position }) => position < 2);
}

/** What happens at `node` to `here`, which came this way: other ways join, hooks of the user's replace the sum; nothing where neither does. */
function joining(place: string, here: readonly Sent[], node: Node, ways: Ways): FlowPart[] {
  const all = ways.sentTo(node);
  const parts: FlowPart[] = [];
  if (here.length < all.length) {
    const log = Math.log(squareOf(summed(all))) - Math.log(squareOf(summed(here)));
    parts.push({ kind: "residual", name: "residual", place, log });
  }
  if (node.hooks !== null) {
    const log = Math.log(squareOf(ways.stationOf(node)?.arrived ?? [])) - Math.log(squareOf(summed(all)));
    parts.push({ kind: "operation", name: "hook", place, log });
  }
  return parts;
}

/** What was sent to the outputs of one node, each summed in the order of the sweep. */
function summed(sent: readonly Sent[]): (Tensor | null)[] {
  const sums: (Tensor | null)[] = [];
  for (const { index, cotangent } of sent) {
    const before = sums[index] ?? null;
    sums[index] = before === null ? cotangent : noGrad(() => add(before, cotangent));
  }
  return sums;
}

const squareOf = (cotangents: readonly (Tensor | null)[]): number => {
  let square = 0;
  // Outputs that nobody used leave holes.
  for (const cotangent of cotangents) if (cotangent) square += sumOfSquares(cotangent);
  return square;
};

const placeOf = (nodes: readonly Node[], lower: Contraction): string =>
  nodes[nodes.length - 1].scope || lower.place;

const namesOf = (nodes: readonly Node[]): string =>
  [...new Set(nodes.map((node) => node.op?.name ?? ""))].join(", ");

/** Below this a part does nothing: a view, a change of shape. */
const nothing = 1e-12;

/** Neighbours in one scope are one part, such as a normalisation of several operations. */
function gathered(parts: readonly FlowPart[]): FlowPart[] {
  const result: FlowPart[] = [];
  for (const part of parts) {
    if (Math.abs(part.log) < nothing) continue;
    const last = result.at(-1);
    const same =
      last !== undefined && part.place !== "" && last.place === part.place && last.kind === part.kind;
    if (same)
      result[result.length - 1] = { ...last, name: joined(last.name, part.name), log: last.log + part.log };
    else result.push(part);
  }
  return result;
}

const joined = (names: string, others: string): string =>
  [...new Set([...names.split(", "), ...others.split(", ")])].join(", ");
