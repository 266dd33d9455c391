import type { IncomingHttpHeaders } from 'node:http'
import { refuse } from '../problem.ts'
import type { Charset } from './text-blocks.ts'
import type { FileFormat } from './upload-file.ts'

const formats: Record<string, FileFormat['format']> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
}

// GB18030 holds all of GBK and GB2312.
const charsets: Record<string, Charset> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
}

/** What kind of file the headers announce. Throws a refusal for a format, an encoding or a compression that is not read here. */
export function fileFormatOf(headers: IncomingHttpHeaders): FileFormat {
  const contentType = headers['content-type'] ?? ''
  const [type = '', ...parameters] = contentType.split(';').map(part => part.trim().toLowerCase())
  const format = formats[type]
  if (!format) throw refuse('UPLOAD_FORMAT_UNKNOWN', { contentType: shown(contentType) })
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw refuse('UPLOAD_COMPRESSED', { encoding: shown(encoding) })
  const declared = parameters.find(part => part.startsWith('charset='))?.slice('charset='.length)
  if (!declared) return { format, charset: null }
  const name = declared.replaceAll('"', '')
  const charset = charsets[name]
  if (!charset) throw refuse('UPLOAD_CHARSET_UNKNOWN', { charset: shown(name) })
  return { format, charset }
}

const shown = (value: string) => value.slice(0, 100) || '—'
