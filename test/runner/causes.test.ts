import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AttemptResult } from '../../src/domain/runner.ts'
import { causeOf } from '../../src/runner/causes.ts'
import { attemptBench, type AttemptBench } from '../support/attempts.ts'

let bench: AttemptBench
beforeEach(() => {
  bench = attemptBench()
})
afterEach(() => bench.close())

const NODE = process.execPath

/** Runs a file of that text with an interpreter, or as a program of its own; `$` of the command stands for its path. */
function run(command: string, name: string, text: string): Promise<AttemptResult> {
  const file = join(bench.workspace, name)
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return bench.run({ script: command.replaceAll('$FILE', file) })
}

describe('what the scraper lacks, or has wrong, is a fault of its configuration and is named', () => {
  test.each([
    [
      'python3 $FILE',
      's.py',
      'import os\nimport nosuch.part\n',
      ["No module named 'nosuch'", 's.py, line 2'],
    ],
    ['python3 $FILE', 's.py', 'from os import nosuch\n', ["cannot import name 'nosuch'"]],
    ['python3 -m nosuch', 's.py', '', ['No module named nosuch']],
    [
      'python3 $FILE',
      's.py',
      'x = 1\ndef f(\n  y = 2\n',
      ['syntax error', "'(' was never closed", 's.py, line 2'],
    ],
    ['python3 $FILE', 's.py', 'def f():\nreturn 1\n', ['expected an indented block', 'line 2']],
    ['python3 $FILE', 's.py', 'open("/no/cookies.json")\n', ['/no/cookies.json']],
    ['python3 $FILE', 's.py', 'import subprocess\nsubprocess.run(["nosuch-browser"])\n', ['nosuch-browser']],
    [`${NODE} $FILE`, 's.mjs', "import 'nosuch'\n", ["Cannot find package 'nosuch'", 's.mjs']],
    [`${NODE} $FILE`, 's.mjs', "import './nosuch.mjs'\n", ['Cannot find module', 'nosuch.mjs']],
    [`${NODE} $FILE`, 's.mjs', "await import('./nosuch.mjs')\n", ['Cannot find module', 'nosuch.mjs']],
    [`${NODE} $FILE`, 's.cjs', "require('nosuch')\n", ["Cannot find module 'nosuch'"]],
    [`${NODE} $FILE.gone.js`, 's.js', '', ['Cannot find module', 's.js.gone.js']],
    [`${NODE} $FILE`, 's.cjs', '\nconst a = ;\n', ['syntax error', "Unexpected token ';'", 's.cjs, line 2']],
    [`${NODE} $FILE`, 's.mjs', '\nconst a = ;\n', ['syntax error', 's.mjs, line 2']],
    [`${NODE} $FILE`, 's.mjs', "import { nosuch } from 'node:fs'\n", ['nosuch', 's.mjs, line 1']],
    [`${NODE} $FILE`, 's.mjs', "import fs from 'node:fs'\nfs.readFileSync('/no/file')\n", ['/no/file']],
    [`${NODE} $FILE`, 's.cjs', "require('child_process').spawn('nosuch-browser')\n", ['nosuch-browser']],
    ['perl $FILE', 's.pl', 'use No::Such;\n', ['No/Such.pm']],
    ['perl $FILE', 's.pl', 'my $x = ;\n', ['syntax error at', 'line 1']],
    ['bash $FILE', 's.sh', 'echo on its way >&2\nnosuch-program --list\n', ['nosuch-program', 'not found']],
    ['dash $FILE', 's.sh', 'nosuch-program\n', ['nosuch-program: not found']],
    ['bash $FILE', 's.sh', 'set -e\nnosuch-program || exit 1\n', ['nosuch-program']],
    ['bash $FILE', 's.sh', 'if true; then\n  fi fi\n', ['syntax error near unexpected token']],
    ['dash $FILE', 's.sh', 'if true; then\n  fi fi\n', ['Syntax error']],
    ['env nosuch-program', 's.sh', '', ['nosuch-program']],
    ['bash -c "$FILE"', 's.sh', '#!/nosuch/interpreter\n', ['s.sh', 'is missing']],
    ['chmod 644 $FILE; bash -c "$FILE"', 's.sh', '', ['s.sh: Permission denied']],
  ])('%s, %s: %j', async (command, name, text, parts) => {
    const { outcome, error } = await run(command, name, text)
    expect(outcome).toBe('failed')
    expect(error?.class).toBe('config')
    for (const part of parts) expect(error?.message).toContain(part)
  })

  test.each([
    ['a missing program', [], 'nosuch', 'is missing'],
    [
      'a program whose interpreter is missing',
      [0o755, '#!/nosuch/interpreter\n'],
      's',
      '/nosuch/interpreter',
    ],
    ['a file that is no program', [0o644, '#!/bin/sh\n'], 's', 'not executable'],
  ] as const)('%s is named', async (_, [mode, text], name, part) => {
    const file = join(bench.workspace, name)
    if (mode) writeFileSync(file, text, { mode })
    const ended = attemptBench((config) => ({
      ...config,
      workspace: bench.workspace,
      scrapers: { cyt: { command: [file], pass_env: [], timeout: null, browser: false } },
    }))
    const { error } = await ended.run({})
    await ended.close()
    expect(error).toMatchObject({ class: 'config', message: expect.stringContaining(file) })
    expect(error?.message).toContain(part)
  })
})

