import {
  add,
  backward,
  conv2d,
  Generator,
  indexSelect,
  linear,
  matmul,
  mul,
  observe,
  parameter,
  prelu,
  randn,
  relu,
  sigmoid,
  slice,
  softplus,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  zeros,
} from "@isograd/autograd";
import { Linear, Sequential, weightNorm } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { Recorder } from "../../src/trace/recorder.ts";

const generator = new Generator(3);
const leaf = (...shape: number[]): Tensor => parameter(randn(generator, shape));
const data = (...shape: number[]): Tensor => randn(generator, shape);

/** What the recorder saw of a pass, with the inputs known or not. */
function record(f: (x: Tensor) => Tensor, x: Tensor, known = true): Recorder {
  const recorder = new Recorder(known ? [x] : []);
  const handle = observe(recorder);
  try {
    const output = f(x);
    // Where the inputs are not known, what a sweep reaches is kept, the last first.
    if (!known) backward(sum(output));
    recorder.contractions.sort((a, b) => a.index - b.index);
  } finally {
    handle.remove();
  }
  return recorder;
}

const fans = ({ contractions }: Recorder): number[][] =>
  contractions.map(({ fanIn, fanOut }) => [fanIn, fanOut]);

/** Positions of the layers that the signal of each comes from; -1 at the input. */
const below = ({ contractions }: Recorder): number[] =>
  contractions.map((contraction) => contraction.below?.index ?? -1);

