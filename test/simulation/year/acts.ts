import { memberAt, labMessage, type Member } from '../../../bench/population/index.ts'
import { addDays } from '../../../src/platform/clock.ts'
import { activateCard, closeCard, demoOutbox, openCard } from '../../../src/rooms/card/contract/card.ts'
import { enrol, exitRun, listRuns } from '../../../src/rooms/follow-up/contract/run.ts'
import { pathwaysOfPacks } from '../../../src/rooms/follow-up/server/index.ts'
import { sendCode } from '../../../src/rooms/card/contract/card.ts'
import { setPreference } from '../../../src/rooms/message/contract/message.ts'
import { addFact, listFacts, retractFactEndpoint } from '../../../src/rooms/observation/contract/facts.ts'
import { addReadings, retractReading } from '../../../src/rooms/observation/contract/readings.ts'
import { addEncounter, correctFact } from '../../../src/rooms/observation/server/index.ts'
import {
  listProposals,
  mergePatients,
  proposeMerge,
  undoMerge,
  UNDO_DAYS,
} from '../../../src/rooms/patient/contract/merge.ts'
import { correctDeath, markDeceased, registerNewPatient } from '../../../src/rooms/patient/contract/patient.ts'
import { listPatientTags, suppressTag, unsuppressTag } from '../../../src/rooms/tag/contract/tag.ts'
import type { Clinic, Merge } from './clinic.ts'

const PATHWAYS = ['hypertension', 'diabetes-2', 'post-surgery', ...pathwaysOfPacks.keys()]

/** What people at a clinic do with a patient. Each act returns a few words for the log, or nothing when it found nothing to do. */
export type Deed = (clinic: Clinic) => Promise<string | undefined>

const PATIENTS = 60
const SEED_OF_PEOPLE = 7
const TODAY = '2026-03-01'

/** Adults who gave a phone; children's guardians are a story of their own. */
export function grownUps(count: number): Member[] {
  const found: Member[] = []
  for (let index = 0; found.length < count; index++) {
    const member = memberAt(SEED_OF_PEOPLE, index, { years: 2, today: TODAY })
    if (member.person.ageYears >= 18 && member.person.deceasedOn === null) found.push(member)
  }
  return found
}

export const living = ({ memory, dice }: Clinic): string | undefined =>
  dice.one(memory.patients.filter((id) => !memory.dead.has(id)))
const short = (id: string): string => id.slice(-6)
const today = ({ house }: Clinic): string => house.clock.today(house.tenant.timeZone)

const people = grownUps(PATIENTS)
const identityOf = ({ recordNumber, person }: Member) => ({
  name: person.name,
  sex: person.sex,
  birthDate: person.birthOn,
  phone: person.phone,
  ...(person.email ? { email: person.email } : {}),
  ...(person.idNumber ? { paper: { kind: 'national-id' as const, number: person.idNumber } } : {}),
  recordNumber,
})

const openACard: Deed = async (clinic) => {
  const { ask, desk, memory } = clinic
  const next = memory.memberOf.size
  const member = people[next]
  if (!member) return undefined
  const consents = (['health-record', 'service-messages', 'promotion'] as const).map((purpose) => ({
    purpose,
    granted: purpose !== 'promotion' || clinic.dice.happens(0.5),
    textVersion: '2026-03',
  }))
  const opened = await ask(desk, openCard, { body: { patient: identityOf(member), consents } as never })
  if (!opened) return undefined
  const { id: cardId, patientId } = opened.card
  memory.patients.push(patientId)
  memory.memberOf.set(patientId, next)
  if (clinic.dice.happens(0.9) && (await ask(desk, sendCode, { params: { cardId } }))) {
    const box = await ask(desk, demoOutbox)
    const code = box?.rows.find((row) => row.cardId === cardId)?.text.match(/\d{6}/)?.[0]
    if (code) await ask(desk, activateCard, { params: { cardId }, body: { code } })
  }
  return short(patientId)
}

