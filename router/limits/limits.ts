/** How much one request may ask for (限额), checked before anything is planned. The token and field limits bound the cost of the other checks. */
export const limits = {
  /** Lexical tokens of a document. */
  tokens: 2_000,
  /** Levels of fields, fragments unfolded. */
  depth: 12,
  /** The same with the levels of fragments: planners end at about fifty. */
  nesting: 30,
  /** Aliases of one operation, fragments unfolded: one login attempt per request, not a hundred. */
  aliases: 30,
  rootFields: 20,
  /** Fields of one operation, fragments unfolded: a few fragments that spread each other twice would otherwise double at every level. */
  fields: 2_000,
  /** Directives of a document. */
  directives: 50,
  /** Value of every argument `first`. */
  pageSize: 100,
  /** Bytes of a request body, or of the whole URL's query of a GET. */
  bodyBytes: 1024 * 1024,
} as const
