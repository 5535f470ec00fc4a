import "@isograd/autograd/vitest";
import {
  eye,
  fromData,
  Generator,
  matmul,
  randn,
  relu,
  select,
  type Tensor,
  tanh,
  transpose,
  zeros,
} from "@isograd/autograd";
import {
  constant,
  GRUCell,
  heUniform,
  initialize,
  LSTMCell,
  orthogonal,
  RNNCell,
  setSeed,
  xavierUniform,
} from "@isograd/nn";
import { beforeEach, describe, expect, it } from "vitest";

const sizes = { inputSize: 5, hiddenSize: 4, dtype: "f64" } as const;
const draw = (...shape: number[]): Tensor => randn(new Generator(shape.join()), shape, "f64");

beforeEach(() => setSeed(2));

const table = [
  ["RNNCell", 1, (options: object) => new RNNCell({ ...sizes, ...options })],
  ["LSTMCell", 4, (options: object) => new LSTMCell({ ...sizes, ...options })],
  ["GRUCell", 3, (options: object) => new GRUCell({ ...sizes, ...options })],
] as const;

/** The parts of a weight that belong to the gates. */
const gatesOf = (weight: Tensor): Tensor[] => {
  const [rows, features] = weight.shape;
  const values = weight.values();
  return Array.from({ length: rows / 4 }, (_, gate) =>
    fromData(values.slice(4 * gate * features, 4 * (gate + 1) * features), [4, features]),
  );
};

const largest = (tensor: Tensor): number => Math.max(...tensor.values().map(Math.abs));

describe.each(table)("%s", (_, gates, make) => {
  it("begins uniform within 1/√hiddenSize, as PyTorch does", () => {
    const cell = make({});
    expect(cell.inputWeight.shape).toEqual([4 * gates, 5]);
    expect(cell.hiddenWeight.shape).toEqual([4 * gates, 4]);
    for (const tensor of cell.parameters()) {
      expect(largest(tensor)).toBeLessThan(0.5);
      expect(largest(tensor)).toBeGreaterThan(0.25);
    }
  });

  it("draws each gate by itself, with its own fans", () => {
    const cell = make({
      weightInit: xavierUniform(),
      hiddenInit: orthogonal(),
      biasInit: heUniform({ gain: 1 }),
    });
    const bound = Math.sqrt(6 / (5 + 4));
    expect(largest(cell.inputWeight)).toBeLessThan(bound);
    expect(largest(cell.inputWeight)).toBeGreaterThan(0.85 * bound);
    expect(largest(cell.inputBias as Tensor)).toBeLessThan(Math.sqrt(3 / 5));
    const every = gatesOf(cell.hiddenWeight);
    expect(every.length).toBe(gates);
    for (const gate of every) expect(matmul(gate, transpose(gate))).toBeCloseToTensor(eye(4, "f64"));
    expect(new Set(every.map((gate) => gate.values()[0])).size).toBe(gates);
  });

  it("begins anew gate by gate, too", () => {
    const cell = make({});
    initialize(cell, { seed: 3, weight: orthogonal(), bias: constant(0.5) });
    for (const gate of [...gatesOf(cell.hiddenWeight), ...gatesOf(cell.inputWeight)])
      expect(matmul(gate, transpose(gate))).toBeCloseToTensor(eye(4, "f64"));
    expect(new Set(cell.hiddenBias?.values())).toEqual(new Set([0.5]));
  });

  it("takes rows and single inputs, with and without a state", () => {
    const cell = make({}) as GRUCell;
    const [x, more] = [draw(3, 5), draw(3, 5).detach()];
    const state = cell.call(x);
    const next = cell.partsOf(cell.call(more, state));
    const alone = cell.call(
      select(more, 0, 1),
      cell.stateOf(cell.partsOf(state).map((part) => select(part, 0, 1))),
    );
    cell.partsOf(alone).forEach((part, k) => {
      expect(part.shape).toEqual([4]);
      expect(part).toBeCloseToTensor(select(next[k], 0, 1));
    });
    const nothing = cell.stateOf(cell.widths.map((width) => zeros([3, width], "f64")));
    expect(cell.partsOf(cell.call(x, nothing)).map((part) => part.toArray())).toEqual(
      cell.partsOf(state).map((part) => part.toArray()),
    );
  });

  it("learns no bias where none is wanted", () => {
    const names = make({ bias: false })
      .namedParameters()
      .map(({ path }) => path);
    expect(names).toEqual(["inputWeight", "hiddenWeight"]);
  });

  it("says what does not fit", () => {
    const cell = make({}) as GRUCell;
    const name = cell.constructor.name;
    expect(() => cell.call(draw(3, 4))).toThrow(`${name}: expected inputs [batch, 5] or [5], got [3, 4]`);
    expect(() => cell.call(draw(2, 3, 5))).toThrow(
      `${name}: expected inputs [batch, 5] or [5], got [2, 3, 5]`,
    );
    const state = cell.stateOf(cell.widths.map(() => draw(2, 4)));
    expect(() => cell.call(draw(3, 5), state)).toThrow(`${name}: expected a state [3, 4], got [2, 4]`);
  });
});

it("knows another nonlinearity by the function", () => {
  const [bent, straight] = [tanh, relu].map((nonlinearity) => {
    setSeed(2);
    return new RNNCell({ ...sizes, nonlinearity });
  });
  const x = draw(3, 5);
  const rectified = straight.call(x).values();
  bent
    .call(x)
    .values()
    .forEach((value, k) => {
      expect(rectified[k]).toBeCloseTo(Math.max(0, Math.atanh(value)), 12);
    });
});

describe("LSTMCell", () => {
  const forgetting = (tensor: Tensor | null): number[] => [...(tensor?.values().slice(4, 8) ?? [])];

  it("begins with the bias of the forget gate that it is told, both biases together", () => {
    const cell = new LSTMCell({ ...sizes, forgetBias: 1 });
    for (const present of [cell, cell.clone()]) {
      if (present !== cell) initialize(present, { seed: 3 });
      expect(forgetting(present.inputBias)).toEqual([1, 1, 1, 1]);
      expect(forgetting(present.hiddenBias)).toEqual([0, 0, 0, 0]);
      expect(new Set(present.inputBias?.values()).size).toBe(13);
    }
  });

  it("maps what it shows, and remembers all", () => {
    const cell = new LSTMCell({ ...sizes, projSize: 2 });
    expect(cell.projection?.shape).toEqual([2, 4]);
    expect(cell.hiddenWeight.shape).toEqual([16, 2]);
    const { hidden, cell: memory } = cell.call(draw(3, 5));
    expect([hidden.shape, memory.shape]).toEqual([
      [3, 2],
      [3, 4],
    ]);
  });
});
