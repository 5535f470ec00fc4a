import { checkGradients, tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { accelerations, G, potentialEnergy } from "../../physics/gravity.ts";

const f64 = { dtype: "f64" } as const;

describe("gravity", () => {
  it("is Newton's law, though only its energy is written down", () => {
    const positions = tensor(
      [
        [0, 0],
        [3, 4],
        [3, -4],
      ],
      f64,
    );
    const masses = tensor([1, 0.5, 0.25], f64);
    const [sun, first] = accelerations(positions, masses).toArray() as number[][];
    expect(sun[0]).toBeCloseTo((G * 0.75 * 0.6) / 25, 12);
    expect(sun[1]).toBeCloseTo((G * 0.25 * 0.8) / 25, 12);
    expect(first[0]).toBeCloseTo((-G * 0.6) / 25, 12);
    expect(first[1]).toBeCloseTo(-G * (0.8 / 25 + 0.25 / 64), 12);
  });

  it("has derivatives of two orders by places and masses", () => {
    const places = tensor(
      [
        [0, 0.1],
        [1, 0.4],
        [-0.5, 2],
      ],
      f64,
    );
    const report = checkGradients(([q, m]) => potentialEnergy(q, m), [places, tensor([1, 0.5, 0.25], f64)]);
    expect([report.ok, report.kinks]).toEqual([true, 0]);
  });
});
