import { add, backward, cos, mul, parameter, square, sub, sum, type Tensor } from "@isograd/autograd";
import { type GradientTransform, lamb, lars, lion, lookahead, muon, Optimizer, SAM, sgd } from "@isograd/nn";
import { it } from "vitest";
import { expectNumbers, type Packed, readCases, unpack } from "../reference/cases.ts";

interface PublishedCase {
  readonly name: keyof typeof transforms | "sam";
  readonly options: never;
  readonly start: readonly Packed[];
  readonly targets: readonly Packed[];
  readonly after: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const transforms = {
  lion,
  lamb,
  lars,
  muon,
  lookahead: (options: object) => lookahead(sgd({ learningRate: 0.1 }), options),
} satisfies Record<string, (options: never) => object>;

it.each(readCases<PublishedCase>("published-optimizers.json"))(
  "$name $options takes twenty steps as published",
  ({ name, options, start, targets, after }) => {
    const parameters = start.map((packed) => parameter(unpack(packed)));
    const goals = targets.map((packed) => unpack(packed));
    const loss = (): Tensor =>
      parameters
        .map((w, k) => sum(add(mul(0.5, square(sub(w, goals[k]))), mul(0.1, cos(mul(3, w))))))
        .reduce((total, part) => add(total, part));
    const made = name === "sam" ? sgd({ learningRate: 0.1 }) : transforms[name](options);
    const base = new Optimizer(parameters, made as GradientTransform);
    const sharp = new SAM(base, options);
    for (let step = 1; step <= 20; step++) {
      if (name === "sam") {
        sharp.step(loss);
      } else {
        base.zeroGrad();
        backward(loss());
        base.step();
      }
      after[step]?.forEach((expected, k) => {
        expectNumbers(parameters[k].values(), expected, 1e-8, 1e-11);
      });
    }
  },
);
