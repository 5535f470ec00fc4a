import "@isograd/autograd/vitest";
import {
  backward,
  concat,
  flip,
  fromData,
  Generator,
  mapTree,
  narrow,
  parameter,
  randn,
  select,
  stopGradient,
  sum,
  type Tensor,
  transpose,
  vmap,
  zeros,
} from "@isograd/autograd";
import { GRU, LSTM, type LSTMState, RNN, setSeed, weightNorm } from "@isograd/nn";
import { beforeEach, describe, expect, it } from "vitest";

const sizes = { inputSize: 2, hiddenSize: 3, dtype: "f64" } as const;
const draw = (...shape: number[]): Tensor => randn(new Generator(shape.join()), shape, "f64");

beforeEach(() => setSeed(4));

const table = [
  ["RNN", (options: object) => new RNN({ ...sizes, ...options })],
  ["LSTM", (options: object) => new LSTM({ ...sizes, ...options })],
  ["GRU", (options: object) => new GRU({ ...sizes, ...options })],
] as const;

describe.each(table)("%s", (_, make) => {
  it("takes the steps that its cell takes one by one", () => {
    const layer = make({}) as GRU;
    const x = draw(4, 2, 2);
    const { output, state } = layer.call(x);
    const [{ forward: cell }] = layer.layers;
    let present: unknown = null;
    for (let step = 0; step < 4; step++) {
      present = cell.call(select(x, 0, step), present as Tensor);
      expect(select(output, 0, step)).toBeCloseToTensor(cell.partsOf(present as Tensor)[0]);
    }
    const last = layer.layers[0].forward.partsOf(state);
    expect(last.map((part) => select(part, 0, 0).toArray())).toEqual(
      cell.partsOf(present as Tensor).map((part) => part.toArray()),
    );
  });

  it.each([{}, { bidirectional: true, numLayers: 2 }])(
    "makes of sequences of several lengths what it makes of each alone: %j",
    (options) => {
      const layer = make(options) as GRU;
      const lengths = [2, 4, 1, 4, 3];
      const x = draw(5, 5, 2);
      const { output, state } = layer.call(x, null, { lengths });
      lengths.forEach((length, k) => {
        const alone = layer.call(narrow(select(x, 1, k), 0, 0, length));
        const here = select(output, 1, k);
        expect(narrow(here, 0, 0, length)).toBeCloseToTensor(alone.output);
        expect(narrow(here, 0, length, 5 - length).toArray()).toEqual(
          zeros([5 - length, here.shape[1]]).toArray(),
        );
        const parts = layer.layers[0].forward.partsOf(state);
        layer.layers[0].forward.partsOf(alone.state).forEach((part, at) => {
          expect(select(parts[at], 1, k)).toBeCloseToTensor(part);
        });
      });
    },
  );

  it("takes lengths as a tensor, too", () => {
    const layer = make({}) as GRU;
    const [x, lengths] = [draw(3, 2, 2), [1, 3]];
    const listed = layer.call(x, null, { lengths });
    const held = layer.call(x, null, { lengths: fromData(Int32Array.from(lengths), [2]) });
    expect(held.output.toArray()).toEqual(listed.output.toArray());
    expect(listed.output.toArray()).not.toEqual(layer.call(x).output.toArray());
  });

  it("does not read what stands behind the ends, in neither direction of the sweep", () => {
    const layer = make({ bidirectional: true });
    const values = draw(3, 2, 2).values().slice();
    values.fill(Number.NaN, 10); // the last step of the second sequence
    const x = parameter(fromData(values, [3, 2, 2]));
    const { output } = layer.call(x, null, { lengths: [3, 2] });
    backward(sum(output));
    for (const { grad } of [...layer.parameters(), x])
      expect(grad?.values().every(Number.isFinite)).toBe(true);
    expect(x.grad?.values().slice(10)).toEqual(new Float64Array(2));
  });

  it("goes on from a state as if it had never stopped", () => {
    const layer = make({ numLayers: 2 }) as GRU;
    const x = draw(5, 2, 2);
    const whole = layer.call(x);
    const first = layer.call(narrow(x, 0, 0, 2));
    const second = layer.call(narrow(x, 0, 2, 3), first.state);
    expect(concat([first.output, second.output])).toBeCloseToTensor(whole.output);
    const { partsOf } = layer.layers[0].forward;
    partsOf(second.state).forEach((part, k) => {
      expect(part).toBeCloseToTensor(partsOf(whole.state)[k]);
    });
  });

  it("sends no gradient through a state without its history", () => {
    const layer = make({}) as GRU;
    const x = parameter(draw(3, 2, 2));
    const { state } = layer.call(x);
    const cut = mapTree(state, stopGradient);
    backward(sum(layer.call(draw(3, 2, 2), cut).output));
    expect(x.grad).toBeNull();
    backward(sum(layer.call(draw(3, 2, 2), state).output));
    expect(x.grad).not.toBeNull();
  });

  it("goes backwards as it goes forwards through what is turned round", () => {
    const layer = make({ bidirectional: true }) as GRU;
    const [{ forward, reverse }] = layer.layers;
    const x = draw(4, 2, 2);
    const before = layer.call(x).output;
    const [toForward, toReverse] = [forward.parameters(), reverse?.parameters() ?? []];
    toForward.forEach((tensor, k) => {
      const value = tensor.detach();
      tensor.assign(toReverse[k].detach());
      toReverse[k].assign(value);
    });
    const after = flip(layer.call(flip(x, 0)).output, 0);
    expect(concat([narrow(after, 2, 3, 3), narrow(after, 2, 0, 3)], 2)).toBeCloseToTensor(before);
  });

  it("takes and gives batches first, and single sequences", () => {
    const x = draw(4, 3, 2);
    setSeed(4);
    const layer = make({ bidirectional: true }) as GRU;
    setSeed(4);
    const first = make({ bidirectional: true, batchFirst: true }) as GRU;
    const { output, state } = layer.call(x);
    const turned = first.call(transpose(x, 0, 1));
    expect(transpose(turned.output, 0, 1).toArray()).toEqual(output.toArray());
    expect(layer.layers[0].forward.partsOf(turned.state).map((part) => part.toArray())).toEqual(
      layer.layers[0].forward.partsOf(state).map((part) => part.toArray()),
    );
    for (const one of [layer, first]) {
      const alone = one.call(select(x, 1, 2));
      expect(alone.output).toBeCloseToTensor(select(output, 1, 2));
      expect(one.call(select(x, 1, 2), alone.state).output.shape).toEqual([4, 6]);
    }
  });

  it("is mapped over examples by vmap, its cell too", () => {
    const layer = make({ numLayers: 2 }) as GRU;
    const x = draw(4, 3, 2);
    const mapped = vmap((one: Tensor) => layer.call(one).output, { inAxes: 1, outAxes: 1 })(x);
    expect(mapped).toBeCloseToTensor(layer.call(x).output);
    const [{ forward: cell }] = layer.layers;
    const rows = draw(3, 2);
    const next = vmap((row: Tensor) => cell.partsOf(cell.call(row))[0])(rows);
    expect(next).toBeCloseToTensor(cell.partsOf(cell.call(rows))[0]);
  });

  it("drops elements between layers, in training alone", () => {
    const dropping = make({ numLayers: 2, dropout: 0.5, generator: new Generator(1) }) as GRU;
    const plain = make({ numLayers: 2, generator: new Generator(1) }) as GRU;
    const x = draw(4, 3, 2);
    const kept = plain.call(x).output.toArray();
    expect(dropping.call(x).output.toArray()).not.toEqual(kept);
    expect(dropping.eval().call(x).output.toArray()).toEqual(kept);
    const single = make({ dropout: 0.5, generator: new Generator(1) }) as GRU;
    const alone = make({ generator: new Generator(1) }) as GRU;
    expect(single.call(x).output.toArray()).toEqual(alone.call(x).output.toArray());
    const all = make({ numLayers: 2, dropout: 1, generator: new Generator(1) }) as GRU;
    expect(all.call(x).output.toArray()).toEqual(all.call(draw(4, 3, 2)).output.toArray());
  });

  it("computes a weight that is computed once for all steps", () => {
    const layer = make({}) as GRU;
    const before = layer.call(draw(4, 2, 2)).output;
    weightNorm(layer.layers[0].forward as never, { name: "hiddenWeight" });
    let computed = 0;
    const { parametrizations } = layer.layers[0].forward as never as {
      parametrizations: { hiddenWeight: { forward(): Tensor } };
    };
    const { hiddenWeight } = parametrizations;
    const forward = hiddenWeight.forward.bind(hiddenWeight);
    hiddenWeight.forward = () => {
      computed++;
      return forward();
    };
    expect(layer.call(draw(4, 2, 2)).output).toBeCloseToTensor(before);
    expect(computed).toBe(1);
  });

  it("computes in single precision what it computes in double", () => {
    const layer = make({ numLayers: 2, bidirectional: true }) as GRU;
    const single = make({ numLayers: 2, bidirectional: true, dtype: "f32" }) as GRU;
    single.parameters().forEach((tensor, k) => {
      tensor.assign(fromData(Float32Array.from(layer.parameters()[k].values()), tensor.shape));
    });
    const x = draw(4, 2, 2);
    const { output } = single.call(fromData(Float32Array.from(x.values()), x.shape));
    expect(output.dtype).toBe("f32");
    expect(fromData(Float64Array.from(output.values()), output.shape)).toBeCloseToTensor(
      layer.call(x).output,
      {
        relative: 1e-5,
        absolute: 1e-6,
      },
    );
  });

  it("takes an empty batch", () => {
    const { output } = (make({}) as GRU).call(zeros([3, 0, 2], "f64"));
    expect(output.shape).toEqual([3, 0, 3]);
  });
});

