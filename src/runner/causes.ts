import type { ErrorClass } from '../domain/error-class.ts'
import { isTelling } from './error-line.ts'

/** Why a program ended, by what its interpreter, its shell or the loader reported last. */
export interface Cause {
  class: ErrorClass
  message: string
}

/** The last report on standard error: the line that says what is wrong, and the lines around it. */
interface Report {
  line: string
  before: readonly string[]
  after: readonly string[]
  exit_code: number
}

interface Recognizer {
  cause: keyof typeof CAUSES
  /** Found in the line of the report; its first group is quoted, or else all of it. */
  pattern: RegExp
  /** What must be true of the report beside that: the words alone could be anybody's. */
  when: (report: Report) => boolean
}

const CAUSES = {
  module: { class: 'config', meaning: 'a module that the scraper needs cannot be loaded' },
  file: { class: 'config', meaning: 'a program or file that the scraper needs is missing or not accessible' },
  syntax: { class: 'config', meaning: 'the scraper has a syntax error' },
  fork: { class: 'transient', meaning: 'the machine had no room for another process' },
} as const satisfies Record<string, { class: ErrorClass; meaning: string }>

/** What interpreters write after the line that says what is wrong, beside the lines that `isTelling` knows. */
const AFTERWORDS: readonly RegExp[] = [
  /^Require stack:$|^- \/|^Emitted '\w+' event on /,
  /^BEGIN failed--|^Compilation failed in require |^Execution of .+ aborted due to /,
  /^.+: line \d+: `/,
  /^Stack trace:$|^#\d+ /,
  /^[>╔║╚]|^npm (?:error|ERR!)|^Execution halted$/,
]

/** Exit statuses of a shell, and of what starts a program for another, where that cannot be started. */
const NOT_STARTED: ReadonlySet<unknown> = new Set([126, 127])

const RECOGNIZERS: readonly Recognizer[] = [
  module(/^(?:[\w.]+\.)?(?:ModuleNotFoundError|ImportError|PackageNotFoundError): (.+)/, inTraceback),
  module(/^\S*(?:python|pypy)[\w.]*: (No module named .+|Error while finding module .+)/),
  module(/^Error(?: \[\w+\])?: (Cannot find (?:module|package) .+)/),
  module(/^Error \[ERR_(?:MODULE_NOT_FOUND|PACKAGE_PATH_NOT_EXPORTED|UNSUPPORTED_DIR_IMPORT)\]: (.+)/),
  module(/^error: ((?:Cannot find (?:module|package)|Module not found|Relative import path) .+)/),
  module(/^.+\(LoadError\)$/),
  module(/^Can't locate .+ in @INC/),
  module(/^lua[\w.]*: (.*module '.+' not found)/),
  module(/^Error in .+ : (there is no package called .+)/),
  module(/^Error: (Could not find or load main class .+|Unable to access jarfile .+)/),
  module(/^(?:Exception in thread .+ |Caused by: )\S*(?:NoClassDefFoundError|ClassNotFoundException): (.+)/),
  module(/^\S+: (error while loading shared libraries: .+)/),

  syntax(/^(?:Syntax|Indentation|Tab)Error: (.+)/, whenPythonCompiles),
  syntax(/^SyntaxError(?: \[\w+\])?: (.+)/, whenNodeCompiles),
  syntax(/^.+: (?:line )?\d+: [Ss]yntax error\b.*/),
  syntax(/^\S+:\d+: syntax errors?\b.*/),
  syntax(/^syntax error at .+ line \d+.*/),
  syntax(/^(?:PHP )?Parse error: +(.+ in .+ on line \d+)$/),

  file(/^((?:FileNotFound|Permission|NotADirectory|IsADirectory)Error: .+)/, inTraceback),
  file(/^(?:\w*Error(?: \[\w+\])?: )?((?:ENOENT|EACCES): .+|spawn(?:Sync)? .+ (?:ENOENT|EACCES))$/),
  file(/^.+\(Errno::(?:ENOENT|EACCES)\)$/),
  file(/^(?:PHP )?Fatal error: +.*(Failed opening required .+)/),
  file(/Executable doesn't exist at .+|executable needs to be in PATH|Could not find Chrome\b.*/),
  file(/^.+: (?:line )?\d+: (.+: (?:(?:command )?not found|No such file or directory|Permission denied))$/),
  file(/^\S+: \d+: (cannot open .+: No such file)$/),
  file(
    /^\S+: (.+: (?:(?:command )?not found|No such file.*|Permission denied|cannot execute\b.*|Exec format error))$/,
    ({ exit_code }) => NOT_STARTED.has(exit_code),
  ),
  file(/^\S+: (command not found: .+)/, ({ exit_code }) => NOT_STARTED.has(exit_code)),

  { cause: 'fork', pattern: /^.+: (?:[Cc](?:annot|an't) fork\b.*|fork: .+)$/, when: () => true },
]

function module(pattern: RegExp, when: Recognizer['when'] = () => true): Recognizer {
  return { cause: 'module', pattern, when }
}

function file(pattern: RegExp, when: Recognizer['when'] = () => true): Recognizer {
  return { cause: 'file', pattern, when }
}

function syntax(pattern: RegExp, when: Recognizer['when'] = () => true): Recognizer {
  return { cause: 'syntax', pattern, when }
}

/**
 * Why the program ended with `exit_code`, where its last lines on standard error (the earliest first) are a report of
 * its interpreter, shell or loader that says so. What the scraper itself wrote earlier counts for nothing.
 */
export function causeOf(tail: readonly string[], exit_code: number): Cause | undefined {
  const at = tail.findLastIndex((line) => isTelling(line) && !AFTERWORDS.some((each) => each.test(line)))
  const line = tail[at]
  if (line === undefined) return undefined
  const report: Report = { line, before: tail.slice(0, at), after: tail.slice(at + 1), exit_code }
  for (const { pattern, cause, when } of RECOGNIZERS) {
    const found = pattern.exec(line)
    if (!found || !when(report)) continue
    const { class: errorClass, meaning } = CAUSES[cause]
    const place = placeInPython(report) ?? (cause === 'syntax' ? placeInNode(report) : undefined)
    const where = place ? ` (${place.file}, line ${place.line})` : ''
    return { class: errorClass, message: `${meaning}: ${found[1] ?? found[0]}${where}` }
  }
  return undefined
}

/** An exception that ended the program has a traceback before it, whose last line is source or marks below it. */
function inTraceback({ before }: Report): boolean {
  return /^\s|^Traceback /.test(before.at(-1) ?? '')
}

/** Where text of a page was evaluated, the file has a name such as `<string>`. */
function whenPythonCompiles(report: Report): boolean {
  return placeInPython(report)?.file.startsWith('<') === false
}

/** A file that Node cannot compile is named before; `JSON.parse` of a page throws a SyntaxError too. */
function whenNodeCompiles(report: Report): boolean {
  return (
    placeInNode(report) !== undefined &&
    /^\s+at .*\bnode:internal\/|^\s+at #async/.test(report.after[0] ?? '')
  )
}

/** The innermost place of the traceback right before the line. */
function placeInPython({ before }: Report) {
  const traceback = before.slice(before.findLastIndex((line) => /^\S/.test(line)) + 1)
  return placeIn(traceback, /^\s+File "([^"]+)", line (\d+)/)
}

/** The heading of the excerpt of the source, a few lines before. */
function placeInNode({ before }: Report) {
  return placeIn(before.slice(-5), /^(?:file:\/\/)?(\/[^()]*):(\d+)$/)
}

function placeIn(lines: readonly string[], pattern: RegExp): { file: string; line: string } | undefined {
  for (const each of lines.toReversed()) {
    const [, named, line] = pattern.exec(each) ?? []
    if (named !== undefined && line !== undefined) return { file: named, line }
  }
  return undefined
}
