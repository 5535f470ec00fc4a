import { describe, expect, it } from "vitest";
import { bundleSize, programs } from "../sizes.ts";

describe("the size of bundled programs", () => {
  for (const [name, { text, limit }] of Object.entries(programs)) {
    it(`stays within bounds for ${name}`, async () => {
      const { gzipped } = await bundleSize(text);
      expect(gzipped).toBeLessThanOrEqual(limit);
      expect(gzipped).toBeGreaterThan(limit / 2); // else it is time to lower the limit, or nothing was measured
    });
  }

  it("counts what a program uses, and nothing else", async () => {
    const { files } = await bundleSize(programs["the gradient of a small expression"].text);
    const names = files.map(([file]) => file.replace("packages/autograd/src/", ""));
    expect(names).toContain("transforms/grad.ts");
    const needless = [
      "anomaly",
      "hooks/",
      "mapped",
      "gradcheck",
      "kernels/wasm",
      "kernels/gemm",
      "activations",
      "random",
    ];
    expect(names.filter((name) => needless.some((part) => name.startsWith(part)))).toEqual([]);
  });
});
