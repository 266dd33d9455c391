import { defineConfig } from 'vitest/config'

/** Kinds of tests by suffix: `.test` pure, `.db.test` with PostgreSQL, `.hub.test` the whole hub, `.web.test` a real browser. */
export default defineConfig({
  // Vite would take graphql's ESM build and Node takes the other one for packages: two copies refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['test/kit/postgres-server.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    // Two cores: a file is a process of its own, and the hub's own processes want a core too.
    maxWorkers: 2,
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**'],
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'test/results.json' }]] : ['default'],
  },
})
