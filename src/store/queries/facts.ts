import type { OutputFacts } from '../../domain/check.ts'
import { NO_REPORT } from '../../domain/list-report.ts'

/** The facts of an output as they stand in the database; of what an older program did not write nothing is known. */
export function parseFacts(json: string): OutputFacts {
  return {
    ...NO_REPORT,
    profile: null,
    ...(JSON.parse(json) as Omit<OutputFacts, keyof typeof NO_REPORT | 'profile'>),
  }
}
