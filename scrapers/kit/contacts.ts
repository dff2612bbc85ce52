const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
// Ten digits in the groupings people use, with or without a country code; neither a price nor part of a longer number.
const PHONE =
  /(?<![\d$]|\d[.,/])(?:\+?52[\s.-]?)?(?:1[\s.-]?)?(?:(?:\(?\d{2}\)?[\s.-]?\d{4}|\(?\d{3}\)?[\s.-]?\d{3})[\s.-]?\d{4}|\d{2}(?:[\s.-]\d{2}){4})(?!\d|[.,/]\d)/g

/** What most texts have not: far quicker to see than a telephone number. */
const ENOUGH_DIGITS = /\d{2}(?:\D{0,3}\d){5}/

/** `text` with telephone numbers and e-mail addresses blotted out. */
export function withoutContacts(text: string): string {
  const withoutEmail = text.includes('@') ? text.replace(EMAIL, '[…]') : text
  return ENOUGH_DIGITS.test(withoutEmail) ? withoutEmail.replace(PHONE, '[…]') : withoutEmail
}
