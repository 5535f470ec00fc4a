import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { measuredElsewhere } from "../../../zoo/report/elsewhere.ts";

it("takes what another command left, and says where there is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "elsewhere-"));
  try {
    expect(measuredElsewhere(folder).map(({ measured, isMet }) => [measured, isMet])).toEqual([
      ["by `pnpm slopes`", null],
      ["by `pnpm advise:bench`", null],
      ["by `pnpm watch:bench`", null],
    ]);
    const target = { what: "slopes", asked: "30", published: "-", measured: "31", isMet: true };
    writeFileSync(join(folder, "slopes.json"), JSON.stringify({ target }));
    expect(measuredElsewhere(folder)[0]).toEqual(target);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
