import { defineConfig } from 'rolldown'

/**
 * The program in few files, with React, Ink, yargs and the rest inside: to find and read a thousand small modules is
 * most of the time from a command to its first word. The folder is as deep as a room of `src/`, so that what stands
 * beside them (`migrations/`, `package.json`) has the same relative address from both.
 */
export default defineConfig({
  input: {
    main: 'src/cli/main.ts',
    tui: 'src/tui/index.ts',
    'backup-thread': 'src/store/upkeep/backup-thread.ts',
  },
  platform: 'node',
  // The one reads files of its own, the others are there only if somebody wants them.
  external: ['sql.js', 'playwright-core', 'react-devtools-core'],
  // React's development build leaks a measure for each rendering.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  output: { dir: 'dist/program', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
})
