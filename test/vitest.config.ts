import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    // One more than the two cores: much of what the tests do is waiting for real processes to end.
    maxWorkers: 3,
    // No test changes a module's own state, so the files of a worker may share what they import: a quarter less time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
