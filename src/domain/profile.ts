/** Columns of numbers whose level is remembered, and of texts of which one may not fill all rows. */
export const NUMBER_ROLES = ['price', 'area', 'built', 'rooms', 'baths', 'parking'] as const
export const TEXT_ROLES = [
  'url',
  'title',
  'description',
  'location',
  'municipality',
  'operation',
  'type',
] as const
export type NumberRole = (typeof NUMBER_ROLES)[number]
export type TextRole = (typeof TEXT_ROLES)[number]
/** What a row may contradict of what was asked for. */
export const ASKED = ['city', 'operation', 'product'] as const
export type Asked = (typeof ASKED)[number]

/** What the rows of an output have in common, from a sample of them; shares are from 0 to 1. */
export interface Profile {
  /** `common`: the share of the value that is met most often. Prices are in pesos. */
  numbers: Readonly<Partial<Record<NumberRole, { median: number; common: number }>>>
  /** `word`: the value that is met most often, as it is compared. */
  texts: Readonly<Partial<Record<TextRole, { word: string; common: number }>>>
  /** Share of the prices that are in dollars; null where there are no prices. */
  dollars: number | null
  /** The middle of the coordinates in degrees, and within how many kilometres of it nine in ten lie. */
  place: { latitude: number; longitude: number; km: number; common: number } | null
  /** Shares of rows that contradict what was asked for, of those that tell. */
  contradicts: Readonly<Partial<Record<Asked, number>>>
  /** Which share of the last good output's listings came again; null where there was none. */
  overlap: number | null
}
