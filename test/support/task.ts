import type { Task } from '../../src/domain/task.ts'

/** A task as it stands in the database, pending unless said otherwise. */
export function task(set: Partial<Task> = {}): Task {
  return {
    id: 1,
    scraper_name: 'cyt',
    website: 'CyT',
    city: 'Gdl',
    operation: 'Ven',
    product: 'Dep',
    variant: 1,
    url: 'https://www.casasyterrenos.com/jalisco/guadalajara/departamentos/venta',
    order_num: 1,
    status: 'pending',
    attempts: 0,
    max_attempts: 3,
    created_at: '2026-11-24 05:00:00',
    started_at: null,
    completed_at: null,
    error_message: null,
    error_class: null,
    execution_batch: 'Nov26_01',
    output_path: 'data/CyT/Gdl/Ven/Dep/Nov26/01/CyT_Gdl_Ven_Dep_Nov26_01.csv',
    data_records_extracted: 0,
    file_size_bytes: 0,
    depends_on: null,
    ready: true,
    retry_at: null,
    output_check: null,
    output_complete: null,
    output_expected: null,
    ...set,
  }
}
