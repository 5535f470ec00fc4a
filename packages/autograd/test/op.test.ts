import { describe, expect, it } from "vitest";
import {
  add,
  apply,
  applyMany,
  argmax,
  backward,
  cast,
  defineOp,
  eq,
  expand,
  floor,
  GraphError,
  gradients,
  mul,
  noGrad,
  type Op,
  observe,
  parameter,
  round,
  sign,
  sum,
  type Tensor,
  tensor,
} from "../src/index.ts";

describe("recording", () => {
  it("happens where an operand is tracked", () => {
    expect(mul(tensor([1]), tensor([2])).node).toBeNull();
    const w = parameter([1]);
    const y = mul(w, tensor([2]));
    expect(y.node).toMatchObject({ op: { name: "mul" }, sources: [w.node, null], freed: false });
    expect(noGrad(() => mul(w, 2)).node).toBeNull();
  });

  it("numbers nodes in order of creation", () => {
    const w = parameter([1]);
    const [a, b] = [mul(w, 2), mul(w, 3)];
    expect((a.node as { id: number }).id).toBeLessThan((b.node as { id: number }).id);
    expect((w.node as { id: number }).id).toBeLessThan((a.node as { id: number }).id);
  });

  it("keeps only what the rules read", () => {
    const [w, v] = [parameter([1]), parameter([2])];
    expect(add(w, v).node?.inputs).toEqual([]);
    const product = mul(w, tensor([7])).node;
    // The rule of the constant never runs: the tracked operand need not stay.
    expect(product?.inputs[0]).toBeUndefined();
    expect(product?.inputs[1].toArray()).toEqual([7]);
    expect(mul(w, v).node?.inputs.map((x) => x.toArray())).toEqual([[1], [2]]);
  });

  it("gives no gradient to whole numbers, and none through what is piecewise constant", () => {
    const w = parameter([1.4, -0.6]);
    for (const y of [floor(w), round(w), sign(w), eq(w, 1), argmax(w), cast(w, "i32")])
      expect(y.requiresGrad).toBe(false);
    const y = sum(mul(w, floor(w)));
    backward(y);
    expect(w.grad?.toArray()).toEqual([1, -1]);
  });

  it("refuses to lose a gradient in silence", () => {
    const opaque = defineOp({
      name: "opaque",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x]) => x.values(),
      vjp: "none",
    });
    expect(apply(opaque, [tensor([1])], undefined).toArray()).toEqual([1]);
    expect(() => apply(opaque, [parameter([1])], undefined)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: opaque: has no derivative, and gradients flow to an input; detach the input if the result is to be a constant]`,
    );
    expect(apply(opaque, [parameter([1]).detach()], undefined).requiresGrad).toBe(false);
    expect(noGrad(() => apply(opaque, [parameter([1])], undefined)).toArray()).toEqual([1]);
    expect(() => apply(opaque, [parameter([1])], undefined)).toThrow(GraphError);
  });
});

/** Sum and difference of two numbers at once. */
const sumAndDifference: Op<void> = defineOp({
  name: "sumAndDifference",
  shape: ([a]) => [
    { shape: a.shape, dtype: a.dtype },
    { shape: a.shape, dtype: a.dtype },
  ],
  forward: ([a, b]) => [
    a.values().map((value, k) => value + b.values()[k]),
    a.values().map((value, k) => value - b.values()[k]),
  ],
  vjp: [
    (_, node, [s, d]) => combine(s, d, 1, node.inputSignature(0).shape),
    (_, node, [s, d]) => combine(s, d, -1, node.inputSignature(1).shape),
  ],
});

function combine(s: Tensor | null, d: Tensor | null, factor: number, shape: readonly number[]): Tensor {
  const zero = expand(tensor(0), shape);
  return add(s ?? zero, mul(d ?? zero, factor));
}

describe("several outputs", () => {
  const call = (a: Tensor, b: Tensor) => applyMany(sumAndDifference, [a, b], undefined);

  it("share a node, each with its own cotangent", () => {
    const [a, b] = [parameter([5, 1]), parameter([2, 2])];
    const [s, d] = call(a, b);
    expect([s.toArray(), d.toArray()]).toEqual([
      [7, 3],
      [3, -1],
    ]);
    expect([s.node === d.node, s.outputIndex, d.outputIndex]).toEqual([true, 0, 1]);
    backward(sum(add(mul(s, 10), d)));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([
      [11, 11],
      [9, 9],
    ]);
  });

  it("may be used one alone, the first or another", () => {
    const [a, b] = [parameter([5]), parameter([2])];
    backward(sum(call(a, b)[1]));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([[1], [-1]]);
    backward(sum(call(a, b)[0]));
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([[2], [0]]);
  });

  it("chain: an output that is not the first feeds the next node", () => {
    const [a, b] = [parameter([5]), parameter([2])];
    const [, d] = call(a, b);
    const [, dd] = call(d, mul(a, 2));
    expect(dd.toArray()).toEqual([-7]);
    backward(dd);
    expect([a.grad?.toArray(), b.grad?.toArray()]).toEqual([[-1], [-1]]);
  });
});

describe("an op of one's own", () => {
  it("takes attributes, saves what its rule reads, and is seen by observers", () => {
    const power: Op<{ readonly n: number }> = defineOp<{ readonly n: number }>({
      name: "power",
      shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
      forward: ([x], { n }) => x.values().map((value) => value ** n),
      vjp: [(g, { inputs: [x], attributes: { n } }) => mul(g, mul(n, apply(power, [x], { n: n - 1 })))],
      reads: [[0]],
    });
    const seen: string[] = [];
    using _ = observe({
      operation: ({ op, node, inputs, outputs }) =>
        seen.push(`${op.name} ${node !== null} ${inputs.length} ${outputs.length}`),
    });
    const w = parameter([2]);
    const y = apply(power, [w], { n: 3 });
    backward(y, { createGraph: true });
    expect(w.grad?.toArray()).toEqual([12]);
    expect(seen[0]).toBe("power true 1 1");
    const second = gradients(w.grad as Tensor, [w])[0];
    expect(second.toArray()).toEqual([12]);
  });
});
