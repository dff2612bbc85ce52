import type { ErrorClass } from './error-class.ts'
import type { Searched } from './search-fields.ts'
import type { TaskStatus } from './task.ts'

/** Failed attempts of one batch whose messages differ in nothing but numbers, ids and addresses. */
export interface ErrorGroup {
  /** `errorKey` of the messages: names the group for good (`TaskFilter.error`). */
  key: string
  error_class: ErrorClass
  /** The latest message, as it came. */
  message: string
  /** Failed attempts. */
  attempts: number
  /** Tasks that have such an attempt. */
  tasks: number
  /** Of them: what failed for good, and what a later attempt completed. The rest is not decided, or was cancelled. */
  lost: number
  recovered: number
  /** Codes, in alphabetical order. */
  sites: string[]
  /** UTC, milliseconds. */
  first_at: string
  last_at: string
  last_task_id: number
  last_attempt: number
}

/** What became of the tasks that have a failed attempt: the one definition wherever failures are counted. */
export type Fates = Pick<ErrorGroup, 'lost' | 'recovered'>

export function fateOf(status: TaskStatus): keyof Fates | undefined {
  if (status === 'completed') return 'recovered'
  return status === 'failed' || status === 'permanently_failed' ? 'lost' : undefined
}

/** Whether nothing of the group is lost, or may still be. */
export function isRecovered({ tasks, recovered }: ErrorGroup): boolean {
  return recovered === tasks
}

/** What groups can be searched by, beside words of their sites, class and message. */
export const GROUP_FIELDS = ['site', 'class', 'error', 'attempts'] as const

/** What a search sees of a group. */
export function searchedGroup({ sites, error_class, message, attempts }: ErrorGroup): Searched {
  return {
    text: [sites.join(' '), error_class, message],
    words: { site: sites, class: [error_class], error: [message] },
    numbers: { attempts },
  }
}

/** What groups are sorted by. */
export const GROUP_SORTS = [
  'tasks',
  'lost',
  'recovered',
  'attempts',
  'error_class',
  'sites',
  'first_at',
  'last_at',
] as const

export interface GroupSort {
  by: (typeof GROUP_SORTS)[number]
  descending: boolean
}

/** `groups` in this order; those that are alike in it as they were. */
export function sortedGroups(groups: readonly ErrorGroup[], { by, descending }: GroupSort): ErrorGroup[] {
  const sign = descending ? -1 : 1
  const value = (group: ErrorGroup) => (by === 'sites' ? group.sites.join(' ') : group[by])
  return groups.toSorted((one, other) => {
    const [own, its] = [value(one), value(other)]
    return own === its ? 0 : own < its ? -sign : sign
  })
}

/** Longer messages of one group are cut here, so that the key stays an index's size. */
const LONGEST = 200
/** What a scraper writes may be long, and some of the patterns are slow on hostile text. */
const LOOKED_AT = 1000

/**
 * What two messages have in common when only their numbers, ids and addresses differ: URLs, hexadecimal ids, quoted
 * text and numbers become marks, letter case and spaces go.
 */
export function errorKey(error_class: ErrorClass, message: string): string {
  const common = message
    .slice(0, LOOKED_AT)
    .replaceAll(/https?:\/\/[^\s"')\]]+/gi, '<url>')
    .replaceAll(/"[^"\n]*"|(?<![\p{L}\p{N}])'[^'\n]*'(?![\p{L}\p{N}])|«[^»\n]*»/gu, '<text>')
    .replaceAll(/\b(?=[0-9a-f-]*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\b/gi, '<n>')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '<n>')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
  return `${error_class}: ${common.slice(0, LONGEST)}`
}
