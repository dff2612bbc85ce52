const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
// Ten digits in the groupings people use, with or without what is dialled before them; neither a price nor part of a longer
// number, but for a further telephone number after a comma or a slash.
const GROUPINGS = [
  String.raw`\(?\d{2}\)?[\s.-]?\d{4}[\s.-]?\d{4}`,
  String.raw`\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}`,
  String.raw`\d{2}(?:[\s.-]\d{2}){4}`,
  String.raw`\d{2}(?:[\s.-]\d{2}){2}[\s.-]\d{4}`,
  String.raw`\d{2}[\s.-]\d{4}(?:[\s.-]\d{2}){2}`,
  String.raw`\d{3}[\s.-]\d{3}(?:[\s.-]\d{2}){2}`,
]
const DIALLED = String.raw`(?:\+?52[\s.-]?|0(?:1|4[45])[\s.-]?)?(?:1[\s.-]?)?`
const NOT_BEFORE = String.raw`(?<![\d$]|\d\.|(?<!\d)\d{1,3},)`
const NOT_AFTER = String.raw`(?!\d|\.\d|,\d{3}(?!\d)|,\d{1,2}(?![\s.-]?\d))`
const PHONE = new RegExp(`${NOT_BEFORE}${DIALLED}(?:${GROUPINGS.join('|')})${NOT_AFTER}`, 'g')

/** What most texts have not: far quicker to see than a telephone number. */
const ENOUGH_DIGITS = /\d{2}(?:\D{0,3}\d){5}/

/** `text` with telephone numbers and e-mail addresses blotted out. */
export function withoutContacts(text: string): string {
  const withoutEmail = text.includes('@') ? text.replace(EMAIL, '[…]') : text
  return ENOUGH_DIGITS.test(withoutEmail) ? withoutEmail.replace(PHONE, '[…]') : withoutEmail
}
