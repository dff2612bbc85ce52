/** What a piece of text means; the theme says how that looks. */
export type Style =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'accent'
  | 'key'
  | 'good'
  | 'bad'
  | 'warn'
  | 'title'
  | 'selected'
