import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    // Two cores: more workers only make the real processes in the tests wait for each other.
    maxWorkers: 2,
    // No test changes a module's own state, so the files of a worker may share what they import: a quarter less time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
