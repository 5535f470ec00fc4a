import { context } from "./context.ts";
import { isFloating, noNumbers } from "./dtype.ts";
import { GraphError } from "./errors.ts";
import { watch } from "./hooks.ts";
import { rowMajor } from "./kernels/strided.ts";
import { type Forwarded, Node, type Op, type Signature, Tensor } from "./tensor.ts";

/**
 * Defines an operation; `apply` runs it.
 *
 * @example
 * // Reads the last axis backwards; its adjoint is itself.
 * const reverseOp = defineOp({
 *   name: "reverse",
 *   shape: ([x]) => x,
 *   forward: ([x]) => x.values().slice().reverse(),
 *   vjp: [(cotangent) => reverse(cotangent)],
 * });
 * const reverse = (x: Tensor): Tensor => apply(reverseOp, [x], undefined);
 * reverse(tensor([1, 2, 3])); // [3, 2, 1]
 * grad((x) => dot(reverse(x), tensor([1, 2, 3])))(zeros([3])); // [3, 2, 1]
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineOp<A = void>(op: Op<A>): Op<A> {
  return op;
}

/**
 * Applies an op with one output: computes it, and records it where gradients are tracked.
 *
 * @example
 * const doubleOp = defineOp({
 *   name: "double",
 *   shape: ([x]) => x,
 *   forward: ([x]) => x.values().map((value) => 2 * value),
 *   vjp: [(cotangent) => mul(cotangent, 2)],
 * });
 * apply(doubleOp, [tensor([1, 2])], undefined); // [2, 4]
 * grad((x) => sum(apply(doubleOp, [x], undefined)))(tensor([1, 2])); // [2, 2]
 */
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  const mapping = context.mapping?.innermostOf(inputs) ?? null;
  const signature = op.shape(inputs, attributes) as Signature;
  const output =
    mapping === null ? compute(op, inputs, attributes, signature) : mapping.run(op, inputs, attributes)[0];
  if (context.recording && tracked(inputs)) {
    const node = record(op, inputs, attributes, signature, output);
    if (node !== null && isFloating(output.dtype)) output.node = node;
  }
  if (context.anomaly !== null || watch.by?.operation) report(op as Op, mapping !== null, inputs, [output]);
  return output;
}

/**
 * Applies an op with several outputs.
 *
 * @example
 * const divmodOp = defineOp<{ by: number }>({
 *   name: "divmod",
 *   shape: ([x]) => [x, x],
 *   forward: ([x], { by }) => [x.values().map((n) => Math.floor(n / by)), x.values().map((n) => n % by)],
 *   vjp: "none",
 * });
 * applyMany(divmodOp, [tensor([7, 9])], { by: 4 }); // [[1, 2], [3, 1]]
 */
export function applyMany<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[] {
  const mapping = context.mapping?.innermostOf(inputs) ?? null;
  const signatures = op.shape(inputs, attributes) as readonly Signature[];
  const outputs =
    mapping === null
      ? (op.forward(inputs, attributes, signatures[0]) as readonly Forwarded[]).map((value, index) =>
          place(blank(signatures[index]), value, inputs),
        )
      : mapping.run(op, inputs, attributes);
  const node =
    context.recording && tracked(inputs) ? record(op, inputs, attributes, signatures, outputs[0]) : null;
  if (node !== null && op.readsOutput) node.outputs = outputs;
  outputs.forEach((output, index) => {
    if (node === null || !isFloating(output.dtype)) return;
    output.node = node;
    output.outputIndex = index;
  });
  if (context.anomaly !== null || watch.by?.operation) report(op as Op, mapping !== null, inputs, outputs);
  return outputs;
}

/** Applies an op that may have one output or several. */
export function applyAll<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[] {
  return Array.isArray(op.shape(inputs, attributes))
    ? applyMany(op, inputs, attributes)
    : [apply(op, inputs, attributes)];
}

function compute<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A, signature: Signature): Tensor {
  const output = blank(signature);
  return place(output, op.forward(inputs, attributes, output) as Forwarded, inputs);
}

const blank = ({ shape, dtype }: Signature): Tensor => new Tensor(noNumbers, shape, dtype, noStrides);
const noStrides: readonly number[] = [];

/** Gives a blank tensor its values, unless the op has put them there. */
function place(output: Tensor, value: Forwarded, inputs: readonly Tensor[]): Tensor {
  if (value === output) return output;
  if (ArrayBuffer.isView(value)) {
    output.data = value;
    output.strides = rowMajor(output.shape, inputs[0]);
  } else {
    output.data = value.data;
    output.strides = value.strides;
    output.offset = value.offset;
  }
  return output;
}

/**
 * Tells anomaly mode and observers.
 *
 * Inside vmap observers have seen the operation on all examples; what is left to tell is the node that is recorded for one.
 */
function report(op: Op, mapped: boolean, inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
  const node = outputs.find((output) => output.node !== null)?.node ?? null;
  context.anomaly?.operation(op, node, inputs, outputs);
  if (!mapped || node !== null) watch.by?.operation?.({ op, node, inputs, outputs, mapped });
}

function tracked(inputs: readonly Tensor[]): boolean {
  for (let k = 0; k < inputs.length; k++) if (inputs[k].node !== null) return true;
  return false;
}

function record<A>(
  op: Op<A>,
  inputs: readonly Tensor[],
  attributes: A,
  signature: Signature | readonly Signature[],
  output: Tensor,
): Node | null {
  const { vjp, reads } = op;
  if (vjp === "zero") return null;
  if (vjp === "none") {
    throw new GraphError(
      op.name,
      "has no derivative, and gradients flow to an input; detach the input if the result is to be a constant",
    );
  }
  const node = new Node(op, attributes, signature, context.scope, inputs);
  for (let k = 0; k < inputs.length; k++) {
    const read = reads?.[k];
    if (read === undefined || inputs[k].node === null) continue;
    for (let j = 0; j < read.length; j++) node.keep(read[j], saved(inputs[read[j]]));
  }
  if (op.readsOutput) node.output = output;
  if (context.site !== undefined) node.site = context.site;
  return node as Node;
}

/** A leaf can be bound to a new value before the rule runs: the graph keeps the present one. */
const saved = (input: Tensor): Tensor =>
  input.node !== null && input.node.op === null ? input.snapshot() : input;
