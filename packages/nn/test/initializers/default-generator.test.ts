import { Generator } from "@isograd/autograd";
import { Dropout, Linear, nextGenerator, setSeed } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const layer = (generator?: Generator) =>
  new Linear({ inFeatures: 3, outFeatures: 2, generator }).weight.toArray();

describe("the default generator", () => {
  it("gives each layer the next fork, from the seed on", () => {
    setSeed(3);
    const [first, second] = [layer(), layer()];
    expect(second).not.toEqual(first);
    setSeed(3);
    expect([layer(), layer()]).toEqual([first, second]);
    setSeed(4);
    expect(layer()).not.toEqual(first);
  });

  it("is left alone by layers that have their own", () => {
    setSeed(3);
    layer(new Generator(1));
    new Dropout({ generator: new Generator(1) });
    const next = nextGenerator().uniform();
    setSeed(3);
    expect(nextGenerator().uniform()).toBe(next);
  });
});
