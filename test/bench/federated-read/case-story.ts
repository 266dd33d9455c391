/** A case with its rating, what became of it, and the link it came through: one query over all four subgraphs. */
export const caseStory = `query CaseStory($caseNumber: String!) {
  serviceCase(caseNumber: $caseNumber) {
    id
    caseNumber
    state
    closedAt
    matter { name }
    department { name }
    hall { name }
    evaluations {
      id
      level
      isNegative
      evaluatedAt
      items { code text }
      negativeReview { id state openedAt deadlines { kind state dueAt } }
    }
    link { id name mode state }
  }
}`
