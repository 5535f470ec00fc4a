import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  type Cotangents,
  GraphError,
  gradients,
  mul,
  type Node,
  neg,
  onGradient,
  onNode,
  parameter,
  sin,
  square,
  sum,
  type Tensor,
  tensor,
} from "../../src/index.ts";
import { halves } from "../graph/halves.ts";

const nodeOf = (x: Tensor): Node => x.node as Node;
const scaled =
  (factor: number) =>
  (cotangents: Cotangents): Cotangents =>
    cotangents.map((g) => (g === null ? null : mul(g, factor)));

describe("calls before the rule", () => {
  it("replace the cotangents of the outputs, each seeing what the one before made of them", () => {
    const w = parameter([2]);
    const y = square(w);
    const seen: unknown[] = [];
    onNode(nodeOf(y), { before: scaled(10) });
    onNode(nodeOf(y), {
      before: (cotangents) => {
        seen.push(cotangents[0]?.toArray());
        return scaled(3)(cotangents);
      },
    });
    onGradient(y, (g) => add(g, 1));
    backward(sum(y));
    expect(seen).toEqual([[20]]);
    expect(w.grad?.toArray()).toEqual([2 * 10 * 3 * 4]);
  });

  it("may make all of them zero: no rule runs then, and nothing arrives", () => {
    const w = parameter([2]);
    const y = square(w);
    onNode(nodeOf(y), { before: () => [null] });
    expect(gradients(sum(y), [w], { unused: "zero" })[0].toArray()).toEqual([0]);
    expect(() => gradients(sum(mul(y, 1)), [w], { unused: "error" })).toThrow(GraphError);
  });

  it("find one cotangent an output, and may fill in one that did not come", () => {
    const w = parameter([1, 2, 3, 4]);
    const [low, high] = halves(w);
    const seen: unknown[] = [];
    onNode(nodeOf(low), {
      before: ([first, second]) => {
        seen.push(first, second?.toArray());
        return [tensor([7, 8]), second];
      },
    });
    backward(sum(mul(high, 5)));
    expect(seen).toEqual([null, [5, 5]]);
    expect(w.grad?.toArray()).toEqual([7, 8, 5, 5]);
  });
});

describe("calls after the rule", () => {
  it("replace the cotangents of the inputs, and see those of the outputs", () => {
    const [w, v] = [parameter([2]), parameter([5])];
    const y = mul(w, v);
    onNode(nodeOf(y), {
      after: (inputs, [output]) => [inputs[1], mul(output as Tensor, 100)],
    });
    backward(sum(mul(y, 3)));
    expect([w.grad?.toArray(), v.grad?.toArray()]).toEqual([[6], [300]]);
  });

  it("may stop a cotangent", () => {
    const [w, v] = [parameter([2]), parameter([5])];
    const y = mul(w, v);
    onNode(nodeOf(y), { after: ([first]) => [first, null] });
    backward(sum(y));
    expect([w.grad?.toArray(), v.grad]).toEqual([[5], null]);
  });

  it("are not asked for what nobody wants", () => {
    const [w, v] = [parameter([2]), parameter([5])];
    const y = mul(w, v);
    const seen: unknown[] = [];
    onNode(nodeOf(y), {
      after: (cotangents) => {
        seen.push(cotangents.map((g) => g?.item() ?? null));
        return [tensor([9]), tensor([9])];
      },
    });
    expect(gradients(sum(y), [w])[0].toArray()).toEqual([9]);
    expect(seen).toEqual([[5, null]]);
  });
});

describe("on leaves", () => {
  it("stand around the addition to the gradient", () => {
    const w = parameter([1]);
    const calls: unknown[] = [];
    onNode(nodeOf(w), {
      before: ([g]) => {
        calls.push("before", w.grad);
        return [neg(g as Tensor)];
      },
      after: (inputs, [g]) => {
        calls.push("after", inputs, g?.toArray(), w.grad?.toArray());
      },
    });
    backward(sum(mul(w, 4)));
    expect(calls).toEqual(["before", null, "after", [], [-4], [-4]]);
    expect(gradients(sum(mul(w, 4)), [w])[0].toArray()).toEqual([4]);
    expect(calls).toHaveLength(6);
  });
});

describe("replacements must fit", () => {
  const w = parameter([1, 2]);
  const sweepWith = (calls: Parameters<typeof onNode>[1]) => () => {
    const y = mul(w, tensor([3, 4]));
    onNode(nodeOf(y), calls);
    backward(sum(y));
  };

  it("in shape and element type", () => {
    expect(sweepWith({ before: ([g]) => [sum(g as Tensor)] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: onNode, before: expected the hook on mul to keep the shape, got [2] and []]`,
    );
    expect(
      sweepWith({ after: () => [tensor([1, 2], { dtype: "f64" }), null] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: onNode, after: expected the hook on mul to keep the element type, got f32 and f64]`,
    );
  });

  it("in number", () => {
    expect(sweepWith({ before: () => [] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onNode, before: expected the hook on mul to return an array of 1, each a cotangent or null for zero, got []]`,
    );
    expect(sweepWith({ after: ([g]) => [g] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onNode, after: expected the hook on mul to return an array of 2, each a cotangent or null for zero, got [Tensor]]`,
    );
  });

  it("and be tensors, null, or nothing at all", () => {
    expect(sweepWith({ before: () => [1 as unknown as Tensor] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onNode, before: expected the hook on mul to return a tensor or nothing, got 1]`,
    );
    expect(
      sweepWith({ before: (async () => {}) as unknown as () => undefined }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onNode, before: expected the hook on mul to return an array of 1, each a cotangent or null for zero, got Promise]`,
    );
    const y = mul(w, 2);
    onGradient(y, (() => 3) as unknown as () => undefined);
    expect(() => backward(sum(y))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onGradient: expected the hook on mul to return a tensor or nothing, got 3]`,
    );
  });

  it("and go where gradients flow", () => {
    expect(sweepWith({ after: ([g]) => [g, g] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onNode, after: expected null from the hook on mul for input 1, to which no gradient flows, got Tensor]`,
    );
  });
});

it("scaling at every node scales the gradient by the product, whichever call scales", () => {
  const factor = fc.integer({ min: -3000, max: 3000 }).map((n) => n / 1000);
  fc.assert(
    fc.property(fc.array(fc.tuple(factor, factor, factor), { minLength: 1, maxLength: 6 }), (factors) => {
      const w = parameter([0.4, -1.3], { dtype: "f64" });
      const build = (): Tensor[] => {
        const chain = [w];
        for (const _ of factors) chain.push(sin(chain[chain.length - 1]));
        return chain.slice(1);
      };
      const plain = build();
      const [wanted] = gradients(sum(plain[plain.length - 1]), [w]);
      const hooked = build();
      factors.forEach(([tensorHook, before, after], k) => {
        onGradient(hooked[k], (g) => mul(g, tensorHook));
        onNode(nodeOf(hooked[k]), { before: scaled(before), after: scaled(after) });
      });
      const [found] = gradients(sum(hooked[hooked.length - 1]), [w]);
      const product = factors.flat().reduce((a, b) => a * b, 1);
      for (const k of [0, 1]) expect(found.values()[k]).toBeCloseTo(wanted.values()[k] * product, 9);
    }),
    { numRuns: 30 },
  );
});
