import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { stringify } from 'csv-stringify/sync'
import { expect, test } from 'vitest'
import { foreignFormat } from '../../src/csv/format.ts'

const JSON_LINES = '{"id":1,"url":"https://a.mx/1"}\n{"id":2,"url":"https://a.mx/2"}\n'

test.each<[string, string | Uint8Array]>([
  ['JSON Lines', JSON_LINES],
  ['JSON Lines', `\uFEFF\n${JSON_LINES}`],
  ['a JSON array', '[{"id":1},\n{"id":2}]'],
  ['a JSON array', '[\n  {\n    "id": 1\n  }\n]\n'],
  ['a JSON array', '[]'],
  ['a JSON array', '[["id","url"],[1,"x"]]'],
  ['a JSON object', '{\n  "results": [\n'],
  ['a JSON object', '{"id":1,"url":"https://a.mx/1"}'],
  ['Python dictionaries', "{'id': 1, 'url': 'https://a.mx/1'}\n"],
  ['an HTML page', '<!DOCTYPE html>\n<html lang="es">'],
  ['an HTML page', '\n<!-- saved -->\n<html><body>'],
  ['an HTML page', '<table>\n<tr><th>id</th></tr>'],
  ['XML', '<?xml version="1.0"?>\n<rows><row/></rows>'],
  ['XML', '<rows>\n<row id="1"/></rows>'],
  ['an Excel workbook (.xlsx)', Buffer.from('PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml', 'latin1')],
  ['a ZIP archive', Buffer.from('PK\u0003\u0004\u0014\0\0\0a.csv', 'latin1')],
  ['an Excel workbook (.xls)', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['a gzip archive', gzipSync('id,url\n1,2\n')],
  ['a Zstandard archive', zstdCompressSync('id,url\n1,2\n')],
  ['a Parquet file', Buffer.from('PAR1\u0015\u0004', 'latin1')],
  ['a SQLite database', Buffer.from('SQLite format 3\0\u0010\0')],
  ['a PDF', Buffer.from('%PDF-1.7\n')],
  ['UTF-16 text', Buffer.from('\uFEFFid,url\n1,2\n', 'utf16le')],
  ['UTF-16 text', Buffer.from('id,url\n1,2\n', 'utf16le')],
  ['UTF-16 text', Buffer.from('\uFEFFid,url\n1,2\n', 'utf16le').swap16()],
  ['binary data', Buffer.from([1, 2, 0, 3, 200, 0, 17, 90, 0, 0, 0, 4])],
  ['SQL', 'INSERT INTO casas VALUES (1, 2);\n'],
  ['an error message', 'Traceback (most recent call last):\n  File "x.py", line 3\n'],
])('%s is named', (name, content) => {
  expect(foreignFormat(Buffer.from(content as string))).toBe(name)
})

test.each([
  '',
  'id,url\n1,https://a.mx/1\n',
  'id;url\n1;https://a.mx/1\n',
  'sep=;\nid;url\n',
  '\uFEFF"id","url"\n',
  'id\n{"a":1}\n',
  '"{""a"":1}",b\n',
  'url\n<a href="x">\n',
  '[id],[url]\n1,2\n',
  '{id},{url}\n1,2\n',
  'insertado,url\n',
  'título\nAño\n',
])('%j is CSV, or may be', (content) => {
  expect(foreignFormat(Buffer.from(content))).toBeUndefined()
})

test('nothing that a CSV writer writes under a header of names is taken for something else', () => {
  const name = fc.stringMatching(/^[a-z_ñ]{1,12}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
      fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 })),
      (header, rows) => {
        const body = stringify(rows).replaceAll('\0', '')
        expect(foreignFormat(Buffer.from(`${header.join(',')}\n${body}`))).toBeUndefined()
      },
    ),
  )
})

test('hostile text takes no time', () => {
  const texts = [
    '<!--'.repeat(1000),
    '<!-- --> '.repeat(500),
    `{"${'\\"'.repeat(2000)}`,
    `{${'}'.repeat(4000)}`,
  ]
  for (const text of texts) {
    const from = performance.now()
    foreignFormat(Buffer.from(text))
    expect(performance.now() - from).toBeLessThan(200)
  }
})
