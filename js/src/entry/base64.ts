// Base64 text to bytes with what every browser has; Node's entry uses its faster Buffer instead.

/** The bytes that `text` stands for. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
