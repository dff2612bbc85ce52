import type * as Sqlite from 'node:sqlite'

/**
 * Node's own SQLite, for what must happen on the disk. Some Node versions warn that it is experimental, on the
 * operator's terminal, when it is first loaded; that is kept quiet for exactly that moment.
 */
export function loadSqlite(): typeof Sqlite {
  const usual = Object.getOwnPropertyDescriptor(process, 'emitWarning') ?? {}
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    Object.defineProperty(process, 'emitWarning', usual)
  }
}
