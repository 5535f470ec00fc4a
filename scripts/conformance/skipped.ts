const complex = "answers in complex numbers, which are not offered";
const signs =
  "singular and eigenvectors are unique up to their signs only: there is no one answer to compare with";
const random = "draws random numbers";
const masked = "reductions under a mask are not offered; fill what is masked with where or maskedFill";
const memory = "is about how a tensor lies in memory, which has no part in the interface";

/** Operators that are not offered, or cannot be compared, and why. */
export const skipped: Readonly<Record<string, string>> = {
  as_strided: memory,
  as_strided_scatter: memory,
  angle: complex,
  bernoulli: random,
  bfloat16: "there is no such element type",
  half: "there is no such element type",
  "fft.hfft": complex,
  "fft.hfft2": complex,
  "fft.hfftn": complex,
  "fft.irfft": complex,
  "fft.irfft2": complex,
  "fft.irfftn": complex,
  "fft.fftshift": "shifts spectra, which are complex; roll does the same to any tensor",
  "fft.ifftshift": "shifts spectra, which are complex; roll does the same to any tensor",
  istft: complex,
  stft: complex,
  "linalg.eigh": signs,
  "linalg.svd": signs,
  svd: signs,
  symeig: signs,
  "linalg.householder_product": "takes the reflectors of a factorization that is only offered whole, as qr",
  "linalg.lstsq": "not offered; solve with qr or pinv",
  "linalg.lstsq/grad_oriented": "not offered; solve with qr or pinv",
  "nn.functional.fractional_max_pool2d": random,
  "nn.functional.fractional_max_pool3d": random,
  "nn.functional.rrelu": random,
  normal: random,
  "normal/number_mean": random,
  pca_lowrank: random,
  svd_lowrank: random,
  zero_: "writes into a tensor, and tensors are immutable",
  "segment_reduce/lengths": "not offered; scatterReduce reduces by labels",
  "segment_reduce/offsets": "not offered; scatterReduce reduces by labels",
  ...Object.fromEntries(
    "sum prod cumsum cumprod amax amin mean median norm var std softmax log_softmax softmin normalize logaddexp logsumexp"
      .split(" ")
      .map((name) => [`masked.${name}`, masked]),
  ),
};
