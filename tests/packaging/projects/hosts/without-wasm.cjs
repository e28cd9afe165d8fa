// Prints what the package says on a host without WebAssembly.
delete globalThis.WebAssembly;
try {
  require("electroxide");
  console.log("no error");
} catch (error) {
  console.log(error.message);
}
