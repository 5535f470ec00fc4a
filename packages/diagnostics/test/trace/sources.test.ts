import {
  cast,
  exp,
  mul,
  neg,
  observe,
  parameter,
  reshape,
  sum,
  type Tensor,
  transpose,
} from "@isograd/autograd";
import { expect, it } from "vitest";
import { Sources } from "../../src/trace/sources.ts";

/** The leaf behind what `f` makes of a leaf: "itself", or none. */
function sourceOf(f: (leaf: Tensor) => Tensor): string {
  const leaf = parameter([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const sources = new Sources();
  const handle = observe({ operation: ({ op, inputs, outputs }) => sources.record(op, inputs, outputs) });
  try {
    return sources.sourceOf(f(leaf)) === leaf ? "itself" : "none";
  } finally {
    handle.remove();
  }
}

it.each([
  ["a leaf", (w: Tensor) => w],
  ["a transposed leaf", (w: Tensor) => transpose(w)],
  ["a copy in another shape", (w: Tensor) => reshape(transpose(w), [6])],
  ["another element type", (w: Tensor) => cast(w, "f64")],
  ["the other sign", (w: Tensor) => neg(w)],
])("knows the leaf behind %s", (_, f) => {
  expect(sourceOf(f)).toBe("itself");
});

it.each([
  ["a function of a leaf", (w: Tensor) => exp(w)],
  ["a sum over a leaf", (w: Tensor) => sum(w)],
  ["a multiple of a leaf", (w: Tensor) => mul(w, 2)],
])("knows no leaf behind %s", (_, f) => {
  expect(sourceOf(f)).toBe("none");
});
