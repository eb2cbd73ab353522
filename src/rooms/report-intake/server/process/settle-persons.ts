import { ZodError } from 'zod'
import { Problem } from '../../../../platform/contract/index.ts'
import type { WriteContext } from '../../../../platform/context/context.ts'
import { matchPatients, patientSummaries, registerPatient } from '../../../patient/server/index.ts'
import type { IncomingPatient } from '../incoming.ts'
import { registersUnknown, type SourceRule } from '../source-rule.ts'
import type { Channel, UnmatchedReason } from '../table.ts'
import { identityText, sentPerson, toMatch, toRegister, type SentPerson } from './person.ts'
import { queuePersons, settledPersons, type UnmatchedEntry } from './person-store.ts'

export interface AskedPerson {
  patient: IncomingPatient
  source: string
  channel: Channel
  rule: SourceRule
  /** Tells apart people of whom nothing is known: the message they came in. */
  place: string
}

export type Whose =
  | { patientId: string; sex: 'male' | 'female' | undefined }
  | { waitingId: string; state: 'open' | 'set-aside' }

interface Asked extends AskedPerson {
  person: SentPerson
  key: string
}

/** Whose these people's reports are: known, registered just now, or waiting in the queue. By the object asked for. */
export async function settlePersons(
  ctx: WriteContext,
  asked: readonly AskedPerson[],
): Promise<Map<IncomingPatient, Whose>> {
  const all = asked.map((one) => withKey(ctx, one))
  const distinct = [...new Map(all.map((one) => [one.key, one])).values()]
  const matches = await matchPatients(
    ctx,
    distinct.map((one) => toMatch(one.person)),
  )
  const patientIds = new Map<string, string>()
  const open: { one: Asked; candidates: string[] }[] = []
  for (const [index, one] of distinct.entries()) {
    const match = matches[index]!
    if ('patientId' in match) patientIds.set(one.key, match.patientId)
    else open.push({ one, candidates: 'candidates' in match ? match.candidates : [] })
  }
  const decided = await settledPersons(
    ctx,
    open.map(({ one }) => one.key),
  )
  const queue: UnmatchedEntry[] = []
  const registering: Registering = { patientIds, queue, numbers: new Set() }
  for (const { one, candidates } of open) {
    const before = decided.get(one.key)
    if (before?.state === 'settled' && before.patientId) patientIds.set(one.key, before.patientId)
    else await registerOrQueue(ctx, one, candidates, registering)
  }
  const waiting = await queuePersons(ctx, queue)
  // Somebody decided while we waited for the row.
  for (const state of waiting.values())
    if (state.state === 'settled' && state.patientId) patientIds.set(state.key, state.patientId)
  const sexes = await patientSummaries(ctx, [...new Set(patientIds.values())])
  return new Map(
    all.map((one): [IncomingPatient, Whose] => {
      const patientId = patientIds.get(one.key)
      if (patientId === undefined) {
        const state = waiting.get(one.key)!
        return [one.patient, { waitingId: state.id, state: state.state === 'set-aside' ? 'set-aside' : 'open' }]
      }
      const sex = sexes.get(patientId)?.sex
      return [one.patient, { patientId, sex: sex === 'male' || sex === 'female' ? sex : undefined }]
    }),
  )
}

function withKey(ctx: WriteContext, one: AskedPerson): Asked {
  const person = sentPerson(one.patient)
  const text = identityText(person, one.source) ?? `${one.place}\0${JSON.stringify(person)}`
  return { ...one, person, key: ctx.sealer.index(ctx.organizationId, 'intake/unmatched', text).toString('hex') }
}

interface Registering {
  patientIds: Map<string, string>
  queue: UnmatchedEntry[]
  /** Numbers of people who were registered in this very batch: whoever shares one is matched again. */
  numbers: Set<string>
}

const numbersOf = (person: SentPerson) =>
  [person.recordNumber, person.nationalId, person.phone].filter((one) => one !== null)

async function registerOrQueue(
  ctx: WriteContext,
  one: Asked,
  found: string[],
  registering: Registering,
): Promise<void> {
  const { person, key, source } = one
  let candidates = found
  if (numbersOf(person).some((number) => registering.numbers.has(number))) {
    const [match = {}] = await matchPatients(ctx, [toMatch(person)])
    if ('patientId' in match) return void registering.patientIds.set(key, match.patientId)
    candidates = 'candidates' in match ? match.candidates : []
  }
  const enqueue = (reason: UnmatchedReason) => void registering.queue.push({ key, person, source, reason, candidates })
  if (candidates.length > 0) return enqueue('candidates')
  const toBe = registersUnknown(one.rule, one.channel) ? toRegister(person) : undefined
  if (!toBe) return enqueue(identityText(person, source) === undefined ? 'nameless' : 'nobody')
  try {
    const patientId = await registerPatient(ctx, toBe)
    registering.patientIds.set(key, patientId)
    registering.queue.push({ key, person, source, reason: 'nobody', candidates: [], registeredAs: patientId })
    for (const number of numbersOf(person)) registering.numbers.add(number)
  } catch (error) {
    // What the form would refuse a person decides: a name of figures, an identity number that contradicts the sex.
    if (!(error instanceof Problem) && !(error instanceof ZodError)) throw error
    enqueue('refused-registration')
  }
}
