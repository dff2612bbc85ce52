import { accessSync, constants } from 'node:fs'

/** Where distributions put a Chromium, or a browser of its family that is driven in the same way. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * The browser for scrapers with `browser: true`: the one that ZAFRA_CHROMIUM names, else the first installed.
 * Undefined where there is none, or the one named cannot be run.
 */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['ZAFRA_CHROMIUM']
  return (named ? [named] : PLACES).find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
