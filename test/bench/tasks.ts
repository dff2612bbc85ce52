import type { OpenStore } from '../../src/store/index.ts'

const MOST_AT_ONCE = 100_000

/** Writes `count` tasks of one site, in batches of at most 100,000. */
export async function insertTasks(store: OpenStore, count: number): Promise<void> {
  for (let done = 0; done < count; done += MOST_AT_ONCE) {
    await insertBatch(store, 1 + done / MOST_AT_ONCE, Math.min(count - done, MOST_AT_ONCE))
  }
}

async function insertBatch(store: OpenStore, number: number, count: number): Promise<void> {
  const tasks = Array.from({ length: count }, (_, at) => ({
    scraper_name: 'cyt',
    website: 'CyT',
    city: 'Zap',
    operation: 'Ven',
    product: 'Cas',
    variant: at + 1,
    url: `https://www.casasyterrenos.com/jalisco/zapopan/casas/venta?desde=${at}`,
    order_num: at + 1,
    output_path: `data/CyT/Zap/Ven/Cas/Nov26/01/CyT_Zap_Ven_Cas_Nov26_01-${at + 1}.csv`,
    depends_on: null,
  }))
  const batch = {
    batch_id: `Nov26_${String(number).padStart(2, '0')}`,
    month_year: 'Nov26',
    execution_number: number,
    started_at: '2026-11-24 05:00:00',
    estimated_duration_minutes: 1,
  }
  await store.insertBatch(batch, tasks, 3)
}
