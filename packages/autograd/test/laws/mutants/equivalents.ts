const takesNumbers = "the public function takes a number here: no gradient is asked for";
const notOffered =
  "the derivative to the first operand is not offered: the public function refuses to be asked for it";
const symmetric = "the gradient to a symmetric matrix is symmetric";
const byItself =
  "a sample keeps its element type, so that casts come in pairs: tested by itself, in mutants.laws.test.ts";

/** Mutants that live, by their name or its beginning, with the reason. */
export const equivalents: Readonly<Record<string, string>> = {
  "cast vjp[0] detached": byItself,
  "cast vjp[0] sign": byItself,
  "cholesky vjp[0] transposed": symmetric,
  "eigh vjp[0] transposed": symmetric,
  "igamma vjp[0]": notOffered,
  "igammac vjp[0]": notOffered,
  "median jvp[0] transposed": "one number comes out: there is no order",
  "nanToNum vjp[1]": takesNumbers,
  "nanToNum vjp[2]": takesNumbers,
  "nanToNum vjp[3]": takesNumbers,
  "polygamma vjp[0]": takesNumbers,
  "zeta vjp[0]": notOffered,
};

/** Why a mutant may live; undefined where it must not. */
export const reasonFor = (mutant: string): string | undefined =>
  Object.entries(equivalents).find(([beginning]) => mutant.startsWith(beginning))?.[1];
