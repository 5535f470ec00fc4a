import type { Dtype } from "../dtype.ts";
import { graphNodes } from "../graph.ts";
import { concrete } from "../mapped.ts";
import { sizeOf } from "../shape.ts";
import type { Node, Tensor } from "../tensor.ts";
import { flopsOf } from "./flops.ts";

/** What a graph, or the part of it in one scope, amounts to. */
export interface GraphMeasure {
  /** Operations and leaves. */
  readonly nodes: number;
  /** What the outputs of all nodes take, views and freed ones included. */
  readonly bytes: number;
  /** What stays in memory because rules will read it: whole arrays, each counted once, where it is kept first. */
  readonly keptBytes: number;
  /** Floating-point operations to compute the outputs. */
  readonly flops: number;
}

/** The measure of a graph, and of each scope with all scopes inside, by path. */
export interface ScopedGraphMeasure extends GraphMeasure {
  readonly scopes: ReadonlyMap<string, GraphMeasure>;
}

type Sums = { -readonly [K in keyof GraphMeasure]: number };

const nothing = (): Sums => ({ nodes: 0, bytes: 0, keptBytes: 0, flops: 0 });

/**
 * Counts the nodes behind a tensor, or several, their bytes, and their floating-point operations.
 *
 * A multiplication and an addition count one each: 2·m·k·n for [m, k] · [k, n]. A function of numbers counts one an element, however it is
 * computed; a reduction one for each element that it reads; moving numbers counts nothing. Other operations say in `flops` what they
 * take, or count one for each element of the result.
 *
 * @example
 * const w = parameter(ones([2, 3]));
 * measureGraph(matmul(w, ones([3, 4]))).flops; // 48
 */
export function measureGraph(outputs: Tensor | readonly Tensor[]): ScopedGraphMeasure {
  const byPath = new Map<string, Sums>();
  const seen = new Map<ArrayBufferLike, Set<number>>();
  for (const node of graphNodes(outputs)) {
    const sums = entry(byPath, node.scope);
    sums.nodes++;
    for (const { shape, dtype } of node.outputSignatures) sums.bytes += sizeOf(shape) * width[dtype];
    sums.keptBytes += keptBy(node, seen);
    sums.flops += flopsOfNode(node);
  }
  const total = nothing();
  const scopes = new Map<string, Sums>();
  for (const [path, sums] of byPath) {
    for (const into of [total, ...prefixesOf(path).map((prefix) => entry(scopes, prefix))]) {
      for (const key of ["nodes", "bytes", "keptBytes", "flops"] as const) into[key] += sums[key];
    }
  }
  return { ...total, scopes };
}

const width: Readonly<Record<Dtype, number>> = { bool: 1, i32: 4, f32: 4, f64: 8 };

function entry(scopes: Map<string, Sums>, path: string): Sums {
  const known = scopes.get(path) ?? nothing();
  scopes.set(path, known);
  return known;
}

/** `a`, `a.b` and `a.b.c` for `a.b.c`. */
function prefixesOf(path: string): string[] {
  const names = path === "" ? [] : path.split(".");
  return names.map((_, k) => names.slice(0, k + 1).join("."));
}

function keptBy(node: Node, seen: Map<ArrayBufferLike, Set<number>>): number {
  let bytes = 0;
  const kept = node.op === null ? [] : [...node.inputs, node.output, ...node.outputs];
  for (const tensor of kept) {
    // Holes where no rule reads the input.
    if (tensor === undefined || tensor === null) continue;
    const { buffer, byteOffset, byteLength } = concrete(tensor).data;
    // Small arrays are parts of one buffer.
    const starts = seen.get(buffer) ?? new Set();
    if (starts.has(byteOffset)) continue;
    seen.set(buffer, starts.add(byteOffset));
    bytes += byteLength;
  }
  return bytes;
}

function flopsOfNode(node: Node): number {
  if (node.op === null) return 0;
  const inputs = node.sources.map((source, k) => (source === null ? null : node.inputSignature(k)));
  return flopsOf(node.op, inputs, node.attributes, node.outputSignatures);
}
