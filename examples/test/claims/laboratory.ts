import { Generator } from "@isograd/autograd";
import { type Laboratory, openLaboratory } from "../../claims/laboratory/laboratory.ts";
import type { Plan } from "../../claims/plan.ts";
import type { Digits } from "../../demo/data/mnist.ts";

export const smallPlan: Plan = { seeds: 2, choosingSeeds: 1, steps: 25, images: 200, heldOut: 60, stride: 1 };

/** A laboratory whose digits are bright in one place each. */
export const smallLaboratory = (plan: Plan = smallPlan): Laboratory =>
  openLaboratory({ plan, seed: "1", mnist: { training: drawn(400, 1), test: drawn(100, 2) } });

function drawn(count: number, seed: number): Digits {
  const generator = new Generator(seed);
  const images = Uint8Array.from({ length: count * 784 }, () => 60 * generator.uniform());
  const labels = Uint8Array.from({ length: count }, (_, k) => k % 10);
  for (let k = 0; k < count; k++)
    for (let row = 0; row < 28; row++)
      images.fill(250, k * 784 + row * 28 + 2 * labels[k], k * 784 + row * 28 + 2 * labels[k] + 2);
  return { count, pixels: 784, images, labels };
}
