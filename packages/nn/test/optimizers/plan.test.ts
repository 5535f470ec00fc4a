import { fromData, mul, parameter, slice, sub, type Tensor, tensor, transpose } from "@isograd/autograd";
import {
  adam,
  chain,
  clipByGlobalNorm,
  clipByValue,
  elementwise,
  type GradientTransform,
  Optimizer,
  sgd,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../reference/cases.ts";
import { withGradient } from "./with-gradient.ts";

/** The same transform without its rule: each runs by itself. */
const opaque = <State>({ init, update }: GradientTransform<State>): GradientTransform<State> => ({
  init,
  update,
});

const decay = (rate: number): GradientTransform<null> =>
  elementwise({
    init: () => null,
    write: ({ gradient, parameter }) => [sub(gradient, mul(rate, parameter))],
  });

const links: Record<string, () => GradientTransform> = {
  "clip jointly": () => clipByGlobalNorm(0.5),
  "clip by value": () => clipByValue(0.3),
  decay: () => decay(0.1),
  adam: () => adam({ learningRate: 0.1, weightDecay: 0.2 }),
  amsgrad: () => adam({ learningRate: 0.1, amsgrad: true }),
  sgd: () => sgd({ learningRate: 0.5 }),
  momentum: () => sgd({ learningRate: 0.5, momentum: 0.9, dampening: 0.3, weightDecay: 0.1 }),
  nesterov: () => sgd({ learningRate: 0.5, momentum: 0.9, nesterov: true }),
};

function trajectory(transform: GradientTransform): readonly [readonly number[], unknown] {
  const parameters = [withGradient([1, -2, 0.5], [0, 0, 0]), withGradient([3], [0])];
  const optimizer = new Optimizer(parameters, transform);
  for (let step = 0; step < 4; step++) {
    parameters.forEach((w, k) => {
      const gradient = Float64Array.from(w.values(), (value, i) => Math.sin(value + i + k + step));
      w.grad = k === 1 && step === 1 ? null : fromData(gradient, w.shape);
    });
    optimizer.step();
  }
  return [parameters.flatMap((w) => [...w.values()]), optimizer.state];
}

describe("a chain", () => {
  it("does in one loop what its links do one after the other", () => {
    const names = fc.array(fc.constantFrom(...Object.keys(links)), { maxLength: 4 });
    fc.assert(
      fc.property(names, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (chosen, hidden) => {
        const make = (hide: (k: number) => boolean): GradientTransform =>
          chain(...chosen.map((name, k) => (hide(k) ? opaque(links[name]()) : links[name]())));
        const [alone, aloneState] = trajectory(make(() => true));
        for (const hide of [() => false, (k: number) => hidden[k]]) {
          const [together, state] = trajectory(make(hide));
          expectNumbers(together, alone, 1e-12);
          expect(JSON.stringify(state).length).toBeGreaterThan(JSON.stringify(aloneState).length / 2);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the state of chains in chains", () => {
    const [flat, flatState] = trajectory(chain(clipByValue(1), decay(0.1), adam()));
    const [nested, state] = trajectory(chain(chain(clipByValue(1), chain(decay(0.1))), chain(), adam()));
    expect(nested).toEqual(flat);
    expect(state).toEqual([[null, [null]], [], (flatState as unknown[])[2]]);
  });

  it("without links takes gradients as they are", () => {
    const w = withGradient([1, 2], [10, 20]);
    new Optimizer([w], chain()).step();
    expect(w.toArray()).toEqual([11, 22]);
  });

  it("can be asked for updates alone", () => {
    const transform = chain(clipByValue(1), sgd({ learningRate: 0.5 }));
    const parameters = [withGradient([7], [0]), withGradient([8], [0])];
    const updates = transform.update([Float64Array.of(3), null], transform.init(parameters), parameters);
    expect(updates).toEqual([Float64Array.of(-0.5), null]);
  });
});

describe("a transform of one's own", () => {
  it("may overwrite what it is given, while gradients stay", () => {
    const doubling: GradientTransform<null> = {
      init: () => null,
      update: (gradients) => {
        for (const values of gradients)
          values?.forEach((value, i) => {
            values[i] = -2 * value;
          });
        return gradients;
      },
    };
    for (const transform of [doubling, chain(doubling), chain(doubling, chain())]) {
      const w = withGradient([1, 1], [1, 2]);
      new Optimizer([w], transform).step();
      expect([w.toArray(), w.grad?.toArray()]).toEqual([
        [-1, -3],
        [1, 2],
      ]);
    }
  });

  it("may be one of ours with another update, and is not taken for ours", () => {
    const ours = sgd({ learningRate: 1 });
    const still: GradientTransform = {
      ...ours,
      update: (gradients) => gradients.map((values) => values?.fill(0) ?? null),
    };
    const w = withGradient([1, 1], [1, 2]);
    new Optimizer([w], chain(still)).step();
    expect(w.toArray()).toEqual([1, 1]);
    expect(() => Object.assign(ours, still)).toThrow(TypeError);
  });

  it("may return a number in place of an expression", () => {
    const w = withGradient([1, 2], [5, 5]);
    const one = elementwise({ init: () => null, write: () => [1] });
    new Optimizer([w], chain(one, decay(1), one)).step();
    expect(w.toArray()).toEqual([2, 3]);
  });
});

const counting = (rows: number, columns: number): Tensor =>
  fromData(
    Float32Array.from({ length: rows * columns }, (_, k) => k),
    [rows, columns],
  );

it("reads gradients and parameters of every layout", () => {
  const extent = fc.integer({ min: 1, max: 20 });
  const layouts: ((rows: number, columns: number) => Tensor)[] = [
    counting,
    (rows, columns) => transpose(counting(columns, rows)),
    (rows, columns) => slice(counting(rows, columns + 3), 1, { start: 3 }),
    (rows, columns) => slice(transpose(counting(columns + 3, rows)), 1, { start: 3 }),
  ];
  const layout = fc.constantFrom(...layouts);
  fc.assert(
    fc.property(extent, extent, layout, layout, (rows, columns, ofGradient, ofParameter) => {
      const w = parameter(ofParameter(rows, columns));
      const [before, gradient] = [w.toArray() as number[][], ofGradient(rows, columns)];
      w.grad = gradient;
      new Optimizer([w], sgd({ learningRate: 2 })).step();
      const after = before.map((row, i) =>
        row.map((value, j) => value - 2 * (gradient.toArray() as number[][])[i][j]),
      );
      expect(w.toArray()).toEqual(after);
    }),
  );
});

describe.each([
  ["f64", 0],
  ["f32", 1e-5], // a step of f32 at 100 is 8e-6
] as const)("large parameters of %s", (dtype, bound) => {
  // Whole, a parameter has enough elements for vectors; in pieces it has not.
  const [count, pieces] = [2100, 30];
  const gradientAt = (k: number, step: number): number =>
    Math.sin(k * (step + 1)) * (k % 10 === 0 ? 30 : 0.1);

  it.each(Object.entries(links).filter(([name]) => name !== "clip jointly"))(
    "take the steps that their parts take: %s",
    (_, make) => {
      const parts = (length: number): number[] => {
        const parameters = Array.from({ length: count / length }, (_, part) =>
          parameter(
            Array.from({ length }, (_, k) => Math.cos(part * length + k)),
            { dtype },
          ),
        );
        const optimizer = new Optimizer(parameters, chain(make(), decay(1e-3)));
        for (let step = 0; step < 5; step++) {
          parameters.forEach((w, part) => {
            w.grad = tensor(
              Array.from({ length }, (_, k) => gradientAt(part * length + k, step)),
              { dtype },
            );
          });
          optimizer.step();
        }
        return parameters.flatMap((w) => [...w.values()]);
      };
      const [whole, apart] = [parts(count), parts(count / pieces)];
      const worst = whole.map((value, k) => Math.abs(value - apart[k]) / Math.max(1, Math.abs(value)));
      expect(Math.max(...worst)).toBeLessThanOrEqual(bound);
    },
  );
});

it("moves scalars", () => {
  const w = parameter(tensor(3, { dtype: "f64" }));
  w.grad = tensor(1, { dtype: "f64" });
  new Optimizer([w], sgd({ learningRate: 1 })).step();
  expect([w.shape, w.item()]).toEqual([[], 2]);
});
