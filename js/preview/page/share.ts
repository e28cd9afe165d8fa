// A program as the fragment of the page's address, and back. A fragment comes from anybody: it is bounded and read as text only.

const PREFIX = "#p=";
/** A program of more than this is no program that somebody wrote to share. */
const LARGEST = 1_000_000;

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** All bytes of a stream. @throws Where there are more than `most`. */
async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("The program in this link is too large");
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function through(bytes: Uint8Array<ArrayBuffer>, pair: GenericTransformStream): ReadableStream {
  return new Blob([bytes]).stream().pipeThrough(pair);
}

/** The fragment of a program. */
export async function fragmentOf(source: string): Promise<string> {
  const bytes = new TextEncoder().encode(source);
  const packed = through(bytes, new CompressionStream("deflate-raw"));
  return PREFIX + toBase64Url(await collect(packed, Infinity));
}

/**
 * The program of a fragment; undefined where the fragment is none of ours.
 * @throws Where it is one, but cannot be read.
 */
export async function programOf(fragment: string): Promise<string | undefined> {
  if (!fragment.startsWith(PREFIX)) return undefined;
  const bytes = fromBase64Url(fragment.slice(PREFIX.length));
  const plain = through(bytes, new DecompressionStream("deflate-raw"));
  return new TextDecoder("utf-8", { fatal: true }).decode(await collect(plain, LARGEST));
}
