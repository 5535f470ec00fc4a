import { type Generator, gelu, relu, swiglu } from "@isograd/autograd";
import {
  Highway,
  heNormal,
  type Initializer,
  type Layer,
  Linear,
  lsuv,
  Sequential,
  zeros,
} from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { throughDepth, twiceHe } from "./laboratory/ailments.ts";
import type { Arm } from "./laboratory/arm.ts";
import { compare } from "./laboratory/compare.ts";
import { cure } from "./laboratory/cure.ts";
import { byAdam } from "./laboratory/descents.ts";
import { flowMeasurement } from "./laboratory/flow.ts";
import { type Build, plain } from "./laboratory/plain-network.ts";

/** Layers of 32 that gate each other: each takes a linear layer of 64. */
const gated =
  (layers: number, weightInit: Initializer): Build =>
  ({ inFeatures, outFeatures }, generator) =>
    stacked(
      layers,
      (k) => [
        new Linear({
          inFeatures: k === 0 ? inFeatures : 32,
          outFeatures: 64,
          weightInit,
          biasInit: zeros,
          generator,
        }),
        swiglu,
      ],
      outFeatures,
      weightInit,
      generator,
    );

/** Layers of 32 that each let through as much as they like. */
const highway =
  (layers: number, weightInit: Initializer): Build =>
  ({ inFeatures, outFeatures }, generator) =>
    stacked(
      layers,
      (k) => [
        k === 0
          ? new Linear({ inFeatures, outFeatures: 32, weightInit, biasInit: zeros, generator })
          : new Highway({ features: 32, weightInit, generator }),
      ],
      outFeatures,
      weightInit,
      generator,
    );

function stacked(
  layers: number,
  make: (layer: number) => Layer[],
  outFeatures: number,
  weightInit: Initializer,
  generator: Generator,
): Sequential {
  const hidden = Array.from({ length: layers - 1 }, (_, k) => make(k)).flat();
  const head = new Linear({ inFeatures: 32, outFeatures, weightInit, biasInit: zeros, generator });
  return new Sequential([...hidden, head]);
}

/** Every layer's outputs of variance 1. */
const scaled: Arm["prepare"] = (model, inputs) => void lsuv(model, { inputs: [inputs] });

export const gatedActivations: Claim = {
  section: "5.1, 5.2",
  statement: "Gated activations help against exploding gradients.",
  theory:
    "GELU and its like are ReLU with a soft corner. A product with a gate doubles the exponents: it explodes, or dies out, faster than ReLU, and a few outputs carry nearly all. A highway is another thing: its gates begin nearly closed, and what they do not replace passes as it is.",
  experiment: async (laboratory) => {
    const flow = (name: string, build: Build) =>
      flowMeasurement(laboratory, `20 layers of ${name}, weights twice He's`, { build }, { below: 1e3 });
    const versus = (layers: number, name: string, build: Build, prepare?: Arm["prepare"]) =>
      compare(laboratory, {
        setting: `${layers} layers, ${prepare === undefined ? "He's weights" : "weights scaled by a look at data"}, where nothing explodes`,
        task: laboratory.tasks.digits,
        arms: {
          [name]: { build, prepare, ...byAdam },
          ReLU: { build: plain({ layers, activation: relu }), ...byAdam },
        },
        claimed: { above: 1 },
      });
    return [
      flow("GELU", plain({ layers: 20, activation: gelu, weights: twiceHe })),
      flow("SwiGLU", gated(20, twiceHe)),
      flow("highways", highway(20, twiceHe)),
      ...(await cure(laboratory, throughDepth, "GELU", {
        build: plain({ activation: gelu, weights: twiceHe }),
      })),
      ...(await cure(laboratory, throughDepth, "SwiGLU", { build: gated(12, twiceHe) })),
      ...(await cure(laboratory, throughDepth, "highways", { build: highway(12, twiceHe) })),
      await versus(5, "GELU", plain({ layers: 5, activation: gelu })),
      await versus(5, "SwiGLU", gated(5, heNormal()), scaled),
      await versus(3, "SwiGLU", gated(3, heNormal()), scaled),
    ];
  },
};
