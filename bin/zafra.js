#!/usr/bin/env node
// The launcher. No static import and no new syntax: an old Node must be able to read this far.
'use strict'

var LEAST = [22, 13]

if (isEnough(process.versions.node)) start()
else
  Promise.all([import('fs'), import('path'), import('module'), import('child_process')]).then(function (
    modules,
  ) {
    startAgain(modules[0], modules[1], modules[2], modules[3])
  }, refuse)

function isEnough(version) {
  var parts = version.split('.').map(Number)
  return parts[0] > LEAST[0] || (parts[0] === LEAST[0] && parts[1] >= LEAST[1])
}

function start() {
  hideSqliteWarning()
  import('../dist/cli/main.js').then(
    function (module) {
      module.main()
    },
    function (error) {
      process.stderr.write('zafra: the program is not whole (' + error.message + '); install it again\n')
      process.exit(1)
    },
  )
}

/** node:sqlite works as we use it; that it may still change is no news for the person at the terminal. */
function hideSqliteWarning() {
  var listeners = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', function (warning) {
    if (warning.name === 'ExperimentalWarning' && /SQLite/.test(warning.message)) return
    listeners.forEach(function (listener) {
      listener.call(process, warning)
    })
  })
}

/** Runs the same command line on the Node of an installed `node` package, found from this file's real place. */
function startAgain(fs, path, module, childProcess) {
  var script = fs.realpathSync(process.argv[1])
  var node
  try {
    var manifest = module.createRequire(script).resolve('node/package.json')
    var version = JSON.parse(fs.readFileSync(manifest, 'utf8')).version
    node = path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (!isEnough(version) || !fs.existsSync(node)) return refuse()
  } catch (error) {
    return refuse()
  }

  var child = childProcess.spawn(node, [script].concat(process.argv.slice(2)), { stdio: 'inherit' })
  // One terminal, one process group: a key's signal reaches the child by itself. A signal sent to this
  // process alone (a closed session, a supervisor) has to be passed on.
  var own = hasTerminal(fs) ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT']
  ;['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      if (own.indexOf(signal) !== -1) child.kill(signal)
    })
  })
  child.on('error', refuse)
  child.on('exit', function (code, signal) {
    if (signal === null) return process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function hasTerminal(fs) {
  try {
    fs.closeSync(fs.openSync('/dev/tty', 'r'))
    return true
  } catch (error) {
    return false
  }
}

function refuse() {
  process.stderr.write(
    'zafra: needs Node ' +
      LEAST.join('.') +
      ' or newer, this is ' +
      process.versions.node +
      '; update Node, or install the package "node" beside zafra\n',
  )
  process.exit(2)
}
