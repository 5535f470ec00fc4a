import { describe, expect, it } from "vitest";
import { paintFor } from "../../../demo/terminal/paint.ts";
import { summaryTable } from "../../../demo/terminal/summary-table.ts";
import { sampleCase } from "../sample.ts";

describe("summaryTable", () => {
  it("shows sick against healed, and networks that no remedy healed", () => {
    const hopeless = sampleCase(0, "dead");
    const cases = [
      sampleCase(0.25, "vanishing"),
      { ...hopeless, treatment: { ...hopeless.treatment, healed: null } },
    ];
    expect(`\n${summaryTable(cases, paintFor({}))}\n`).toMatchInlineSnapshot(`
      "
      ┌─────────────────────┬────────┬──────────────────┬─────────────────────┬───────────────┐
      │ network             │        │ verdict          │ gradient first/last │ test accuracy │
      ├─────────────────────┼────────┼──────────────────┼─────────────────────┼───────────────┤
      │ A vanishing network │ sick   │ vanishing        │             3.5e-18 │        11.3 % │
      │                     │ healed │ healthy          │                0.41 │        94.9 % │
      ├─────────────────────┼────────┼──────────────────┼─────────────────────┼───────────────┤
      │ A dead network      │ sick   │ dead             │                   0 │        11.3 % │
      │                     │ healed │ no remedy passed │                     │               │
      └─────────────────────┴────────┴──────────────────┴─────────────────────┴───────────────┘
      "
    `);
  });
});
