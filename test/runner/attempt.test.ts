import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { attemptBench, type AttemptBench } from '../support/attempts.ts'

let bench: AttemptBench
beforeEach(() => {
  bench = attemptBench()
})
afterEach(() => bench.close())

const CSV = 'printf "url\\n1\\n2\\n" > "$SCRAPER_OUTPUT_FILE"'
const texts = async (stream?: 'out' | 'err' | 'zafra') => (await bench.lines(stream)).map(({ text }) => text)

/** The environment that a scraper sees, and where it is. */
async function environment(spec: Parameters<AttemptBench['run']>[0] = {}): Promise<Record<string, string>> {
  const file = join(bench.workspace, 'environment')
  const result = await bench.run({ script: `env -0 > ${file}; pwd >> ${file}; ${CSV}`, ...spec })
  expect(result.outcome).toBe('completed')
  const parts = readFileSync(file, 'utf8').split('\0')
  const variables = parts.slice(0, -1).map((each) => {
    const at = each.indexOf('=')
    return [each.slice(0, at), each.slice(at + 1)]
  })
  return { ...Object.fromEntries(variables), cwd: parts.at(-1)?.trim() }
}

describe('the smallest scraper', () => {
  test('completes, and its output stands at the final path only', async () => {
    const result = await bench.run({ command: ['good.sh'] })
    expect(result).toMatchObject({
      outcome: 'completed',
      exit_code: 0,
      signal: null,
      error: null,
      metrics: {},
    })
    expect(result.output).toEqual({ rows: 2, bytes: statSync(bench.output).size })
    expect(readdirSync(dirname(bench.output))).toEqual(['CyT_Gdl_Ven_Dep_Nov26_01.csv'])
  })

  test('leaves a log that begins with its command and ends with its outcome', async () => {
    await bench.run({ command: ['good.sh'] })
    const notes = await texts('zafra')
    expect(notes[0]).toContain('good.sh')
    expect(notes.at(-1)).toContain('completed (exit status 0): 2 rows')
  })
})

