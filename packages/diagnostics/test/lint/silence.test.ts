import { Generator } from "@isograd/autograd";
import { lint } from "@isograd/diagnostics";
import { expect, it } from "vitest";
import { healthyFamilies } from "../networks/families.ts";
import { architectures, initializers } from "./architectures.ts";

/** What is more than worth knowing. */
const loud = (...[model, shape, options]: Parameters<typeof lint>) =>
  lint(model, shape, options).findings.filter(({ severity }) => severity !== "info");

it.each(healthyFamilies)("is silent about healthy networks: $name", ({ name, make }) => {
  const { model, batch, loss } = make("silent");
  const inputs = batch.inputs.dtype === "i32" ? () => batch.inputs : undefined;
  // Those have layers behind the model, in the loss.
  const options = name.startsWith("two heads") ? {} : { loss };
  expect(loud(model, batch.inputs.shape, { inputs, ...options })).toEqual([]);
});

it.each(architectures)(
  "is silent about $name, whatever usual initialiser",
  ({ shape, loss, make, inputs }) => {
    for (const weightInit of Object.values(initializers)) {
      const model = make(new Generator("silent"), weightInit);
      expect(loud(model, shape, { loss, inputs })).toEqual([]);
    }
  },
);
