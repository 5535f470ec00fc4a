import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Problem } from "../../../demo/problem.ts";
import { checkWritable, writeWhole } from "../../../demo/report/write.ts";
import { temporaryFolder } from "../data/digit-files.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("writeWhole", () => {
  it("writes, replaces, follows a link, and leaves nothing else behind", () => {
    const path = join(folder, "report.html");
    writeWhole(path, "first");
    writeWhole(path, "second");
    symlinkSync(path, join(folder, "link.html"));
    writeWhole(join(folder, "link.html"), "third");
    expect(readFileSync(path, "utf8")).toBe("third");
    expect(readdirSync(folder).sort()).toEqual(["link.html", "report.html"]);
  });

  it("writes into a device without replacing it", () => {
    writeWhole("/dev/null", "gone");
    expect(readFileSync("/dev/null", "utf8")).toBe("");
  });

  it("leaves the old file and nothing half-written where it fails", () => {
    const path = join(folder, "taken");
    mkdirSync(join(path, "inside"), { recursive: true });
    expect(() => writeWhole(path, "text")).toThrow(Problem);
    expect(readdirSync(folder)).toEqual(["taken"]);
  });
});

describe("checkWritable", () => {
  it("takes what can be written", () => {
    expect(() => checkWritable(join(folder, "new.html"))).not.toThrow();
    writeFileSync(join(folder, "old.html"), "");
    expect(() => checkWritable(join(folder, "old.html"))).not.toThrow();
  });

  it.each([
    ["missing/report.html", "no such file or folder"],
    ["file/report.html", "a part of the path is not a folder"],
    [".", "it is a folder"],
  ])("refuses %s", (path, reason) => {
    writeFileSync(join(folder, "file"), "");
    const target = join(folder, path);
    expect(() => checkWritable(target)).toThrow(
      new Problem(`cannot write ${target}: ${reason}; give another place by --out FILE`),
    );
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});
