import { bundleSize, programs } from "./sizes.ts";

// Says how large programs become, and what takes the space: `pnpm sizes [how many files]`.
const count = Number(process.argv[2] ?? 10);
for (const [name, { text, target }] of Object.entries(programs)) {
  const { minified, gzipped, files } = await bundleSize(text);
  console.log(`${name}: ${gzipped} bytes gzipped, target ${target}; ${minified} minified`);
  for (const [file, bytes] of files.slice(0, count)) console.log(`  ${String(bytes).padStart(6)} ${file}`);
}
