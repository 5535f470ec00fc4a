import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { measuredElsewhere } from "../../../zoo/report/elsewhere.ts";

it("takes what another command left, and says where there is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "elsewhere-"));
  try {
    expect(measuredElsewhere(folder)).toMatchObject([{ measured: "by `pnpm slopes`", isMet: null }]);
    const target = { what: "slopes", asked: "30", published: "-", measured: "31", isMet: true };
    writeFileSync(join(folder, "slopes.json"), JSON.stringify({ target }));
    expect(measuredElsewhere(folder)).toEqual([target]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
