import type { Plan } from "./plan.ts";

/** What a network of equal layers is made of: the part that makes it sick. */
export interface Recipe {
  readonly activation: "sigmoid" | "relu";
  /** Weights are drawn from N(0, weightVariance / fanIn). */
  readonly weightVariance: number;
  /** The bias of every hidden unit. */
  readonly bias: number;
}

export interface SickNetwork {
  /** A short name, for progress. */
  readonly name: string;
  /** What the user wrote, in a few words; says nothing about what is wrong with it. */
  readonly title: string;
  readonly recipe: Recipe;
}

/** Three mistakes that people make: what they lead to is for the diagnosis to say. */
export const sickNetworks: readonly SickNetwork[] = [
  {
    name: "sigmoid",
    title: "sigmoid, weights N(0, 1/fanIn)",
    recipe: { activation: "sigmoid", weightVariance: 1, bias: 0 },
  },
  {
    name: "large weights",
    title: "ReLU, weights N(0, 8/fanIn)",
    recipe: { activation: "relu", weightVariance: 8, bias: 0 }, // twice He's deviation
  },
  {
    name: "negative bias",
    title: "ReLU, biases of -3",
    recipe: { activation: "relu", weightVariance: 2, bias: -3 },
  },
];

/** A recipe in words. */
export function describeRecipe(
  { activation, weightVariance, bias }: Recipe,
  { layers, width }: Plan,
): string {
  const shape = `784-${width}-…-${width}-10, ${layers} layers`;
  return `${shape}: ${activation}, weights N(0, ${weightVariance}/fanIn), hidden biases ${bias}`;
}
