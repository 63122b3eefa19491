/** What every line of the front end is held to. */
import js from "@eslint/js"
import { defineConfig, globalIgnores } from "eslint/config"
import tseslint from "typescript-eslint"

const LINES = 300
const FUNCTION_LINES = 40
const LINE_CHARS = 120
const IN_A_BROWSER = [
  ...["window", "performance", "setTimeout", "AbortController"],
  ...["CSS", "Element", "MutationObserver", "PopStateEvent"],
]

export default defineConfig(
  globalIgnores(["node_modules", "dist"]),
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["*.mjs", "player/page/loader.js"] } } },
    rules: {
      "max-lines": ["error", { max: LINES }],
      "max-lines-per-function": ["error", { max: FUNCTION_LINES }],
      "max-len": ["error", { code: LINE_CHARS }],
      eqeqeq: "error",
      "no-console": ["error", { allow: ["warn", "error"] }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-non-null-assertion": "off", // noUncheckedIndexedAccess asks for it in counted loops
    },
  },
  {
    files: ["player/tests/**", "participate/tests/**", "stage/tests/**", "room/tests/**", "handoff/tests/**"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: "test", package: "node:test" }] },
      ],
    },
  },
  {
    files: ["**/*.mjs", "**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: "readonly", document: "readonly", process: "readonly", URL: "readonly" } },
    rules: { "no-console": "off" },
  },
  {
    files: ["player/page/*.js"],
    languageOptions: { globals: Object.fromEntries(IN_A_BROWSER.map((name) => [name, "readonly"])) },
  },
)
