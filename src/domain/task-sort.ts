/** What tasks are sorted by. `minutes`: from start to end; those that did not end last. */
export const TASK_SORTS = [
  'id',
  'website',
  'city',
  'operation',
  'product',
  'scraper_name',
  'status',
  'attempts',
  'started_at',
  'completed_at',
  'data_records_extracted',
  'minutes',
] as const

export interface TaskSort {
  by: (typeof TASK_SORTS)[number]
  descending: boolean
}
