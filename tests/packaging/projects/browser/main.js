// A page that shows the params of a call, or what went wrong when the package could not be loaded.
const show = (id, text) => (document.getElementById(id).textContent = text);

import("./preview.js").then(
  ({ params }) => show("params", JSON.stringify(params)),
  (error) => show("failure", error.message),
);