describe('the environment', () => {
  test('has the variables of the contract', async () => {
    const got = await environment({
      spec: { number: 3, mode: 'detail', url_list_file: '/list.csv', previous_file: '/previous.csv' },
      task: { id: 7, execution_batch: 'Nov26_02', url: 'https://example.org/?a=$(id)&b=`id`' },
    })
    expect(got).toMatchObject({
      SCRAPER_PROTOCOL: '1',
      SCRAPER_MODE: 'detail',
      SCRAPER_OUTPUT_FILE: `${bench.output}.partial`,
      SCRAPER_STATE_FILE: `${bench.output}.state`,
      SCRAPER_BASE_DIR: bench.workspace,
      SCRAPER_BATCH_ID: 'Nov26_02',
      SCRAPER_WEBSITE: 'CyT',
      SCRAPER_WEBSITE_CODE: 'CyT',
      SCRAPER_CITY: 'Gdl',
      SCRAPER_CITY_CODE: 'Gdl',
      SCRAPER_OPERATION: 'Ven',
      SCRAPER_OPERATION_CODE: 'Ven',
      SCRAPER_PRODUCT: 'Dep',
      SCRAPER_PRODUCT_CODE: 'Dep',
      SCRAPER_INPUT_URL: 'https://example.org/?a=$(id)&b=`id`',
      SCRAPER_URL_LIST_FILE: '/list.csv',
      SCRAPER_PREVIOUS_FILE: '/previous.csv',
      SCRAPER_MAX_PAGES: '30',
      SCRAPER_REPEATS_LIMIT: '0.03',
      SCRAPER_RATE_LIMIT: '1.5',
      SCRAPER_TASK_ID: '7',
      SCRAPER_ATTEMPT: '3',
      SCRAPER_USER_AGENT: 'Zafra/test',
      ZAFRA_RUN: `${bench.runner.tagPrefix}1/1`,
    })
    expect(got['PYTHONPATH']?.split(':')[0]).toBe(bench.workspace)
    const deadline = Date.parse(got['SCRAPER_DEADLINE'] ?? '')
    expect(Math.abs(deadline - Date.now() - 60_000)).toBeLessThan(10_000)
  })

  test('leaves out what does not apply', async () => {
    const got = await environment()
    for (const name of ['URL_LIST_FILE', 'PREVIOUS_FILE', 'HOST_MAP', 'ALLOW_PRIVATE', 'SPLIT']) {
      expect(got).not.toHaveProperty(`SCRAPER_${name}`)
    }
  })

  test('says how the lists of the site are split', async () => {
    bench = await swap((config) => ({
      ...config,
      sites: { ...config.sites, CyT: { ...config.sites['CyT']!, split: 'price' } },
    }))
    expect(await environment()).toMatchObject({ SCRAPER_SPLIT: 'price' })
  })

  test('has nothing else of ours but what is allowed and what the configuration names', async () => {
    const ours = {
      SECRET_TOKEN: 'x',
      WANTED: 'y',
      LC_TIME: 'es_MX.UTF-8',
      https_proxy: 'http://p',
      NODE_OPTIONS: '',
    }
    for (const [name, value] of Object.entries(ours)) vi.stubEnv(name, value)
    const cyt = { command: null, pass_env: ['WANTED'], timeout: null, browser: false }
    bench = await swap((config) => ({
      ...config,
      scrapers: { cyt },
      network: { host_map: { 'a.mx': 'http://127.0.0.1:1' }, allow_private: true },
    }))
    const got = await environment()
    vi.unstubAllEnvs()
    expect(got).toMatchObject({
      WANTED: 'y',
      LC_TIME: 'es_MX.UTF-8',
      https_proxy: 'http://p',
      SCRAPER_HOST_MAP: '{"a.mx":"http://127.0.0.1:1"}',
      SCRAPER_ALLOW_PRIVATE: '1',
    })
    // PWD, OLDPWD, SHLVL and _ are the shell's own.
    const allowed =
      /^(SCRAPER_.*|PATH|HOME|LANG|LC_.*|TZ|https?_proxy|no_proxy|WANTED|PYTHONPATH|TMPDIR|ZAFRA_RUN|PWD|OLDPWD|SHLVL|_|cwd)$/
    expect(Object.keys(got).filter((name) => !allowed.test(name))).toEqual([])
  })

  test('tells a scraper that is to use a browser which one', async () => {
    const cyt = { command: null, pass_env: [], timeout: null, browser: true }
    bench = await swap((config) => ({ ...config, scrapers: { cyt } }))
    vi.stubEnv('ZAFRA_CHROMIUM', '/bin/true')
    const got = await environment()
    vi.unstubAllEnvs()
    expect(got).toMatchObject({ SCRAPER_BROWSER: '1', ZAFRA_CHROMIUM: '/bin/true' })
  })

  test('has a working folder of its own, of which nothing is left for the next one', async () => {
    const got = await environment({
      script: `mkdir deep; touch deep/file; env -0 > ${join(bench.workspace, 'environment')}; pwd >> ${join(bench.workspace, 'environment')}; stat -c %a . > ${join(bench.workspace, 'mode')}; ${CSV}`,
    })
    expect(got['cwd']).toContain(join(bench.workspace, '.zafra', 'work'))
    expect(got['TMPDIR']).toBe(got['cwd'])
    expect(readFileSync(join(bench.workspace, 'mode'), 'utf8').trim()).toBe('700')
    expect(existsSync(got['cwd'] ?? '')).toBe(false)
  })

  test('lets a scraper of the earlier orchestrator run unchanged', async () => {
    writeFileSync(
      join(bench.workspace, 'earlier_helpers.py'),
      'def price(text):\n    return text.split()[-1].replace(",", "")\n',
    )
    const result = await bench.run({ command: ['old_style.py'] })
    expect(await texts('err')).toEqual(['listo'])
    expect(result).toMatchObject({ outcome: 'completed', output: { rows: 3 } })
    expect(await texts('out')).toEqual(['CyT: Nov26_01, 30 páginas, 1.5 s'])
  })
})

async function swap(settings: Parameters<typeof attemptBench>[0]): Promise<AttemptBench> {
  await bench.close()
  return attemptBench(settings)
}

