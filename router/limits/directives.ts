import { type DocumentNode, visit } from 'graphql'

/** Directives of a document (指令数). */
export function directives(document: DocumentNode): number {
  let count = 0
  visit(document, {
    Directive() {
      count += 1
    },
  })
  return count
}