/** A report of the laboratory, now and then twice, through the door for reports. */
const sendReport: Deed = async (clinic) => {
  const { dice, house, memory } = clinic
  const patientId = dice.one(memory.patients)
  const member = patientId && people[memory.memberOf.get(patientId)!]
  const checkup = member && member.checkups.at(-1)
  if (!checkup) return undefined
  const on = today(clinic)
  const number = `Y${dice.from(1e6, 9e6)}`
  const observations = checkup.observations.map((one) =>
    one.code === 'sbp' || one.code === 'fpg'
      ? { ...one, value: one.code === 'sbp' ? dice.from(108, 172) : dice.from(45, 92) / 10 }
      : one,
  )
  const sent = { ...checkup, number, on, takenAt: `${on}T08:10:00+08:00`, reportedOn: on, observations }
  const message = labMessage(member, sent, { controlId: number, sentAt: `${on.replaceAll('-', '')}090000` })
  for (let times = dice.happens(0.15) ? 2 : 1; times > 0; times--) {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/intake/hl7',
      headers: { 'x-peiban': '1', 'content-type': 'application/hl7-v2' },
      cookies: { peiban_session: dice.one(clinic.nurses)!.token },
      payload: message,
    })
    if (answer.statusCode !== 200 || !/MSA\|[AC]A/.test(answer.body))
      throw new Error(`a report was not taken: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
  }
  return `${number} ${short(patientId)}`
}

const measure: Deed = async (clinic) => {
  const { dice, ask } = clinic
  const patientId = living(clinic)
  if (!patientId) return undefined
  const critical = dice.happens(0.06)
  const sbp = critical ? dice.from(180, 200) : dice.from(110, 165)
  const params = { patientId: patientId as never }
  const body = {
    readings: [
      { code: 'sbp', value: sbp },
      { code: 'dbp', value: Math.round(sbp * 0.6) },
    ],
  }
  const added = await ask(await clinic.nurseOf(patientId), addReadings, { params, body })
  if (added && dice.happens(0.08))
    await ask(await clinic.nurseOf(patientId), retractReading, {
      params: { ...params, observationId: added.ids[0] as never },
      body: { because: '袖带没有绑好' },
    })
  return `${sbp} ${short(patientId)}`
}

const diagnose: Deed = async (clinic) => {
  const { dice, ask } = clinic
  const patientId = living(clinic)
  if (!patientId) return undefined
  const params = { patientId: patientId as never }
  const doctor = await clinic.doctorOf(patientId)
  const what = dice.weighted([
    [4, 'I10'],
    [3, 'E11.9'],
    [1, 'M10.9'],
    [3, 'surgery'],
    [1, 'withdraw'],
  ])
  if (what === 'withdraw') {
    const facts = await ask(doctor, listFacts, { params })
    const fact = facts?.facts.condition.find((one) => one.ended === null)
    if (fact)
      await ask(doctor, retractFactEndpoint, {
        params: { ...params, factId: fact.id as never },
        body: { kind: 'condition', because: '诊断有误' } as never,
      })
  } else if (what === 'surgery')
    await ask(doctor, addFact, {
      params,
      body: {
        kind: 'procedure',
        fact: {
          code: '47.0',
          name: '阑尾切除术',
          kind: 'surgery',
          performedOn: addDays(today(clinic), -dice.from(0, 3)),
        },
      } as never,
    })
  else await ask(doctor, addFact, { params, body: { kind: 'condition', fact: { code: what, name: '诊断' } } as never })
  return `${what} ${short(patientId)}`
}

const die: Deed = async (clinic) => {
  const { dice, ask, memory, desk } = clinic
  const back = dice.happens(0.2) ? dice.one([...memory.dead.keys()]) : undefined
  if (back) {
    if (await ask(desk, correctDeath, { params: { patientId: back as never }, body: { reason: '同名，登记错了' } }))
      memory.dead.delete(back)
    return `alive ${short(back)}`
  }
  const patientId = living(clinic)
  if (!patientId) return undefined
  const at = clinic.house.clock.now()
  if (await ask(desk, markDeceased, { params: { patientId: patientId as never }, body: { deceasedOn: today(clinic) } }))
    memory.dead.set(patientId, at)
  return short(patientId)
}

const optOut: Deed = async (clinic) => {
  const { ask, memory } = clinic
  const patientId = living(clinic)
  if (!patientId) return undefined
  const purpose = clinic.dice.one(['service', 'care', 'promotion'] as const)!
  const word = `${patientId} ${purpose}`
  const isOut = memory.optedOut.has(word)
  const body = { purpose, channel: 'email' as const, optedOut: !isOut, note: '来电要求' }
  if (await ask(await clinic.nurseOf(patientId), setPreference, { params: { patientId: patientId as never }, body })) {
    if (isOut) memory.optedOut.delete(word)
    const [now, wish] = [clinic.house.clock.now(), isOut ? memory.optedIn : memory.optedOut] as const
    wish.set(word, now)
  }
  return `${isOut ? 'in' : 'out'} ${short(patientId)}`
}

/** Taken in, and home again some days later; now and then both are told at once. */
const stay: Deed = async (clinic) => {
  const { dice, house, memory, rows } = clinic
  const now = house.clock.now()
  const back = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const [open] = await rows<{ id: string; patient_id: string; started_at: Date }>(
    `select id, patient_id, started_at from encounter where class = 'inpatient' and ended_at is null and superseded_by is null order by id limit 1`,
  )
  if (open && dice.happens(0.6)) {
    const { id, patient_id: patientId, started_at: startedAt } = open
    const ended = { class: 'inpatient' as const, title: '住院', startedAt: new Date(startedAt), endedAt: now }
    await house.write((ctx) => correctFact(ctx, 'encounter', { patientId, id }, ended, '出院'))
    const kept = memory.stays.find((one) => one.id === id)
    if (kept) kept.until = now
    return `home ${short(patientId)}`
  }
  const patientId = living(clinic)
  if (!patientId) return undefined
  const isTold = dice.happens(0.3)
  const times = isTold ? { startedAt: back(dice.from(3, 12)), endedAt: back(1) } : { startedAt: now, endedAt: null }
  const { id } = await house.write((ctx) =>
    addEncounter(ctx, { patientId, class: 'inpatient', title: '住院', ...times }),
  )
  if (!isTold) memory.stays.push({ id, patientId, since: now, until: null })
  return `${isTold ? 'was in' : 'in'} ${short(patientId)}`
}

const undoable =
  (now: Date) =>
  ({ at, undoneAt }: Merge): boolean =>
    undoneAt === null && now.getTime() - at.getTime() < UNDO_DAYS * 86_400_000

/** The same person registered twice, put together, and sometimes taken apart again. */
const merge: Deed = async (clinic) => {
  const { dice, ask, memory, desk, house } = clinic
  const undoing = dice.happens(0.4) ? memory.merges.findLast(undoable(house.clock.now())) : undefined
  if (undoing) {
    const body = { reason: '是两个人' }
    if (!(await ask(desk, undoMerge, { params: { mergeId: undoing.mergeId as never }, body }))) return undefined
    undoing.undoneAt = house.clock.now()
    return `undo ${short(undoing.mergeId)}`
  }
  const patientId = living(clinic)
  const member = patientId && people[memory.memberOf.get(patientId)!]
  if (!member) return undefined
  const { paper: _paper, recordNumber: _number, ...identity } = identityOf(member)
  const second = await ask(desk, registerNewPatient, { body: identity as never })
  if (!second) return undefined
  const otherId = second.patient.id
  await ask(await clinic.doctorOf(patientId), addFact, {
    params: { patientId: otherId },
    body: { kind: 'condition', fact: { code: 'I10', name: '高血压' } } as never,
  })
  if (dice.happens(0.5)) await clinic.work()
  await ask(desk, proposeMerge, { body: { oneId: patientId as never, otherId } })
  const open = await ask(desk, listProposals, { query: { state: 'open', patientId: otherId } })
  const proposal = open?.rows[0]
  if (!proposal) return undefined
  const [intoId, fromId] = dice.happens(0.8) ? [patientId, otherId] : [otherId, patientId]
  const merged = await ask(desk, mergePatients, {
    params: { proposalId: proposal.id },
    body: { intoId: intoId as never, chosen: {}, reason: '同一个人' },
  })
  const at = house.clock.now()
  if (merged) memory.merges.push({ mergeId: merged.mergeId, fromId, intoId, at, heardAt: null, undoneAt: null })
  return `${short(otherId)} ${intoId === patientId ? 'into' : 'takes'} ${short(patientId)}`
}

const suppress: Deed = async (clinic) => {
  const { dice, ask } = clinic
  const patientId = living(clinic)
  if (!patientId) return undefined
  const doctor = await clinic.doctorOf(patientId)
  const list = await ask(doctor, listPatientTags, { params: { patientId: patientId as never } })
  const tag = list && dice.one(list.tags.filter((one) => one.source === 'rule'))
  if (!tag) return undefined
  const params = { patientId: patientId as never, tagCode: tag.code }
  if (tag.state === 'active') await ask(doctor, suppressTag, { params, body: { because: '本人情况特殊' } })
  else await ask(doctor, unsuppressTag, { params })
  return `${tag.code} ${short(patientId)}`
}

const plans: Deed = async (clinic) => {
  const { dice, ask } = clinic
  const patientId = living(clinic)
  if (!patientId) return undefined
  const nurse = await clinic.nurseOf(patientId)
  const params = { patientId: patientId as never }
  const runs = await ask(nurse, listRuns, { params })
  const running = runs?.runs.find((run) => run.state === 'active')
  if (running && dice.happens(0.4))
    await ask(nurse, exitRun, {
      params: { runId: running.id },
      body: { reason: dice.one(['refusal', 'moved-away', 'by-hand'] as const)!, note: '本人要求' },
    })
  else
    await ask(nurse, enrol, {
      params,
      body: { protocol: dice.one(PATHWAYS)! } as never,
    })
  return short(patientId)
}

const shut: Deed = async (clinic) => {
  const { ask, desk } = clinic
  const patientId = living(clinic)
  if (!patientId) return undefined
  const [card] = await clinic.rows<{ id: string }>(
    `select id from card where patient_id = '${patientId}' and state = 'active'`,
  )
  if (card) await ask(desk, closeCard, { params: { cardId: card.id as never }, body: { reason: '搬走了' } })
  return card && short(patientId)
}

export const PATIENT_DEEDS: readonly (readonly [number, string, Deed])[] = [
  [6, 'open a card', openACard],
  [8, 'send a report', sendReport],
  [8, 'measure', measure],
  [5, 'diagnose', diagnose],
  [0.7, 'death', die],
  [1.5, 'stay in hospital', stay],
  [1, 'opt out', optOut],
  [1.5, 'merge', merge],
  [1, 'suppress', suppress],
  [1.5, 'plan', plans],
  [0.3, 'close a card', shut],
]
