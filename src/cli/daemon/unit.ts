import type { Config } from '../../domain/config.ts'

export interface UnitWish {
  config: Pick<Config, 'workspace' | 'daemon' | 'execution'>
  /** Absolute paths. */
  node: string
  program: string
  /** Of the operator's own service manager, or of the machine's, where it runs as this user. */
  kind: { of: 'user' } | { of: 'system'; user: string }
}

/** Seconds without a sign of life after which systemd starts the daemon again. */
const WATCHDOG = 120
/** Seconds beyond drain and grace for stopping trees and a last snapshot. */
const MARGIN = 60

/** `zafra-srv-harvest.service`: a workspace's own. */
export function unitName(workspace: string): string {
  return `zafra${workspace.replace(/[^A-Za-z0-9_.]+/g, '-').replace(/-$/, '')}.service`
}

/** The text of a systemd unit (systemd.service(5)). */
export function unitText({ config, node, program, kind }: UnitWish): string {
  const { workspace, daemon, execution } = config
  const stop = Math.ceil(daemon.drain_timeout + execution.grace + MARGIN)
  const command = [node, program, 'daemon', 'run', '--workspace', workspace].map(quoted).join(' ')
  return `[Unit]
Description=Zafra in ${specifier(workspace)}
${kind.of === 'system' ? 'Wants=network-online.target\nAfter=network-online.target\n' : ''}
[Service]
Type=notify
# Messages come from systemd-notify, a child of the daemon. Scrapers do not get NOTIFY_SOCKET.
NotifyAccess=all
${kind.of === 'system' ? `User=${kind.user}\n` : ''}WorkingDirectory=${specifier(workspace)}
ExecStart=${command}
ExecReload=/bin/kill -HUP $MAINPID
WatchdogSec=${WATCHDOG}
Restart=on-failure
RestartSec=5
# A large database takes its time to open.
TimeoutStartSec=300
# SIGTERM to the daemon alone, which lets scrapers end (daemon.drain_timeout: ${daemon.drain_timeout} s) and then stops them
# as whole trees; only what is left when the time is over gets SIGKILL, all of it.
KillMode=mixed
TimeoutStopSec=${stop}

# Hardening that scrapers can live with. Left out on purpose: MemoryDenyWriteExecute (JavaScript is compiled as it runs),
# RestrictNamespaces, PrivateUsers and SystemCallFilter (the sandbox of Chromium makes user namespaces), PrivateTmp (a
# socket whose path would be too long stands in /tmp).
NoNewPrivileges=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
UMask=0077
${kind.of === 'system' ? MACHINE : ''}
[Install]
WantedBy=${kind.of === 'system' ? 'multi-user' : 'default'}.target
`
}

const MACHINE = `ProtectSystem=full
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
`

function quoted(word: string): string {
  const escaped = specifier(word).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$')
  return `"${escaped}"`
}

/** `%` begins a specifier everywhere. */
function specifier(text: string): string {
  return text.replaceAll('%', '%%')
}
