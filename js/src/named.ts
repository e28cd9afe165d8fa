// The names of classes that users see: in stacks, in logs and where an error is told by its constructor. The bundle of Node has shorter ones.

/** Gives the class this name for good. */
export function named(type: object, name: string): void {
  Object.defineProperty(type, "name", { value: name });
}
