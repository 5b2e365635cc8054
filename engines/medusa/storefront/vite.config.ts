import { defineConfig } from "vitest/config";

/** Same promise as the server's header; frame-ancestors works in a header only, so it is not here. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: https: http:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
].join("; ");

const stub = process.env.STUB_URL ?? "http://127.0.0.1:9100";

export default defineConfig({
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  plugins: [
    {
      name: "content-security-policy",
      apply: "build",
      transformIndexHtml: () => [
        {
          tag: "meta",
          attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy },
          injectTo: "head-prepend",
        },
      ],
    },
  ],
  server: { proxy: { "/store": stub, "/config.json": stub } },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
    environmentOptions: {
      // Clicks on links must not go anywhere by themselves.
      happyDOM: {
        settings: {
          navigation: { disableMainFrameNavigation: true, disableChildPageNavigation: true, disableFallbackToSetURL: true },
          disableIframePageLoading: true,
        },
      },
    },
  },
});
