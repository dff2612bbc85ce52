/** Why an attempt failed, in the words of the scraper contract, plus three that only the runner can see. */
export const ERROR_CLASSES = [
  'transient',
  'rate_limited',
  'blocked',
  'layout_changed',
  'not_found',
  'config',
  'input',
  'internal',
  'timeout',
  'memory',
  'output',
] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

/** A retry cannot mend these (source: scraper-contract.md, Exit status). */
const FINAL: ReadonlySet<ErrorClass> = new Set(['layout_changed', 'not_found', 'config', 'input'])

export function retryCanMend(errorClass: ErrorClass): boolean {
  return !FINAL.has(errorClass)
}
