import { webcrypto } from 'node:crypto'
import { deviceEntryText } from '../../subgraphs/shared/device-entry-text.ts'
import type { Viewer } from '../../subgraphs/shared/viewer.ts'
import { type EvaluationsScene, openForm } from './evaluations-scene.ts'

type Asked = Pick<EvaluationsScene, 'ask'>

export type Entry = {
  counter: number
  givenAt: string
  token: string
  formTicket: string
  level: string
  items: string[]
  signature: string
}

const registerMutation = `mutation Register($input: RegisterDeviceSigningKeyInput!) {
  registerDeviceSigningKey(input: $input) {
    __typename
    ... on RegisterDeviceSigningKeySuccess { keyId }
    ... on InvalidEvaluation { problems { path code message messageEnglish } }
    ... on UserError { code }
  }
}`

const submitMutation = `mutation Submit($input: SubmitDeviceEvaluationsInput!) {
  submitDeviceEvaluations(input: $input) {
    __typename
    ... on SubmitDeviceEvaluationsSuccess { results { counter outcome receiptNumber code message messageEnglish } missingCounters }
    ... on UserError { code }
  }
}`

const wakeMutation = `mutation Wake($caseNumber: String!) {
  recordManualWake(input: { caseNumber: $caseNumber }) {
    __typename
    ... on RecordManualWakeSuccess { countToday }
    ... on UserError { code }
  }
}`

const issueMutation = `mutation Issue($caseNumber: String!) {
  issueRatingCode(input: { caseNumber: $caseNumber }) { ... on IssueRatingCodeSuccess { ratingCode { token } } }
}`

/** A key pair as a browser keeps it: the private half cannot be taken out. */
export async function signingPair() {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  const publicKey = JSON.stringify(await webcrypto.subtle.exportKey('jwk', pair.publicKey))
  return { publicKey, privateKey: pair.privateKey }
}

export type SigningPair = Awaited<ReturnType<typeof signingPair>>

/** Signs an entry as the window device does. */
export async function signed(pair: SigningPair, entry: Omit<Entry, 'signature'>): Promise<Entry> {
  const bytes = new TextEncoder().encode(deviceEntryText(entry))
  const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes)
  return { ...entry, signature: Buffer.from(signature).toString('base64url') }
}

export async function registerKey(scene: Asked, viewer: Viewer, publicKey: string) {
  return (await scene.ask(viewer, registerMutation, { input: { publicKey } })).registerDeviceSigningKey
}

export async function sendEntries(scene: Asked, viewer: Viewer, entries: readonly Entry[]) {
  return (await scene.ask(viewer, submitMutation, { input: { entries } })).submitDeviceEvaluations
}

export async function wake(scene: Asked, viewer: Viewer, caseNumber: string) {
  return (await scene.ask(viewer, wakeMutation, { caseNumber })).recordManualWake
}

/** The code and the ticket that a device fetches as soon as a case is closed. */
export async function openedForm(scene: Asked, device: Viewer, caseNumber: string) {
  const { issueRatingCode } = await scene.ask(device, issueMutation, { caseNumber })
  const { token } = issueRatingCode.ratingCode
  const { formTicket } = await openForm(scene, token, device)
  return { token: token as string, formTicket: formTicket as string }
}
