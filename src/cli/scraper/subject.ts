import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import { nearest } from '../../domain/nearest.ts'
import { fileCommand, scraperCommand, type ScraperCommand } from '../../runner/command.ts'
import { BUILTIN_SCRAPERS } from '../package.ts'
import { scraperWords } from './words.ts'

/** The scraper that a word of the command line means. */
export interface Subject {
  name: string
  command: ScraperCommand
  /** The site that it is configured for; null: none. */
  site: string | null
  /** Whether it is that site's detail scraper. */
  detail: boolean
}

/** Whether `word` is the path of a program, not a name. */
export function isProgramPath(word: string, cwd: string): boolean {
  return word.includes('/') || (statSync(resolve(cwd, word), { throwIfNoEntry: false })?.isFile() ?? false)
}

/**
 * @param word a site's code (its main scraper), the name of a scraper, or the path of a program
 * @throws ZafraError `not_found` where there is no such scraper
 */
export function subjectOf(config: Config, word: string, cwd: string): Subject {
  const isPath = isProgramPath(word, cwd)
  const path = resolve(cwd, word)
  const name = isPath ? basename(path).replace(/\.\w+$/, '') : (config.sites[word]?.scraper ?? word)
  const command = isPath ? fileCommand(path) : scraperCommand(config, BUILTIN_SCRAPERS, name)
  if (!command) throw notFound(config, word, isPath)
  const [site] =
    Object.entries(config.sites).find(([, each]) => [each.scraper, each.detail_scraper].includes(name)) ?? []
  const detail = site !== undefined && config.sites[site]?.detail_scraper === name
  return { name, command, site: site ?? null, detail }
}

function notFound(config: Config, word: string, isPath: boolean): ZafraError {
  if (isPath) {
    const ways = 'a file of .ts, .js, .mjs, .py or .sh, or one that may be executed'
    return new ZafraError('not_found', `${word} is no program to start: it takes ${ways}`)
  }
  const near = nearest(word, scraperWords(config))
  const hint =
    near === undefined ? 'put one into scrapers/ under that name, or give its path' : `did you mean ${near}?`
  return new ZafraError('not_found', `there is no scraper or site ${word}; ${hint}`)
}
