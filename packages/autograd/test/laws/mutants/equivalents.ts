const takesNumbers = "the public function takes a number here: no gradient is asked for";
const notOffered = "the derivative to the first argument is not offered";
const symmetric = "the gradient to a symmetric matrix is symmetric";

/** Mutants that no sample can kill, by their name or its beginning, with the reason. */
export const equivalents: Readonly<Record<string, string>> = {
  "addcdiv vjp[3]": takesNumbers,
  "addcmul vjp[3]": takesNumbers,
  "cast vjp[0] detached": "casts are seen in single precision, where the second order is not compared",
  "cast vjp[0] sign": "the sample casts there and back: two flips cancel",
  "cholesky vjp[0] transposed": symmetric,
  "clamp vjp[1] transposed": "the bound is stretched along the last axes, and its cotangent summed over them",
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
