import { full } from "@isograd/autograd";
import { replaceFile, saveSafetensors } from "@isograd/nn/node";

// A program that saves without end, each time other numbers in all tensors, until it is killed: by others, or by itself in the middle of a file.
const [file, mode] = process.argv.slice(2);
if (mode === "midway") {
  replaceFile(file, (write) => {
    write(new Uint8Array(100_000));
    process.kill(process.pid, "SIGKILL");
    for (;;); // until the signal comes
  });
}
for (let version = 1; ; version++) {
  const tensors = Object.fromEntries(["a", "b", "c"].map((name) => [name, full([50_000], version)]));
  saveSafetensors(file, tensors, { version: String(version) });
  process.stdout.write(`${version}\n`);
}
