/** What Debian calls the machines that Node runs on. */
const triplets: Readonly<Record<string, string>> = {
  arm: "arm-linux-gnueabihf",
  arm64: "aarch64-linux-gnu",
  loong64: "loongarch64-linux-gnu",
  ppc64: "powerpc64le-linux-gnu",
  riscv64: "riscv64-linux-gnu",
  x64: "x86_64-linux-gnu",
};

/** Where a BLAS with C's interface may be: names alone are for the system's loader to find. */
export function libraryNames(platform: string, machine: string): string[] {
  if (platform === "darwin") return ["/System/Library/Frameworks/Accelerate.framework/Accelerate"];
  if (platform === "win32") return ["libopenblas.dll"];
  const folders = ["/usr/lib64", "/usr/local/lib", "/opt/OpenBLAS/lib"];
  const triplet = triplets[machine];
  if (triplet !== undefined) {
    const folder = `/usr/lib/${triplet}`;
    folders.unshift(`${folder}/openblas-pthread`, `${folder}/openblas-openmp`, `${folder}/openblas-serial`);
  }
  return [
    "libopenblas.so.0",
    "libopenblas.so.3", // Alpine's
    "libopenblas.so",
    ...folders.map((folder) => `${folder}/libopenblas.so.0`),
  ];
}
