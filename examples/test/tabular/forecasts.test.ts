import { fromData, Generator, mean, rand, randn, type Tensor, tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { constant, linearRegression } from "../../tabular/baselines.ts";
import { ensemble } from "../../tabular/ensemble.ts";
import type { Forecast } from "../../tabular/forecast.ts";
import { LogisticMixture, logisticNll } from "../../tabular/logistic.ts";
import { Normal } from "../../tabular/normal.ts";
import { score } from "../../tabular/scores.ts";

const doubles = (values: readonly number[]): Tensor => fromData(Float64Array.from(values), [values.length]);

/** The density as the slope of the probability below: what two formulas say of one distribution. */
function slopes(forecast: Forecast, y: readonly number[]): number[] {
  const step = 1e-5;
  const [more, less] = [1, -1].map((sign) =>
    forecast.below(doubles(y.map((at) => at + sign * step))).values(),
  );
  return Array.from(more, (value, k) => (value - less[k]) / (2 * step));
}

describe("forecasts", () => {
  const y = [-1, 0.5, 3, 0];
  const mixture = new LogisticMixture(
    tensor(
      [
        [0, 0, 1, 0],
        [1, 0.5, 3, 4],
      ],
      { dtype: "f64" },
    ),
    tensor(
      [
        [0, -1, 0.5, 0],
        [0.3, 0, -2, 1],
      ],
      { dtype: "f64" },
    ),
  );

  it("have densities that are the slopes of their probabilities", () => {
    for (const forecast of [mixture, new Normal(doubles([0, 1, 2, 3]), 0.7)])
      Array.from(forecast.logDensity(doubles(y)).values()).forEach((density, k) => {
        expect(Math.exp(density)).toBeCloseTo(slopes(forecast, y)[k], 8);
      });
  });

  it("tell how unlikely the most unlikely numbers are", () => {
    const [y, locations, logScales] = [
      [-1e30, 1e30, 500],
      [0, 0, -500],
      [0, 1, 0],
    ].map((row) => tensor(row));
    const expected = [1e30, 1e30 / Math.E, 1000]; // the tails fall by the distance in scales
    logisticNll(y, locations, logScales)
      .values()
      .forEach((loss, k) => {
        expect(loss / expected[k]).toBeCloseTo(1, 6);
      });
  });

  it("mix the densities of the members", () => {
    // Of the standard logistic distribution at 0, and of one four scales away from its location, of scale e.
    const far = Math.exp(-4 / Math.E);
    const expected = (1 / 4 + far / (Math.E * (1 + far) ** 2)) / 2;
    expect(Math.exp(mixture.logDensity(doubles(y)).values()[3])).toBeCloseTo(expected, 12);
    expect(mixture.mean.toArray()).toEqual([0.5, 0.25, 2, 2]);
  });

  it("count what lies within their intervals", () => {
    // The quartiles of the standard normal distribution are ±0.6745, 1.2816 and 1.96 bound 80 % and 95 %.
    const at = [0, 0.67, 0.68, -1.28, 1.29, 1.95, -1.97, 3];
    const { within, rows, rmse, nll } = score(new Normal(doubles(at.map(() => 0)), 1), doubles(at));
    expect([rows, ...within]).toEqual([8, 2, 4, 6]);
    const meanSquare = at.reduce((sum, value) => sum + value ** 2, 0) / 8;
    expect(rmse).toBeCloseTo(Math.sqrt(meanSquare), 12);
    expect(nll).toBeCloseTo(meanSquare / 2 + Math.log(2 * Math.PI) / 2, 12);
  });
});

describe("what they are compared with", () => {
  it("is the plane that least squares give, though columns depend on each other", () => {
    const inputs = tensor(
      [
        [1, 1, 0],
        [2, 1, 0],
        [3, 0, 1],
        [5, 0, 1],
      ],
      { dtype: "f64" },
    );
    const targets = doubles([3, 5, 8, 12]); // 2x + 1, and one more for the second kind
    const forecast = linearRegression(
      { inputs, targets },
      tensor(
        [
          [4, 1, 0],
          [0, 0, 1],
        ],
        { dtype: "f64" },
      ),
    );
    forecast.mean.values().forEach((value, k) => {
      expect(value).toBeCloseTo([9, 2][k], 10);
    });
  });

  it("is one distribution for all", () => {
    const inputs = tensor([[1], [2], [3]], { dtype: "f64" });
    const forecast = constant({ inputs, targets: doubles([1, 2, 6]) }, inputs);
    expect(forecast.mean.toArray()).toEqual([3, 3, 3]);
    const far = doubles([3, 3 + Math.sqrt(7), 3 - Math.sqrt(7)]); // by the deviation of 1, 2, 6
    forecast
      .below(far)
      .values()
      .forEach((probability, k) => {
        expect(probability).toBeCloseTo([0.5, 0.841345, 0.158655][k], 6);
      });
  });
});

describe("the ensemble", () => {
  it("learns how far it may be off, and where", async () => {
    const draws = new Generator(1);
    const inputs = rand(draws, [800, 1], 0, 1, "f64");
    const noise = randn(draws, [800]).values();
    const targets = doubles(Array.from(inputs.values(), (x, k) => 3 * x + (x < 0.5 ? 0.02 : 0.5) * noise[k]));
    const { together, first } = await ensemble(
      { inputs, targets },
      tensor([[0.2], [0.8]], { dtype: "f64" }),
      {
        members: 2,
        hiddenLayers: 1,
        width: 16,
        epochs: 10,
        batchSize: 50,
        learningRate: 0.05,
        generator: new Generator(2),
      },
    );
    const [calm, wild] = Array.from(mean(together.logScales, { axis: 0 }).values(), Math.exp);
    expect(wild).toBeGreaterThan(4 * calm);
    expect(together.mean.values()[0]).toBeCloseTo(0.6, 1);
    expect(together.locations.shape).toEqual([2, 2]);
    expect(first.locations.toArray()).toEqual([(together.locations.toArray() as number[][])[0]]);
    const [one, other] = together.locations.toArray() as number[][];
    expect(one).not.toEqual(other);
  });
});
