import { expect, it } from "vitest";
import { libraryNames } from "../../../src/kernels/native/library-names.ts";

it("asks the loader first, and then looks where distributions put OpenBLAS", () => {
  const names = libraryNames("linux", "x64");
  expect(names[0]).toBe("libopenblas.so.0");
  expect(names).toContain("/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0");
  expect(libraryNames("linux", "arm64")).toContain(
    "/usr/lib/aarch64-linux-gnu/openblas-pthread/libopenblas.so.0",
  );
  expect(libraryNames("linux", "s390x").filter((name) => name.includes("linux-gnu"))).toEqual([]);
});

it("takes what the other systems have", () => {
  expect(libraryNames("darwin", "arm64")).toEqual([
    "/System/Library/Frameworks/Accelerate.framework/Accelerate",
  ]);
  expect(libraryNames("win32", "x64")).toEqual(["libopenblas.dll"]);
});
