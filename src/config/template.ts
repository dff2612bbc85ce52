import { defaults } from './defaults.ts'
import { configText } from './template-config.ts'
import { CONFIG_FILE } from './workspace.ts'

/** A file of a new workspace; `path` is relative to it, with forward slashes. */
export interface TemplateFile {
  path: string
  contents: string
  /** A program: to be written executable. */
  executable?: boolean
}

const HEADER = 'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'

/** The first page of houses for sale in Zapopan at each site, in the URL form of its list (source: the user's lists). */
const EXAMPLES: Record<keyof ReturnType<typeof defaults>['sites'], string> = {
  CyT: 'https://www.casasyterrenos.com/jalisco/zapopan/casas/venta',
  Inm24: 'https://www.inmuebles24.com/casas-en-venta-en-zapopan.html',
  Lam: 'https://www.lamudi.com.mx/jalisco/zapopan/casa/for-sale/',
  Mit: 'https://casas.mitula.mx/casas/venta-casa-zapopan',
  Prop: 'https://propiedades.com/zapopan/casas-venta',
  Tro: 'https://casas.trovit.com.mx/venta-casas-zapopan',
}

const EXAMPLE_SCRAPER = `#!/usr/bin/env python3
"""A scraper is any program that reads two variables, writes a CSV with a header and exits 0.

To use it: name it in zafra.yaml as the scraper of a site (scraper: example).
Exit 75 asks for a retry, 77 says that the site blocks us, 76 that its pages look different now.
"""
import csv
import os
import urllib.request

url = os.environ['SCRAPER_INPUT_URL']
request = urllib.request.Request(url, headers={'User-Agent': os.environ.get('SCRAPER_USER_AGENT', 'zafra')})
page = urllib.request.urlopen(request, timeout=30).read()

with open(os.environ['SCRAPER_OUTPUT_FILE'], 'w', newline='', encoding='utf-8') as file:
    rows = csv.writer(file)
    rows.writerow(['url', 'bytes'])
    rows.writerow([url, len(page)])
`

/**
 * The files of a new workspace: settings, all commented out, that stand for the defaults; a list per site;
 * the code list; a scraper to start from.
 * @param codes contents of codes.csv
 */
export function workspaceTemplate(codes: string): TemplateFile[] {
  const lists = Object.entries(defaults().sites).map(([code, { name }]) => ({
    path: `urls/${code.toLowerCase()}_urls.csv`,
    contents: `${HEADER}\n${name},Zapopan,venta,Casas,${EXAMPLES[code as keyof typeof EXAMPLES]}\n`,
  }))
  return [
    { path: CONFIG_FILE, contents: configText },
    ...lists,
    { path: 'codes.csv', contents: codes },
    { path: 'scrapers/example.py', contents: EXAMPLE_SCRAPER, executable: true },
  ]
}
