// Where in the user's program something happened, read from a stack.

/** The name under which the program's lines are known to the engine. */
export const PROGRAM = "electroxide-preview-program";

/** Lines that the engine puts before the body of a function made of text. */
const HEADER = 2;

const FRAME = new RegExp(`${PROGRAM}:(\\d+):\\d+`);

/** The line of the program in a stack; 0 where none of its lines is there. */
export function lineIn(stack: unknown): number {
  if (typeof stack !== "string") return 0;
  const line = FRAME.exec(stack)?.[1];
  return line === undefined ? 0 : Math.max(1, Number(line) - HEADER);
}

/** The line that is running now. */
export function currentLine(): number {
  return lineIn(new Error().stack);
}