// What interpreters that are not on every machine write.
test.each([
  [
    "/s.rb:1:in `require': cannot load such file -- nokogiri (LoadError)\n\tfrom /s.rb:1:in `<main>'",
    1,
    'nokogiri',
  ],
  ['s.rb:3: syntax errors found (SyntaxError)\n  2 | x\n> 3 | def\n    |    ^ unexpected end', 1, 's.rb:3'],
  [
    "s.rb:1:in 'File#initialize': No such file or directory @ rb_sysopen - x (Errno::ENOENT)",
    1,
    'rb_sysopen - x',
  ],
  ['PHP Parse error:  syntax error, unexpected token ";" in /s.php on line 3', 255, '/s.php on line 3'],
  [
    "PHP Fatal error:  Uncaught Error: Failed opening required 'vendor/autoload.php' in /s.php:2\n" +
      'Stack trace:\n#0 {main}\n  thrown in /s.php on line 2',
    255,
    'vendor/autoload.php',
  ],
  ['Error in library(rvest) : there is no package called ‘rvest’\nExecution halted', 1, 'rvest'],
  [
    'chrome: error while loading shared libraries: libnss3.so: cannot open shared object file',
    127,
    'libnss3.so',
  ],
  ['zsh:1: command not found: nosuch', 127, 'nosuch'],
  [
    "playwright._impl._errors.Error: BrowserType.launch: Executable doesn't exist at /ms/chrome\n╔═══╗\n║ Run ║\n╚═══╝",
    1,
    '/ms/chrome',
  ],
  [
    'Caused by: java.lang.ClassNotFoundException: org.jsoup.Jsoup\n\tat java.lang.X\n\t... 1 more',
    1,
    'org.jsoup',
  ],
])('%j is a fault of configuration', (text, status, part) => {
  expect(causeOf(text.split('\n'), status)).toMatchObject({
    class: 'config',
    message: expect.stringContaining(part),
  })
})

describe('the same words count for nothing', () => {
  test.each([
    // Said before the end, and not by the interpreter as its last word.
    [
      'python3 $FILE',
      's.py',
      'import sys\nprint("ModuleNotFoundError: No module named x", file=sys.stderr)\n1/0\n',
    ],
    [
      'python3 $FILE',
      's.py',
      'try:\n  import nosuch\nexcept ImportError as e:\n  print(e)\nraise ValueError("x")\n',
    ],
    [
      'python3 $FILE',
      's.py',
      'import sys, traceback\ntry:\n  import nosuch\nexcept ImportError:\n  traceback.print_exc()\n' +
        'print("went on without it", file=sys.stderr)\nsys.exit(1)\n',
    ],
    [
      'python3 $FILE',
      's.py',
      'import sys\nprint("ImportError: of the page", file=sys.stderr)\nsys.exit(1)\n',
    ],
    // What is wrong is the page.
    ['python3 $FILE', 's.py', 'import ast\nast.literal_eval("<html>")\n'],
    [`${NODE} $FILE`, 's.mjs', "JSON.parse('<html>')\n"],
    [`${NODE} $FILE`, 's.mjs', "new Function('<html>')\n"],
    [`${NODE} $FILE`, 's.mjs', "new RegExp('(')\n"],
    [`${NODE} $FILE`, 's.mjs', "import vm from 'node:vm'\nnew vm.Script('<html>')\n"],
    ['bash $FILE', 's.sh', 'nosuch-program\necho "the site gave nothing" >&2; exit 1\n'],
    ['bash $FILE', 's.sh', 'cat /no/cache; exit 1\n'],
  ])('%s, %s: %j', async (command, name, text) => {
    expect((await run(command, name, text)).error?.class).toBe('internal')
  })

  test('where the scraper says itself why it failed, or its exit status does', async () => {
    const said = '{"scraper":1,"type":"error","class":"transient","message":"the site is down"}'
    const spoke = await run('bash $FILE', 's.sh', `echo '${said}'\nnosuch-program\n`)
    expect(spoke.error).toMatchObject({ class: 'transient', message: 'the site is down' })
    const status = await run('bash $FILE', 's.sh', 'nosuch-program\nexit 77\n')
    expect(status.error?.class).toBe('blocked')
  })
})

test.each([
  ['sh: 1: Cannot fork', 2],
  ['s.sh: line 3: fork: retry: Resource temporarily unavailable', 2],
  ['s.sh: fork: Cannot allocate memory', 254],
])('%s: no room for a process is no fault of configuration', async (text, status) => {
  const { error } = await run('bash $FILE', 's.sh', `echo '${text}' >&2; exit ${status}\n`)
  expect(error).toMatchObject({ class: 'transient', message: expect.stringContaining('ork') })
})

test('a flood of hostile lines is looked at in no time', () => {
  const lines = [
    'x: '.repeat(200),
    ': 1'.repeat(170),
    'File "'.repeat(80),
    ' at '.repeat(120),
    'a'.repeat(500),
  ]
  const began = performance.now()
  for (const last of lines) causeOf([...Array.from({ length: 39 }, () => last), last], 127)
  expect(performance.now() - began).toBeLessThan(500)
})
