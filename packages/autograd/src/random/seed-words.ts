/**
 * Four 32-bit words from a text: its UTF-16 units go one by one into a state that ChaCha's quarter round stirs. The round is invertible,
 * so that nothing of the earlier units is lost; the length and eight more rounds finish it.
 *
 * @see Bernstein 2008, "ChaCha, a variant of Salsa20"
 */
export function seedWords(text: string): [number, number, number, number] {
  let [a, b, c, d] = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]; // ChaCha's own constants
  const rounds = text.length + 8;
  for (let k = 0; k < rounds; k++) {
    a ^= k < text.length ? text.charCodeAt(k) : text.length;
    a = (a + b) | 0;
    d = rotate(d ^ a, 16);
    c = (c + d) | 0;
    b = rotate(b ^ c, 12);
    a = (a + b) | 0;
    d = rotate(d ^ a, 8);
    c = (c + d) | 0;
    b = rotate(b ^ c, 7);
  }
  return [a, b, c, d];
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
