import { execFile } from 'node:child_process'
import type { Clock } from '../../domain/clock.ts'

/**
 * Tells systemd how the service is (sd_notify). Its socket takes datagrams, which Node cannot send on a Unix socket, so
 * that systemd's own small program does: one process per message, a handful in a day and one per half of the watchdog's
 * time. Where no systemd asked for it (NOTIFY_SOCKET), nothing happens.
 */
export interface ServiceManager {
  ready: (status: string) => Promise<void>
  reloading: () => Promise<void>
  stopping: (status: string) => Promise<void>
  /**
   * Shows a sign of life twice in the time that the watchdog allows, for as long as `isWell` says so in time; without
   * a watchdog it does nothing. The returned function ends it.
   */
  watch: (isWell: () => Promise<boolean>) => () => void
}

export function createServiceManager(
  { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID, PATH }: NodeJS.ProcessEnv,
  clock: Clock,
  failed: (message: string) => void,
): ServiceManager {
  const send = (...assignments: string[]): Promise<void> => {
    if (!NOTIFY_SOCKET) return Promise.resolve()
    return new Promise((resolve) => {
      const env = { NOTIFY_SOCKET, ...(PATH !== undefined && { PATH }) }
      execFile('systemd-notify', assignments, { env, timeout: 10_000 }, (error) => {
        if (error) failed(`systemd was not told ${assignments.join(' ')}: ${error.message}`)
        resolve()
      })
    })
  }
  const allowed = Number(WATCHDOG_USEC) / 1000
  const isWatched = allowed > 0 && (WATCHDOG_PID === undefined || Number(WATCHDOG_PID) === process.pid)
  return {
    ready: (status) => send('READY=1', `STATUS=${status}`),
    // As systemd.service(5), Type=notify-reload, wants it.
    reloading: () => send('RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`),
    stopping: (status) => send('STOPPING=1', `STATUS=${status}`),
    watch(isWell) {
      if (!isWatched) return () => {}
      let over = false
      let cancel = () => {}
      const look = async () => {
        if (await isWell().catch(() => false)) await send('WATCHDOG=1')
        if (!over) cancel = clock.after(allowed / 2, () => void look())
      }
      void look()
      return () => {
        over = true
        cancel()
      }
    },
  }
}
