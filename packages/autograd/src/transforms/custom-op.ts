import { noGrad, renewed } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { apply, defineOp } from "../op.ts";
import { sum } from "../ops/reductions/reduce.ts";
import { type Op, Tensor } from "../tensor.ts";
import { jointRule } from "./joint-rule.ts";
import { vmap } from "./vmap.ts";

export interface CustomOp {
  /** In errors, graphs and hooks. */
  readonly name: string;
  /** The value, by whatever operations: they are not recorded. */
  readonly forward: (...inputs: Tensor[]) => Tensor;
  /**
   * The cotangents of the inputs from that of the output, null for zero; for derivatives of higher order in differentiable operations.
   */
  readonly vjp: (cotangent: Tensor, inputs: readonly Tensor[], output: Tensor) => readonly (Tensor | null)[];
}

interface Call {
  /** What was computed to learn its shape, until `forward` takes it. */
  ahead: Tensor | null;
}

/**
 * A function of tensors with a gradient of one's own: for a formula that is stabler or cheaper than the derived one, or on purpose another.
 *
 * It works under every transform. To make an operation of numbers rather than of other operations, use `defineOp`.
 *
 * @throws ArgumentError, when it is called, if `forward` does not return a tensor
 * @see jax.custom_vjp; torch.autograd.Function
 * @example
 * // Passes the gradient through a step, as if it were not there.
 * const hardSign = customOp({ name: "hardSign", forward: (x) => sign(x), vjp: (cotangent) => [cotangent] });
 * grad((x) => sum(hardSign(x)))(tensor([-3, 2])); // [1, 1]
 */
export function customOp(definition: CustomOp): (...inputs: Tensor[]) => Tensor {
  const ops = new Map<number, Op<Call>>();
  return (...inputs) => {
    const op = ops.get(inputs.length) ?? opOf(definition, inputs.length);
    ops.set(inputs.length, op);
    return apply(op, inputs, { ahead: null });
  };
}

function opOf(definition: CustomOp, arity: number): Op<Call> {
  const { name, vjp } = definition;
  const everything = Array.from({ length: arity }, (_, position) => position);
  return defineOp<Call>({
    name,
    shape: (inputs, call) => {
      call.ahead ??= computed(definition, inputs as readonly Tensor[]);
      return { shape: call.ahead.shape, dtype: call.ahead.dtype };
    },
    forward: (inputs, call) => {
      const value = call.ahead ?? computed(definition, inputs);
      call.ahead = null;
      return value;
    },
    vjp: jointRule((node, cotangents) => vjp(cotangents[0] as Tensor, node.inputs, node.output)),
    batch: (inputs, mapped) => customOp(forExamples(definition, mapped))(...inputs),
    reads: everything.map(() => everything),
    readsOutput: true,
  });
}

function computed({ name, forward }: CustomOp, inputs: readonly Tensor[]): Tensor {
  const value: unknown = noGrad(() => forward(...inputs.map(renewed)));
  if (value instanceof Tensor) return value;
  throw new ArgumentError(name, "expected a forward function that returns a tensor", value);
}

/** The same for many examples at once; an input that is the same for all gathers the cotangents of all. */
function forExamples({ name, forward, vjp }: CustomOp, mapped: readonly boolean[]): CustomOp {
  const inAxes = mapped.map((along) => (along ? 0 : null));
  const pull = vmap(
    (cotangent: Tensor, output: Tensor, ...inputs: Tensor[]) => vjp(cotangent, inputs, output),
    { inAxes: [0, 0, ...inAxes] },
  );
  return {
    name,
    forward: vmap(forward, { inAxes }),
    vjp: (cotangent, inputs, output) =>
      pull(cotangent, output, ...inputs).map((part, k) =>
        part === null || mapped[k] ? part : sum(part, { axis: 0 }),
      ),
  };
}
