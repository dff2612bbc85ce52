import type { Checker } from '../domain/check.ts'
import type { Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { Runner } from '../domain/runner.ts'
import { startAttempt } from './attempt.ts'
import { createMemoryGroup, type GroupPlaces } from './memory-group.ts'
import { reapTagged, workspaceTagPrefix } from './reap.ts'
import { createRedactor } from './redact.ts'
import { createWatch } from './watch.ts'
import { WorkFolders } from './work-folders.ts'

/**
 * A Runner of real processes, by the scraper contract.
 * @param ports `builtinScrapers`: folder that holds the compiled `<name>.js` of each built-in scraper; `groups`: where
 *   control groups are, if not where Linux has them
 */
export function createRunner(
  config: Config,
  ports: { clock: Clock; builtinScrapers: string; checker: Checker; groups?: GroupPlaces },
): Runner {
  const { clock, builtinScrapers, checker } = ports
  // A copy: looking a variable up in process.env is slow, and it cannot change under an attempt.
  const environment = { ...process.env }
  const redactor = createRedactor(config.redact, environment)
  const workFolders = new WorkFolders(config.workspace)
  const watch = createWatch(clock)
  const memoryGroup = createMemoryGroup(ports.groups)
  const around = {
    config,
    clock,
    builtinScrapers,
    checker,
    environment,
    redactor,
    watch,
    workFolders,
    memoryGroup,
  }
  const tagPrefix = workspaceTagPrefix(config.workspace)
  return {
    tagPrefix,
    start: (...of) => startAttempt(around, ...of),
    async reap() {
      const count = await reapTagged(tagPrefix, 'prefix', clock)
      // Nobody works in them any more.
      await workFolders.clear()
      return count
    },
  }
}