describe.each([
  ["inputs known", true],
  ["inputs unknown, as while watching", false],
])("the layers of a network, %s", (_, known) => {
  it("are products with leaves, [in, out] behind the signal", () => {
    const [a, b] = [leaf(3, 5), leaf(5, 2)];
    const recorder = record((x) => matmul(tanh(matmul(x, a)), b), data(4, 3), known);
    expect(fans(recorder)).toEqual([
      [3, 5],
      [5, 2],
    ]);
    expect(below(recorder)).toEqual([-1, 0]);
    expect(recorder.contractions.map(({ weightSource }) => weightSource)).toEqual([a, b]);
    expect(recorder.contractions[0].activation?.activation.name).toBe("tanh");
    expect(recorder.contractions[1].activation).toBe(null);
  });

  it("are products with transposed leaves, as in a Linear, with their biases", () => {
    const linear = new Linear({ inFeatures: 3, outFeatures: 5, generator: generator.fork("linear") });
    const recorder = record((x) => linear.call(x), data(4, 3), known);
    expect(fans(recorder)).toEqual([[3, 5]]);
    expect(recorder.contractions[0].weightSource).toBe(linear.weight);
    expect(recorder.contractions[0].bias).toBe(linear.bias);
  });

  it("are named by their scope, else by their number", () => {
    const model = new Sequential([
      new Linear({ inFeatures: 3, outFeatures: 2, generator: generator.fork("l") }),
    ]);
    const w = leaf(2, 2);
    const recorder = record((x) => matmul(model.call(x), w), data(4, 3), known);
    expect(recorder.contractions.map(({ place }) => place)).toEqual(["layers.0", "matmul 2"]);
  });

  it("are convolutions, with weights in front: fan-in is channels times kernel", () => {
    const [weight, bias] = [leaf(6, 3, 2, 2), leaf(6)];
    const recorder = record((x) => relu(conv2d(x, weight, bias)), data(2, 3, 5, 5), known);
    expect(fans(recorder)).toEqual([[12, 6]]);
    const [contraction] = recorder.contractions;
    expect(contraction.weightFirst).toBe(true);
    expect(contraction.weightSource).toBe(weight);
    expect(contraction.bias).toBe(bias);
    expect(contraction.activation?.activation.name).toBe("relu");
  });

  it("are convolutions in groups: each sees its own channels", () => {
    const [weight, bias] = [leaf(6, 1, 2, 2), leaf(6)];
    const recorder = record((x) => conv2d(x, weight, bias, { groups: 3 }), data(2, 3, 5, 5), known);
    expect(fans(recorder)).toEqual([[4, 2]]);
    expect(recorder.contractions[0].bias).toBe(bias);
  });

  it("know the leaf behind a slice of it", () => {
    const weight = leaf(3, 10);
    const half = (x: Tensor): Tensor => matmul(x, slice(weight, 1, { start: 0, end: 5 }));
    expect(record(half, data(4, 3), known).contractions[0].weightSource).toBe(weight);
  });

  it("have no leaf of their own where weights are computed", () => {
    const weight = leaf(3, 5);
    const recorder = record((x) => matmul(x, tanh(weight)), data(4, 3), known);
    expect(fans(recorder)).toEqual([[3, 5]]);
    expect(recorder.contractions[0].weightSource).toBe(null);
    const normalised = weightNorm(
      new Linear({ inFeatures: 3, outFeatures: 5, generator: generator.fork("n") }),
    );
    const again = record((x) => normalised.call(x), data(4, 3), known);
    expect(fans(again)).toEqual([[3, 5]]);
    expect(again.contractions[0].weightSource).toBe(null);
  });

  it("are not the products of two signals, as in attention, but the signal goes on", () => {
    const [q, k, out] = [leaf(3, 3), leaf(3, 3), leaf(4, 2)];
    const recorder = record(
      (x) => matmul(matmul(matmul(x, q), transpose(matmul(x, k))), out),
      data(4, 3),
      known,
    );
    expect(fans(recorder)).toEqual([
      [3, 3],
      [3, 3],
      [4, 2],
    ]);
    expect(recorder.contractions[2].below).not.toBe(null);
    expect(recorder.contractions.map(({ feeds }) => feeds)).toEqual([true, true, false]);
  });

  it("are not the products with constants, as over the edges of a graph", () => {
    const [edges, weight, next] = [data(4, 4), leaf(3, 5), leaf(5, 2)];
    const recorder = record((x) => matmul(matmul(edges, matmul(x, weight)), next), data(4, 3), known);
    expect(fans(recorder)).toEqual([
      [3, 5],
      [5, 2],
    ]);
    expect(below(recorder)).toEqual([-1, 0]);
  });

  it("go on through frozen weights", () => {
    const [a, frozen, b] = [leaf(3, 5), data(5, 5), leaf(5, 2)];
    const recorder = record((x) => matmul(matmul(matmul(x, a), frozen), b), data(4, 3), known);
    expect(fans(recorder)).toEqual([
      [3, 5],
      [5, 2],
    ]);
    expect(below(recorder)).toEqual([-1, 0]);
  });

  it("follow a recurrent weight through time, in whatever order the summands come", () => {
    const [input, hidden] = [leaf(3, 5), leaf(5, 5)];
    const run =
      (flipped: boolean) =>
      (x: Tensor): Tensor => {
        let state = tanh(matmul(x, input));
        for (let t = 1; t < 4; t++) {
          const [now, before] = [matmul(x, input), matmul(state, hidden)];
          state = tanh(flipped ? add(before, now) : add(now, before));
        }
        return state;
      };
    for (const flipped of [false, true]) {
      const { contractions } = record(run(flipped), data(4, 3), known);
      const deepest = contractions.reduce((a, b) => (b.depth > a.depth ? b : a));
      expect(deepest.weightSource).toBe(hidden);
      expect(deepest.depth).toBe(4);
      expect(deepest.below?.weightSource).toBe(hidden);
    }
  });

  it("take the branch of a residual block for the way down, and mark the shortcut's layer as feeding", () => {
    const [stem, inner, head] = [leaf(3, 3), leaf(3, 3), leaf(3, 2)];
    const recorder = record(
      (x) => {
        const h = matmul(x, stem);
        return matmul(add(relu(matmul(h, inner)), h), head);
      },
      data(4, 3),
      known,
    );
    expect(below(recorder)).toEqual([-1, 0, 1]);
    expect(recorder.contractions.map(({ feeds }) => feeds)).toEqual([true, true, false]);
  });

  it("keep activations of weights apart from units", () => {
    const [rough, weight] = [leaf(3, 5), leaf(5, 2)];
    const recorder = record((x) => matmul(sigmoid(matmul(x, softplus(rough))), weight), data(4, 3), known);
    expect(recorder.activations.map(({ activation }) => activation.name)).toEqual(["sigmoid"]);
  });

  it("carry the parameters of an activation", () => {
    const [weight, slope] = [leaf(3, 5), parameter(0.3)];
    const recorder = record((x) => prelu(matmul(x, weight), slope), data(4, 3), known);
    expect(recorder.activations[0].inputs[1]).toBe(slope);
    expect(recorder.activations[0].contraction).toBe(recorder.contractions[0]);
  });

  it("see the rows of a table, looked up by whole numbers, as signal", () => {
    const [table, weight] = [leaf(7, 3), leaf(3, 2)];
    const recorder = record(
      (x) => matmul(indexSelect(table, 0, x), weight),
      tensor(Int32Array.of(0, 3, 3)),
      known,
    );
    expect(fans(recorder)).toEqual([[3, 2]]);
    expect(recorder.contractions[0].weightFirst).toBe(false);
  });
});

it("takes masked weights for weights and a constant beside weights for signal, where the inputs are known", () => {
  const [weight, mask, state] = [leaf(3, 5), data(3, 5), zeros([4, 3])];
  expect(fans(record((x) => matmul(x, mul(weight, mask)), data(4, 3)))).toEqual([[3, 5]]);
  const recorder = record(() => matmul(state, weight), data(4, 3));
  expect(fans(recorder)).toEqual([[3, 5]]);
  expect(recorder.contractions[0].signal).toBe(state);
});

it("takes a bias only where it has one number a unit", () => {
  const [weight, position] = [leaf(3, 5), leaf(4, 5)];
  expect(record((x) => add(matmul(x, weight), position), data(4, 3)).contractions[0].bias).toBe(null);
});

it("what a layer adds to its product flows on through it, as the inputs of a recurrent layer do", () => {
  const [toHidden, recurrent] = [leaf(4, 3), leaf(4, 4)];
  const { contractions } = record(
    (x) => {
      const fromInputs = linear(x, toHidden);
      const hidden = tanh(linear(zeros([2, 4]), recurrent, fromInputs));
      return linear(hidden, recurrent, fromInputs);
    },
    data(2, 3),
  );
  expect(contractions.map(({ feeds, depth }) => [feeds, depth])).toEqual([
    [true, 1],
    [true, 1],
    [false, 2],
  ]);
});
