import importX from "eslint-plugin-import-x"
import jsxA11y from "eslint-plugin-jsx-a11y"
import reactHooks from "eslint-plugin-react-hooks"
import {defineConfig} from "eslint/config"
import tseslint from "typescript-eslint"

const FEATURES = ["access", "stores", "operations", "events", "engines", "platform", "settings"]

/** app -> features -> components -> lib, messages; a feature never imports another. */
const zones = [
  ...FEATURES.map((feature) => ({
    target: `./src/features/${feature}`,
    from: "./src/features",
    except: [`./${feature}`],
    message: "A feature does not import another; what both need goes to components or lib.",
  })),
  {target: "./src/features", from: "./src/app", message: "A feature does not know the app around it."},
  {target: "./src/components", from: ["./src/app", "./src/features"], message: "A component knows no feature."},
  {target: "./src/lib", from: ["./src/app", "./src/features", "./src/components"], message: "lib is the ground: it imports nothing above it."},
  {target: "./src/messages", from: ["./src/app", "./src/features", "./src/components", "./src/lib"], message: "Messages are text and nothing else."},
]

/** Two letters in a row are a text; a single one may be a key's name. */
const TEXT = "[value=/[a-z]{2}/i]"
const INSIDE = ":matches(JSXElement, JSXFragment) > JSXExpressionContainer"
const SAID = "JSXAttribute[name.name=/^(title|aria-label|aria-description|aria-roledescription|aria-valuetext|placeholder|alt|label|hint)$/]"
const written = [
  `JSXText${TEXT}`,
  ...[INSIDE, `${INSIDE} > :matches(ConditionalExpression, LogicalExpression)`, SAID, `${SAID} > JSXExpressionContainer`, `${SAID} > JSXExpressionContainer > :matches(ConditionalExpression, LogicalExpression)`]
    .flatMap((place) => [`${place} > Literal${TEXT}`, `${place} > TemplateLiteral > TemplateElement[value.raw=/[a-z]{2}/i]`]),
].map((selector) => ({selector, message: "What people read stands in src/messages, so that a language is a file."}))

export default defineConfig(
  {ignores: ["dist", "node_modules", "src/lib/api/contract.ts"]},
  {linterOptions: {reportUnusedDisableDirectives: "error"}},
  ...tseslint.configs.strictTypeChecked,
  {languageOptions: {parserOptions: {projectService: {allowDefaultProject: ["eslint.config.js"]}, tsconfigRootDir: import.meta.dirname}}},
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: {"import-x": importX},
    settings: {"import-x/resolver-next": [importX.createNodeResolver({extensions: [".ts", ".tsx", ".css"], alias: {"@": [`${import.meta.dirname}/src`]}})]},
    rules: {
      "import-x/no-restricted-paths": ["error", {zones, basePath: import.meta.dirname}],
      "import-x/no-cycle": "error",
      "import-x/no-self-import": "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.test.{ts,tsx}", "src/**/*.stories.tsx", "src/testing/**", "src/stories/**"],
    rules: {"no-restricted-imports": ["error", {patterns: [{group: ["@/testing/*", "@/stories/*", "**/testing/*"], message: "Only tests and stories use these."}]}], "no-restricted-syntax": ["error", ...written]},
  },
  {files: ["src/**/*.tsx"], ...jsxA11y.flatConfigs.strict},
  {...reactHooks.configs.flat.recommended, files: ["src/**/*.{ts,tsx}"]},
  {
    files: ["**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", {allowNumber: true}],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
      "@typescript-eslint/no-confusing-void-expression": ["error", {ignoreArrowShorthand: false}],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A type parameter that is named by the caller, for what cannot be inferred.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // About the React Compiler, which is not used.
      "react-hooks/incompatible-library": "off",
      // The router leaves a page by throwing its own value.
      "@typescript-eslint/only-throw-error": ["error", {allow: [{from: "package", package: "@tanstack/router-core", name: ["Redirect", "NotFoundError"]}]}],
    },
  },
  {files: ["src/**/*.tsx"], rules: {
    // A list whose looks take its role away in Safari gets it back by name.
    "jsx-a11y/no-redundant-roles": ["error", {ul: ["list"], ol: ["list"], nav: ["navigation"]}],
    // Lists and tables that scroll inside need a stop for the keyboard.
    "jsx-a11y/no-noninteractive-tabindex": ["error", {roles: ["tabpanel", "region", "log", "grid", "table"], tags: []}],
    "jsx-a11y/label-has-associated-control": ["error", {controlComponents: ["Checkbox", "Input"], depth: 4}],
  }},
  {files: ["eslint.config.js"], extends: [tseslint.configs.disableTypeChecked]},
)
