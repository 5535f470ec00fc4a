import { inChild } from "./child.ts";

// Measures what training keeps in memory: `pnpm memory`. Short forms run with the tests.

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

for (const [name, training] of Object.entries({
  "2-16-1, 100,000 steps": { widths: [2, 16, 1], batch: 4, steps: 100_000 },
  "784-256-128-10, 2,000 steps": { widths: [784, 256, 128, 10], batch: 64, steps: 2_000 },
})) {
  const { residentEarly, residentLate, liveEarly, liveLate, heldIsRight, secondsAStep } = inChild(
    "train",
    training,
  );
  console.log(
    `${name}: resident ${megabytes(residentEarly)} in the second fifth, ${megabytes(residentLate)} in the last ` +
      `(${((residentLate / residentEarly - 1) * 100).toFixed(1)} %); alive ${megabytes(liveEarly)} after a fifth, ` +
      `${megabytes(liveLate)} at the end; what was held reads ${heldIsRight ? "right" : "WRONG"}; ` +
      `${(secondsAStep * 1e6).toFixed(1)} µs a step`,
  );
}

const large = { width: 512, batch: 8192, layers: 12, span: 0, every: 3 };
const one = inChild("step", large);
console.log(
  `one step of 12 layers: keeps ${megabytes(one.kept)}; at most ${megabytes(one.peak)} alive in arrays ` +
    `(${(one.peak / one.kept).toFixed(2)} x), the process larger by ${megabytes(one.resident)}`,
);

for (const nodes of [1_000, 10_000, 100_000, 1_000_000]) {
  const { bytesANode, bytesLeft, seconds } = inChild("chain", nodes);
  console.log(
    `${nodes} nodes: ${bytesANode.toFixed(0)} bytes each, ${bytesLeft.toFixed(0)} after the sweep; ` +
      `${((seconds * 1e6) / nodes).toFixed(2)} µs each`,
  );
}

const deep = { width: 64, batch: 2048, layers: 200, every: 31 };
for (const span of [0, 14]) {
  const { peak } = inChild("step", { ...deep, span });
  const { seconds } = inChild("step", { ...deep, span, every: 0 });
  console.log(
    `200 layers, ${span === 0 ? "all kept" : `a checkpoint over each ${span}`}: ` +
      `at most ${megabytes(peak)} alive, ${seconds.toFixed(2)} s`,
  );
}
