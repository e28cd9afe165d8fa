// The lint rules of everything written in TypeScript and JavaScript; prettier alone decides the layout.
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "target/",
      "tools/*/target/",
      "pkg/",
      "pkg-preview/",
      "dist/",
      "js/generated/",
      ".cache/",
      ".tools/",
    ],
  },
  tseslint.configs.strict,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  {
    // Type tests are only compiled: a value there is made for its type.
    files: ["tests/types/**"],
    rules: {
      "@typescript-eslint/no-unused-vars": "off",
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/consistent-type-imports": "off",
    },
  },
  {
    // Tests break models and libraries on purpose.
    files: ["tests/**"],
    rules: {
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-extraneous-class": "off",
    },
  },
  {
    // CommonJS is the subject of these tests, not their style.
    files: ["**/*.cjs", "**/*.cts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
