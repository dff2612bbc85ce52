/** How loaded the machine is. */
export interface Load {
  /** 0 to 100, over all processors, since the last reading. */
  cpu_percent: number
  memory_percent: number
  free_disk_bytes: number
}

export interface Machine {
  load(): Promise<Load>
}
