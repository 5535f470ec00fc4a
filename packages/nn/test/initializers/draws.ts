import { Generator, type Tensor } from "@isograd/autograd";
import type { Initializer, Slot } from "@isograd/nn";

export const draw = (initializer: Initializer, slot: Partial<Slot> = {}): Tensor =>
  initializer({ shape: [200, 300], dtype: "f64", generator: new Generator(9), ...slot });

export function moments(values: ArrayLike<number>): { mean: number; deviation: number; largest: number } {
  let [total, squares, largest] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    total += values[i];
    squares += values[i] ** 2;
    largest = Math.max(largest, Math.abs(values[i]));
  }
  const mean = total / values.length;
  return { mean, deviation: Math.sqrt(squares / values.length - mean ** 2), largest };
}
