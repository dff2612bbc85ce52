/** Rows above the combinations: the sum, the lists, the sites, and a blank one. */
export const SUMMARY_ROWS = 4

/** Rows above the listings: the kinds, and what is to be said of them. */
export const KIND_ROWS = 2
