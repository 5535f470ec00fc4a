import type { CblasGemm } from "../../../src/kernels/native/product.ts";

/** CBLAS's product by its definition, with the demands that it makes on its arguments: what a library does, where there may be none. */
export const cblasGemm: CblasGemm = (order, ofA, ofB, m, n, k, alpha, a, inA, b, inB, beta, c, inC) => {
  const transpositions = [111, 112];
  const isDemanded = [
    order === 101,
    transpositions.includes(ofA) && transpositions.includes(ofB),
    [m, n, k, inA, inB, inC].every((value) => Number.isInteger(value) && value > 0 && value < 2 ** 31),
    inA >= (ofA === 111 ? k : m) && inB >= (ofB === 111 ? n : k) && inC >= n,
  ];
  if (isDemanded.includes(false)) throw new Error(`an argument is out of range: ${isDemanded}`);
  const read = (x: typeof a, at: number): number => {
    if (at >= x.length) throw new Error(`reads ${at} of ${x.length}`);
    return x[at];
  };
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        const x = read(a, ofA === 111 ? i * inA + l : l * inA + i);
        const y = read(b, ofB === 111 ? l * inB + j : j * inB + l);
        sum += x * y;
      }
      const before = beta === 0 ? 0 : beta * read(c, i * inC + j);
      c[i * inC + j] = alpha * sum + before;
    }
  }
};
