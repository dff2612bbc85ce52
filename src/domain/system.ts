/** What the System screen shows of the engine, the machine and the database. */
export interface SystemView {
  version: string
  node: string
  /** Seconds since the engine started; null where none runs. */
  uptime_s: number | null
  /** Who follows this engine; where it answers on a socket, those who do so from other processes. */
  clients: number
  event_loop: { mean_ms: number; p99_ms: number; max_ms: number }
  /** Of the engine's own process. */
  memory_bytes: number
  cpu_percent: number
  /** Percent of the machine; null where it could not be read. */
  machine: { cpu_percent: number; memory_percent: number; free_disk_bytes: number } | null
  limits: { max_parallel: number; max_cpu: number; max_memory: number; min_free_disk: number }
  database: {
    path: string
    file_bytes: number
    journal_bytes: number
    schema_version: number
    /** UTC as `sqlTime`; null: none yet. */
    last_snapshot: string | null
    last_snapshot_ms: number | null
    last_backup: string | null
    tasks: number
    batches: number
  }
  /** The socket that other sessions attach to; null where there is none. */
  socket: string | null
}
