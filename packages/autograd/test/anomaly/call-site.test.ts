import { describe, expect, it } from "vitest";
import { callSite, siteIn } from "../../src/anomaly/call-site.ts";

/** A stack as a host writes it, with the library's own frame on top. */
const stackOf = (...lines: string[]): string => ["Error", ...lines].join("\n");

describe("the user's line", () => {
  const cases: Readonly<Record<string, readonly [stack: string, site: string | undefined]>> = {
    "below sources that run as they are": [
      stackOf(
        "    at callSite (/home/me/isograd/packages/autograd/src/anomaly/call-site.ts:9:12)",
        "    at report (/home/me/isograd/packages/autograd/src/op.ts:60:5)",
        "    at Linear.forward (/home/me/isograd/packages/nn/src/layers/linear.ts:30:5)",
        "    at Watcher.look (/home/me/isograd/packages/diagnostics/src/watch/watcher.ts:1:5)",
        "    at train (/home/me/isograd/packages/app/src/train.ts:7:3)",
        "    at main (/home/me/isograd/packages/app/src/main.ts:1:1)",
      ),
      "train (/home/me/isograd/packages/app/src/train.ts:7:3)",
    ],
    "below installed packages, wherever the package manager put them": [
      stackOf(
        "    at callSite (file:///app/node_modules/.pnpm/@isograd+autograd@1/node_modules/@isograd/autograd/dist/chunk-A1.js:9:12)",
        "    at forward (file:///app/node_modules/.pnpm/@isograd+nn@1/node_modules/@isograd/nn/dist/index.js:60:5)",
        "    at file:///app/my%20model.mjs:3:9",
      ),
      "file:///app/my%20model.mjs:3:9",
    ],
    "where a URL and a path name the same folder": [
      stackOf(
        "    at callSite (file:///my%20code/packages/autograd/src/anomaly/call-site.ts:9:12)",
        "    at relu (/my code/packages/autograd/src/ops/relu.ts:1:2)",
        "    at async /my code/main.ts:3:9",
      ),
      "/my code/main.ts:3:9",
    ],
    "on Windows, with either slash and drive letter": [
      stackOf(
        "    at callSite (file:///C:/Users/me/node_modules/@isograd/autograd/dist/index.js:9:12)",
        "    at relu (C:\\Users\\me\\node_modules\\@isograd\\autograd\\dist\\chunk.js:1:2)",
        "    at Linear.call (c:\\Users\\me\\node_modules\\@isograd\\nn\\dist\\index.js:1:2)",
        "    at Object.<anonymous> (C:\\Program Files (x86)\\me\\main.js:3:9)",
      ),
      "Object.<anonymous> (C:\\Program Files (x86)\\me\\main.js:3:9)",
    ],
    "on Windows, from sources": [
      stackOf(
        "    at callSite (file:///D:/isograd/packages/autograd/src/anomaly/call-site.ts:9:12)",
        "    at apply (d:\\isograd\\packages\\autograd\\src\\op.ts:1:2)",
        "    at D:\\isograd\\packages\\autograd\\test\\some.test.ts:3:9",
      ),
      "D:\\isograd\\packages\\autograd\\test\\some.test.ts:3:9",
    ],
    "past frames of the host, and of code that was generated": [
      stackOf(
        "    at callSite (/x/autograd/src/anomaly/call-site.ts:9:12)",
        "    at Array.map (<anonymous>)",
        "    at eval (eval at compile (/x/autograd/src/scalar/compile.ts:1:1), <anonymous>:3:4)",
        "    at node:internal/process/task_queues:95:5",
        "    at new Model (/me/model.ts:3:9)",
      ),
      "new Model (/me/model.ts:3:9)",
    ],
    "where dependencies are served as one file each": [
      stackOf(
        "    at callSite (http://localhost:5173/node_modules/.vite/deps/@isograd_autograd.js?v=12:9:12)",
        "    at forward (http://localhost:5173/node_modules/.vite/deps/@isograd_nn.js?v=34:1:2)",
        "    at main (http://localhost:5173/src/main.ts?t=99:3:9)",
      ),
      "main (http://localhost:5173/src/main.ts?t=99:3:9)",
    ],
    "as Firefox and Safari write it": [
      [
        "callSite@http://localhost/node_modules/@isograd/autograd/dist/index.js:9:12",
        "map@[native code]",
        "@http://localhost/main.js:3:9",
      ].join("\n"),
      "@http://localhost/main.js:3:9",
    ],
    "is not told where everything is in one bundle": [
      stackOf("    at a (/app/bundle.js:1:900)", "    at b (/app/bundle.js:1:700)"),
      undefined,
    ],
    "is not told where the host tells none": ["", undefined],
  };

  for (const [name, [stack, site]] of Object.entries(cases)) {
    it(name, () => expect(siteIn(stack)).toBe(site));
  }

  it("is not told where stacks are no text", () => {
    expect(siteIn(undefined)).toBeUndefined();
    expect(siteIn([{ getFileName: () => "x" }])).toBeUndefined();
  });
});

describe("callSite", () => {
  it("finds this line, and leaves the limit of stacks as it was", () => {
    const before = Error.stackTraceLimit;
    expect(callSite()).toMatch(/call-site\.test\.ts:\d+:\d+/);
    expect(Error.stackTraceLimit).toBe(before);
  });
});
