#!/usr/bin/env node
// The launcher. Nothing in it is newer than Node 10, and no static import, so that an old Node reads it and
// can say what is wrong instead of stumbling over the syntax.

const LEAST = [22, 13]

void (isEnough(process.versions.node) ? start() : startAgain().catch(refuse))

function isEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])
}

async function start() {
  const { main } = await import('../dist/program/main.js')
  await main()
}

/** Runs the same command line on the Node of an installed `node` package, found from this file's real place. */
async function startAgain() {
  const [fs, path, { createRequire }, { spawn }] = await Promise.all(
    ['fs', 'path', 'module', 'child_process'].map((name) => import(name)),
  )
  const script = fs.realpathSync(process.argv[1])
  const manifest = createRequire(script).resolve('node/package.json')
  const node = path.join(path.dirname(manifest), 'bin', 'node')
  const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8'))
  if (!isEnough(version) || !fs.existsSync(node)) return refuse()

  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  // With a terminal, parent and child are in one process group and a key's signal reaches both: to pass it on
  // would make one Ctrl-C two. What somebody sends to this process alone has to be passed on.
  const passedOn = hasTerminal(fs) ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT']
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT']) {
    process.on(signal, () => passedOn.includes(signal) && child.kill(signal))
  }
  child.on('error', refuse)
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function hasTerminal(fs) {
  try {
    fs.closeSync(fs.openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}

function refuse() {
  const have = process.versions.node
  process.stderr.write(
    `zafra: needs Node ${LEAST.join('.')} or newer and this is ${have}; update Node, or install the package "node" beside zafra\n`,
  )
  process.exit(2)
}
