import type { Firing, Observation, Rival, Rules } from "../observation.ts";
import { sumOfSquares } from "./summaries.ts";

// From the paper, and from the code that its authors published (bluorion-com/ZClip), with its defaults. It clips and does not report; here a step
// that it would clip is a firing, and nothing is clipped. After a spike its statistics go on with the norm that it would clip to.
//
// The norm is that of all weights' gradients, without biases; a step is one that it is told of.

const settings = { decay: 0.97, threshold: 2.5, warmUp: 25, epsilon: 1e-6 } as const;

class ZClipRules implements Rules {
  readonly #first: number[] = [];
  #mean = 0;
  #variance = 0;

  observe({ step, layers }: Observation): readonly Firing[] {
    const norm = Math.sqrt(layers.reduce((sum, { gradient }) => sum + sumOfSquares(gradient), 0));
    if (this.#first.length < settings.warmUp) {
      this.#begin(norm);
      return [];
    }
    const deviation = Math.sqrt(this.#variance);
    const z = (norm - this.#mean) / (deviation + settings.epsilon);
    const spikes = z > settings.threshold;
    this.#follow(spikes ? this.#mean + (settings.threshold ** 2 / z) * deviation : norm);
    return spikes ? [{ rule: "gradient spike", step }] : [];
  }

  #begin(norm: number): void {
    this.#first.push(norm);
    if (this.#first.length < settings.warmUp) return;
    this.#mean = this.#first.reduce((sum, each) => sum + each, 0) / settings.warmUp;
    this.#variance = this.#first.reduce((sum, each) => sum + (each - this.#mean) ** 2, 0) / settings.warmUp;
  }

  #follow(norm: number): void {
    const { decay } = settings;
    this.#mean = decay * this.#mean + (1 - decay) * norm;
    this.#variance = decay * this.#variance + (1 - decay) * (norm - this.#mean) ** 2;
  }
}

export const zClip: Rival = {
  name: "ZClip",
  source: "Kumar, Owen, Chowdhury, Güra 2025, ZClip: Adaptive spike mitigation for LLM pre-training",
  begin: () => new ZClipRules(),
};