describe("errors", () => {
  const lstm = new LSTM({ ...sizes, numLayers: 2 });
  const state = (...shape: number[]): LSTMState => ({ hidden: draw(...shape), cell: draw(...shape) });
  const said = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return (error as Error).message;
    }
    return "nothing";
  };

  it("name the layer, the rule and what came", () => {
    expect([
      said(() => lstm.call(draw(4, 3, 5))),
      said(() => new GRU({ ...sizes, batchFirst: true }).call(draw(2))),
      said(() => lstm.call(zeros([0, 3, 2], "f64"))),
      said(() => lstm.call(draw(4, 3, 2), state(1, 3, 3))),
      said(() => lstm.call(draw(4, 2), state(2, 1, 3))),
      said(() => lstm.call(draw(4, 3, 2), null, { lengths: [4, 5, 1] })),
      said(() => lstm.call(draw(4, 3, 2), null, { lengths: [4, 0, 1] })),
      said(() => lstm.call(draw(4, 3, 2), null, { lengths: [4] })),
      said(() => new LSTM({ ...sizes, projSize: 3 })),
      said(() => new LSTM({ ...sizes, forgetBias: 1, bias: false })),
      said(() => new LSTM({ ...sizes, numLayers: 0 })),
      said(() => new RNN({ inputSize: 0, hiddenSize: 3 })),
      said(() => new RNN({ inputSize: 2, hiddenSize: 1.5 })),
      said(() => new RNN({ ...sizes, dropout: 2 })),
    ]).toMatchInlineSnapshot(`
      [
        "LSTM: expected sequences [time, batch, 2] or [time, 2] of at least one step, got [4, 3, 5]",
        "GRU: expected sequences [batch, time, 2] or [time, 2] of at least one step, got [2]",
        "LSTM: expected sequences [time, batch, 2] or [time, 2] of at least one step, got [0, 3, 2]",
        "LSTM: expected a state [2, 3, 3], got [1, 3, 3]",
        "LSTM: expected a state [2, 3], got [2, 1, 3]",
        "LSTM: expected 3 lengths within [1, 4], got [4, 5, 1]",
        "LSTM: expected 3 lengths within [1, 4], got [4, 0, 1]",
        "LSTM: expected 3 lengths within [1, 4], got [4]",
        "LSTMCell: expected a projSize below hiddenSize, or 0, got 3",
        "LSTMCell: expected no forgetBias where there are no biases, got 1",
        "LSTM: expected numLayers to be a positive integer, got 0",
        "RNN: expected inputSize to be a positive integer, got 0",
        "RNNCell: expected hiddenSize to be a positive integer, got 1.5",
        "Dropout: expected a probability within [0, 1], got 2",
      ]
    `);
  });
});
