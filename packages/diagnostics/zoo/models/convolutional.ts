import type { Generator } from "@isograd/autograd";
import { Conv2d, Flatten, type Layer, MaxPool2d, Sequential } from "@isograd/nn";
import type { Setting } from "../setting.ts";
import { headOf } from "./head.ts";
import { beginning, behind, lastLayer } from "./hidden.ts";

/** Convolutions of images [1, 14, 14], `width` channels each, the image halved behind the first and the second; then one product. */
export function convolutional(setting: Setting, generator: Generator, outputs: number): Sequential {
  const { depth, width } = setting;
  const layers: Layer[] = [];
  let side = 14;
  for (let k = 0; k < depth - 1; k++) {
    layers.push(
      new Conv2d({
        ...beginning(setting, generator.fork(`${k}`)),
        inChannels: k === 0 ? 1 : width,
        outChannels: width,
        kernelSize: 3,
        padding: 1,
      }),
      ...behind(setting, width, generator.fork(`behind ${k}`), true),
    );
    if (k > 1) continue;
    layers.push(new MaxPool2d({ kernelSize: 2 }));
    side = Math.floor(side / 2);
  }
  const last = lastLayer(setting, generator.fork("last"), width * side * side, outputs);
  const network = [...layers, new Flatten(), last, ...headOf(setting)];
  const model = new Sequential(network);
  if (setting.preparation === "frozen") (network[0] as Conv2d).freeze();
  return model;
}
