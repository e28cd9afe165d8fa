// Reads the core's answers from its memory; the tags are those of src/value/stream.rs.

/** A value of the core: plain data of its own making, without functions, binary data or sets. */
export type CoreValue =
  undefined | null | boolean | number | string | CoreValue[] | { [name: string]: CoreValue };

let utf8: TextDecoder | undefined;

/** The text that these bytes are. A decoder is made when the first text is beyond ASCII: making one is a part of what loading takes. */
export function decoded(bytes: Uint8Array): string {
  return (utf8 ??= new TextDecoder()).decode(bytes);
}

/** Reads one value from the answer's bytes. */
export class Decoder {
  private at = 0;

  /**
   * @param ascii Whether all texts of the answer are ASCII.
   * @param all The answer's bytes as letters, where they are had at once, and the texts of the answer are parts of it.
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly ascii: boolean,
    private readonly all: string | undefined,
  ) {}

  value(): CoreValue {
    const bytes = this.bytes;
    switch (bytes[this.at++]) {
      case 0:
        return undefined;
      case 1:
        return null;
      case 2:
        return false;
      case 3:
        return true;
      case 4: {
        const view = new DataView(bytes.buffer, bytes.byteOffset + this.at, 8);
        this.at += 8;
        return view.getFloat64(0, true);
      }
      case 5:
        return Number(this.text());
      case 7:
        return this.cut(bytes[this.at++] as number);
      case 8:
        return this.cut(this.word());
      case 11: {
        const count = this.container();
        const list: CoreValue[] = [];
        for (let i = 0; i < count; i++) list.push(this.value());
        return list;
      }
      case 12: {
        const count = this.container();
        const map: { [name: string]: CoreValue } = {};
        for (let i = 0; i < count; i++) {
          const name = this.text();
          map[name] = this.value();
        }
        return map;
      }
      case 17:
        return this.word() | 0;
      default:
        throw new Error("the core answered with an unknown tag");
    }
  }

  /** Binary data that is made of words. */
  words(): number[] {
    this.at++;
    const words = new Array<number>(this.word() / 4);
    for (let i = 0; i < words.length; i++) words[i] = this.word();
    return words;
  }

  private container(): number {
    this.at += 4;
    return this.word();
  }

  private word(): number {
    const { bytes, at } = this;
    this.at = at + 4;
    return (
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)) >>>
      0
    );
  }

  private text(): string {
    const length = this.bytes[this.at++] as number;
    return this.cut(length === 255 ? this.word() : length);
  }

  private cut(length: number): string {
    const { bytes, at } = this;
    const end = at + length;
    this.at = end;
    if (this.all !== undefined) return this.all.substring(at, end);
    return this.ascii && length <= SHORT
      ? String.fromCharCode.apply(null, bytes.subarray(at, end) as unknown as number[])
      : decoded(bytes.subarray(at, end));
  }
}

/** Up to here, letters given one by one become a text sooner than a decoder makes it. */
const SHORT = 40;
