import type { LinkCandidate as Candidate } from '../actions/find-link-candidates.ts'

export const LinkCandidate = {
  serviceCase: ({ caseId }: Candidate) => ({ __typename: 'ServiceCase', id: caseId }),
  reasons: ({ reasons }: Candidate) => reasons.map(({ zh }) => zh),
  reasonsEnglish: ({ reasons }: Candidate) => reasons.map(({ en }) => en),
}
