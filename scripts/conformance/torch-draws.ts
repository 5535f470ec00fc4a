import type { UniformSource } from "@isograd/autograd";

const size = 624;

/**
 * The uniform draws of PyTorch's generator on the CPU after `manual_seed`: the Mersenne twister, two words a draw of 53 bits.
 *
 * OpInfo seeds what draws with 42.
 *
 * @see Matsumoto, Nishimura 1998, "Mersenne twister"
 */
export function torchDraws(seed: number): UniformSource {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i++) {
    const before = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, before) + i;
  }
  let next = size;
  const word = (): number => {
    if (next === size) {
      twist(state);
      next = 0;
    }
    let y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return {
    fillUniform: (out) => {
      for (let i = 0; i < out.length; i++) {
        const high = word() & 0x1fffff;
        out[i] = (high * 2 ** 32 + word()) * 2 ** -53;
      }
    },
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < size; i++) {
    const mixed = (state[i] & 0x80000000) | (state[(i + 1) % size] & 0x7fffffff);
    state[i] = state[(i + 397) % size] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
  }
}
