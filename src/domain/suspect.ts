import type { Finding, FindingCode } from './check.ts'

/** A batch of which outputs wait for the operator; its sites in the order of their codes. */
export interface SuspectBatch {
  batch_id: string
  sites: { site: string; suspect: number }[]
}

/** `Nov26_01: 67 outputs are suspect (Inm24 40, CyT 27)`: what a person is told of them. */
export function suspectText({ batch_id, sites }: SuspectBatch): string {
  const outputs = sites.reduce((sum, { suspect }) => sum + suspect, 0)
  const each = sites.slice(0, NAMED_SITES).map(({ site, suspect }) => `${site} ${suspect}`)
  const more = sites.length > NAMED_SITES ? [`${sites.length - NAMED_SITES} more sites`] : []
  const what = outputs === 1 ? 'output is' : 'outputs are'
  return `${batch_id}: ${outputs} ${what} suspect (${[...each, ...more].join(', ')})`
}

const NAMED_SITES = 6

/** A suspect output that waits for the operator. */
export interface SuspectOutput {
  task_id: number
  batch_id: string
  website: string
  rows: number
  findings: readonly Finding[]
}

/** What suspect outputs have in common; its size does not grow with their number. */
export interface SuspectsView {
  outputs: number
  rows: number
  /** Those with most of them first. */
  sites: { site: string; outputs: number }[]
  /** By what was found, the most frequent first; an output may be in several. */
  findings: SuspectGroup[]
  /** The tasks that come first, at most 10. */
  first: number[]
}

export interface SuspectGroup {
  code: FindingCode
  outputs: number
  /** Codes, in alphabetical order. */
  sites: string[]
  /** Of one of them. */
  message: string
  task_id: number
}
