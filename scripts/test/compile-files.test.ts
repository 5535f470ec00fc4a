import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compileFiles } from "../compile-files.ts";

it("names the file that does not compile, and says why", async () => {
  const folder = mkdtempSync(join(tmpdir(), "compile-"));
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return { file: join(folder, name), name };
  };
  try {
    const found = await compileFiles([
      put("right.ts", "export const right: number = 1;"),
      put(
        "wrong.ts",
        'export const wrong: { readonly a: number } = { a: "1" };\nexport const right: string = "";',
      ),
    ]);
    expect(found).toEqual([expect.stringContaining("wrong.ts: Type 'string' is not assignable")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
