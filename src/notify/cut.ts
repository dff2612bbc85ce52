/** `text` in at most `length` UTF-16 units; what is cut ends in an ellipsis, and no character is cut in two. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
