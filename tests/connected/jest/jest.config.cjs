// Settings of the jest run: plain CommonJS, no transform, so that the package is loaded as a jest user loads it.
module.exports = {
  rootDir: __dirname,
  testMatch: ["<rootDir>/*.spec.cjs"],
  testEnvironment: "node",
  transform: {},
};
