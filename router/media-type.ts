/** How an answer is written (应答格式). */
export type AnswerType = 'application/json' | 'application/graphql-response+json' | 'text/event-stream' | 'text/html'

/** The first accepted type that we can write, in the client's order; null when there is none. Nothing asked for means JSON. */
export function acceptedType(accept: string | undefined): AnswerType | null {
  for (const range of (accept || '*/*').toLowerCase().split(',')) {
    const [type, ...parameters] = range.split(';').map(part => part.trim())
    const charset = parameters.find(parameter => parameter.startsWith('charset='))
    if (charset && charset !== 'charset=utf-8' && charset !== 'charset=utf8') continue
    if (type === 'application/graphql-response+json' || type === 'text/event-stream' || type === 'text/html')
      return type
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json'
  }
  return null
}

/** Whether a request body is JSON in UTF-8. */
export function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map(part => part.trim())
  const charset = parameters.find(parameter => parameter.startsWith('charset='))
  return type === 'application/json' && (!charset || charset === 'charset=utf-8' || charset === 'charset=utf8')
}