describe('messages', () => {
  test('become progress, metrics, state and result; look-alikes become log lines', async () => {
    const attempt = bench.start({ command: ['talks.mjs'] })
    const result = await attempt.done
    expect(result).toMatchObject({ outcome: 'completed', output: { rows: 0 }, metrics: { requests: 3 } })
    expect(Object.keys(result.metrics)).toEqual(['requests'])
    expect(attempt.progress.at(-1)).toEqual({
      page: 3,
      pages: 3,
      items: 30,
      expected: 90,
      message: 'página 1',
    })
    const out = await texts('out')
    expect(out.filter((line) => line.includes('progress'))).toEqual(['{"scraper": 2, "type": "progress"}'])
    expect(out.filter((line) => line.includes('"slow"'))).toHaveLength(1)
  })

  test('a checkpoint that is nested too deep to be written costs the checkpoint only', async () => {
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
    const state = join(bench.workspace, 'state')
    writeFileSync(state, `{"scraper":1,"type":"state","value":${deep}}\n`)
    const result = await bench.run({ script: `cat ${state}; ${CSV}` })
    expect(result).toMatchObject({ outcome: 'completed' })
  })

  test('a message in a line too long to be one is no message', async () => {
    const filler = 'x'.repeat(70_000)
    const line = `{"scraper":1,"type":"metric","name":"a","value":1,"filler":"${filler}"}`
    writeFileSync(join(bench.workspace, 'long'), `${line}\n`)
    const result = await bench.run({ script: `cat ${join(bench.workspace, 'long')}; ${CSV}` })
    expect(result).toMatchObject({ outcome: 'completed', metrics: {} })
  })
})

describe('the end', () => {
  test.each([
    ['exit 75', 'transient', '75'],
    ['exit 77', 'blocked', '77'],
    [
      'echo "Traceback" >&2; echo "ValueError: no price" >&2; echo >&2; exit 1',
      'internal',
      'ValueError: no price',
    ],
    // The end of what Node says of an error that nobody caught.
    [
      `printf 'x.js:1\n  nope()\n  ^\n\nTypeError: no price\n    at x.js:1:1 {\n  code: 1\n}\n\nNode.js v24.21.0\n' >&2; exit 1`,
      'internal',
      'TypeError: no price',
    ],
    ['printf "  all of it\n    is set in\n" >&2; exit 1', 'internal', 'is set in'],
    [
      `echo '{"scraper":1,"type":"error","class":"rate_limited","message":"slow down","http":429}'; exit 1`,
      'rate_limited',
      'slow down',
    ],
    ['kill -SEGV $$', 'transient', 'SIGSEGV'],
    ['kill -TERM $$', 'transient', 'SIGTERM'],
    [':', 'output', '.partial'],
    ['mkdir "$SCRAPER_OUTPUT_FILE"', 'output', 'regular file'],
    ['mkfifo "$SCRAPER_OUTPUT_FILE"', 'output', 'regular file'],
    ['ln -s /etc/passwd "$SCRAPER_OUTPUT_FILE"', 'output', '.partial'],
    ['printf "\\n\\n" > "$SCRAPER_OUTPUT_FILE"', 'output', 'header'],
    [`printf 'a\\n"1' > "$SCRAPER_OUTPUT_FILE"`, 'output', 'quoted'],
    [`printf '{"id":1}\\n{"id":2}\\n' > "$SCRAPER_OUTPUT_FILE"`, 'output', 'is JSON Lines, no CSV'],
    [`printf '[{"id":1},{"id":2}]' > "$SCRAPER_OUTPUT_FILE"`, 'output', 'is a JSON array, no CSV'],
    ['printf "<!doctype html><p>x" > "$SCRAPER_OUTPUT_FILE"', 'output', 'is an HTML page, no CSV'],
    ['printf "url\\n" > "$SCRAPER_OUTPUT_FILE"', 'layout_changed', 'no rows'],
    [
      `printf "url\\n" > "$SCRAPER_OUTPUT_FILE"; echo '{"scraper":1,"type":"result","rows":0,"complete":false}'`,
      'layout_changed',
      'no rows',
    ],
  ])('%s: failed, %s', async (script, errorClass, message) => {
    const result = await bench.run({ script })
    expect(result).toMatchObject({ outcome: 'failed', output: null, error: { class: errorClass } })
    expect(result.error?.message).toContain(message)
    expect(existsSync(bench.output)).toBe(false)
  })

  test('a scraper that is not there or cannot be started is a fault of the configuration', async () => {
    expect(await bench.run({})).toMatchObject({
      outcome: 'failed',
      exit_code: null,
      error: { class: 'config' },
    })
    bench = await swap((config) => ({
      ...config,
      scrapers: { cyt: { command: ['no-such-program'], pass_env: [], timeout: null, browser: false } },
    }))
    const result = await bench.run({})
    expect(result).toMatchObject({ outcome: 'failed', error: { class: 'config' } })
    expect(result.error?.message).toContain('no-such-program')
  })

  test('an environment that no process can have ends as a failed attempt', async () => {
    const result = await bench.run({ command: ['good.sh'], task: { url: 'https://example.org/\0' } })
    expect(result.outcome).toBe('failed')
  })

  test('a log that cannot be written does not hurt the attempt', async () => {
    writeFileSync(join(bench.workspace, 'logs'), 'a file where the folder should be')
    expect(await bench.run({ command: ['good.sh'] })).toMatchObject({ outcome: 'completed' })
  })
})

