import type { Config } from '../../domain/config.ts'

/** The words for commands on a single scraper that a configuration knows: sites, and their scrapers. */
export function scraperWords({ sites }: Pick<Config, 'sites'>): string[] {
  const scrapers = Object.values(sites).flatMap(({ scraper, detail_scraper }) => [scraper, detail_scraper])
  return [...new Set([...Object.keys(sites), ...scrapers])].filter((word) => word !== null)
}
