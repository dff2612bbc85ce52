import { group } from '../command.ts'
import { check } from './scraper-check.ts'
import { copy } from './scraper-copy.ts'
import { record } from './scraper-record.ts'
import { test } from './scraper-test.ts'

export const scraper = group(
  'scraper',
  'recorded pages and the contract: repair and try a scraper by itself',
  [record, test, copy, check],
)
