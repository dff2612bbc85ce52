/** The columns of a built-in scraper's output. */
export const HEADER =
  'id,url,nombre,descripcion,tipo,operacion,precio,moneda,desde,habitaciones,baños,medios_baños,estacionamientos,' +
  'superficie,construccion,ubicacion,colonia,municipio,latitud,longitud,fecha_publicacion,actualizado'

/** A listing as the portals show it; in a later `batch` one in ten is another one, and one in ten costs more. */
export function listing(at: number, batch: number): string {
  const id = at % 10 === 0 ? `${batch}-${at}` : String(at)
  const price = 1_000_000 + at + (at % 10 === 1 ? batch * 1000 : 0)
  const text = `"Bonita casa con jardín, ${at} pasos del parque y ""roof garden"", lista para habitar, excelente ubicación"`
  return (
    `${id},https://www.casasyterrenos.com/propiedad/casa-en-venta-${id},"Casa en venta, Colonia ${at % 100}",${text},` +
    `casa,venta,${price},MXN,,3,2,1,2,120.5,98,"Av. Vallarta ${at}, Zapopan",Colonia ${at % 100},Zapopan,20.7${at % 1000},` +
    `-103.3${at % 1000},2026-11-01,2026-11-20\n`
  )
}
