import { text } from './text.ts'

const LISTINGS = String.raw`(?:resultados|anuncios|propiedades|inmuebles|viviendas)`

/**
 * How many listings a heading says there are: "4,849 Departamentos en venta", "Más de 1,000 casas",
 * "1 - 30 de 1,204 resultados", "Casas en venta: 1,204 anuncios". Undefined where it counts none, or something else
 * ("Página 1 de 40").
 */
export function counter(heading: unknown): number | undefined {
  const written = text(heading) ?? ''
  const of = new RegExp(String.raw`\bde ([\d.,]+) ${LISTINGS}`, 'i').exec(written)
  const first = /^(?:m[áa]s de )?(\d[\d.,]*) (?!de |[-–a] \d)\p{L}/iu.exec(written)
  const within = new RegExp(String.raw`(?<![\d.,-] ?)(\d[\d.,]*)\+? ${LISTINGS}\b`, 'i').exec(written)
  return count((of ?? first ?? within)?.[1])
}

/** The number that an element holds alone ("3,377"), or that its words count. */
export function counted(element: unknown): number | undefined {
  const alone = /^(\d[\d.,]*)\+?$/.exec(text(element) ?? '')?.[1]
  return count(alone) ?? counter(element)
}

function count(digits: string | undefined): number | undefined {
  const whole = digits?.replace(/[.,]/g, '')
  return whole ? Number(whole) : undefined
}
