// What the build makes of other files: the worker as text, and the examples.

declare module "virtual:worker" {
  /** The whole script of the worker. */
  const source: string;
  export default source;
}

declare module "virtual:examples" {
  /** The programs of the menu, in its order. */
  const examples: readonly { name: string; title: string; source: string }[];
  export default examples;
}
