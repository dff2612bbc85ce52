import { ZafraError } from '../domain/error.ts'
import { LISTS } from './words.ts'

/**
 * The words of a path and a query string, lists told apart (`status=failed,cancelled`, or given twice).
 * @throws ZafraError `usage` where a single word is given twice
 */
export function wordsOf(
  path: Readonly<Record<string, string>>,
  search: Readonly<Record<string, string[]>>,
): Record<string, string | string[]> {
  const words: Record<string, string | string[]> = {}
  for (const [word, values] of Object.entries(search)) {
    if (LISTS.has(word))
      words[word] = values.flatMap((value) => value.split(',')).filter((value) => value !== '')
    else if (values.length === 1) words[word] = values[0]!
    else throw new ZafraError('usage', `${word} can be given only once`)
  }
  return { ...words, ...path }
}
