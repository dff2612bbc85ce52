import { group } from '../command.ts'
import { backup } from './db-backup.ts'
import { check } from './db-check.ts'
import { explain } from './db-explain.ts'
import { maintain } from './db-maintain.ts'
import { migrate } from './db-migrate.ts'
import { query } from './db-query.ts'
import { restore } from './db-restore.ts'
import { status } from './db-status.ts'

export const db = group('db', 'the database: status, backup, restore, maintenance, checks, read-only SQL', [
  status,
  migrate,
  backup,
  restore,
  maintain,
  check,
  explain,
  query,
])
