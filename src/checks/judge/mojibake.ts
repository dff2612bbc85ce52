/**
 * UTF-8 that was read as latin1 or windows-1252 ("JuanacatlÃ¡n", "PeÃ±a", "â€œ"), or was lost on the way (U+FFFD).
 * A lone "Ã" or "Â" stands in no Spanish word before these characters (source: sites.md, urls/*.csv).
 */
const BROKEN =
  /\u00C3[\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u2013-\u2022\u2026\u2030\u2039\u203A\u20AC\u2122]|\u00C2[\u00A0-\u00BF]|\u00E2\u20AC|\u00E2\u0080|\uFFFD/

export function isMojibake(text: string): boolean {
  return BROKEN.test(text)
}
