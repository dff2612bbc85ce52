import { text } from './text.ts'

/**
 * How many listings a heading says there are: "4,849 Departamentos en venta", "Más de 1,000 casas",
 * "1 - 30 de 1,204 resultados". Undefined where it counts none, or something else ("Página 1 de 40").
 */
export function counter(heading: unknown): number | undefined {
  const written = text(heading) ?? ''
  const of = /\bde ([\d.,]+) (?:resultados|anuncios|propiedades|inmuebles)/i.exec(written)
  const first = /^(?:m[áa]s de )?(\d[\d.,]*) (?!de |[-–a] \d)\p{L}/iu.exec(written)
  const digits = (of ?? first)?.[1]?.replace(/[.,]/g, '')
  return digits ? Number(digits) : undefined
}