describe('between the attempts of a task', () => {
  test('output and state are kept for a scraper that goes on from them', async () => {
    expect(await bench.run({ command: ['resumes.mjs'] })).toMatchObject({ error: { class: 'transient' } })
    expect(readFileSync(`${bench.output}.state`, 'utf8')).toBe('{"page":1}')
    const second = await bench.run({ command: ['resumes.mjs'] })
    expect(second).toMatchObject({ outcome: 'completed', output: { rows: 2 } })
    expect(readFileSync(bench.output, 'utf8')).toBe('url\nhttps://example.org/1\nhttps://example.org/2\n')
    expect(readdirSync(dirname(bench.output))).toHaveLength(1)
  })

  test('output without a state is removed, so that nobody appends to it', async () => {
    await bench.run({ script: `${CSV}; exit 75` })
    expect(existsSync(`${bench.output}.partial`)).toBe(true)
    const result = await bench.run({ script: 'printf "url\\n3\\n" >> "$SCRAPER_OUTPUT_FILE"' })
    expect(result.output).toMatchObject({ rows: 1 })
  })

  test('a state without output is removed, so that no page is skipped', async () => {
    mkdirSync(dirname(bench.output), { recursive: true })
    writeFileSync(`${bench.output}.state`, '{"page":9}')
    await bench.run({ script: `test -e "$SCRAPER_STATE_FILE" && exit 66; ${CSV}` })
    expect(existsSync(bench.output)).toBe(true)
  })

  test('an output that was there before stays until a new one is accepted', async () => {
    await bench.run({ command: ['good.sh'] })
    const before = readFileSync(bench.output, 'utf8')
    await bench.run({ script: 'printf "half" > "$SCRAPER_OUTPUT_FILE"; exit 1' })
    expect(readFileSync(bench.output, 'utf8')).toBe(before)
  })
})

test('a link that leads out of the data folder is not followed', async () => {
  const outside = join(bench.workspace, 'outside')
  mkdirSync(outside)
  mkdirSync(join(bench.workspace, 'data'))
  symlinkSync(outside, join(bench.workspace, 'data', 'CyT'))
  const result = await bench.run({ command: ['good.sh'] })
  expect(result).toMatchObject({ outcome: 'failed' })
  expect(result.error?.message).toContain(outside)
  expect(readdirSync(outside)).toEqual([])
})

test('secrets reach neither the log nor the error', async () => {
  vi.stubEnv('PORTAL_KEY', 'hunter2-hunter2')
  bench = await swap((config) => ({
    ...config,
    redact: ['PORTAL_KEY'],
    scrapers: { cyt: { command: null, pass_env: ['PORTAL_KEY'], timeout: null, browser: false } },
  }))
  const message = String.raw`{"scraper":1,"type":"error","class":"input","message":"no \u0068unter2-hunter2","url":"https://a.mx/?k=hunter2-hunter2"}`
  writeFileSync(join(bench.workspace, 'message'), `${message}\n`)
  const script = `printf 'key=hunter2-'; sleep 0.1; echo 'hunter2!'; cat ${bench.workspace}/message; exit 1`
  const { error } = await bench.run({ script })
  expect(error).toMatchObject({ class: 'input', message: 'no ******', url: 'https://a.mx/?k=******' })
  expect(readFileSync(bench.log, 'utf8')).not.toMatch(/unter2-hunter2/)
  expect((await texts('out'))[0]).toBe('key=******!')
  const unsaid = await bench.run({ script: 'echo "bad key $PORTAL_KEY" >&2; exit 1' })
  expect(unsaid.error?.message).toBe('bad key ******')
  const quoted = await bench.run({ script: 'exit 1 # hunter2-hunter2' })
  vi.unstubAllEnvs()
  expect(quoted.error?.message).toBe('exit status 1')
  expect(readFileSync(bench.log, 'utf8')).not.toContain('hunter2-hunter2')
  expect((await texts('zafra'))[0]).toContain('exit 1 # ******')
})
