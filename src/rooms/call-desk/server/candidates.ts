import type { ReadContext } from '../../../platform/context/context.ts'
import { visitsToCall, type VisitToCall, type WantedCalls } from '../../follow-up/server/index.ts'
import { callTasks, type CallTask } from '../../task/server/index.ts'
import type { Hold, Subject } from '../contract/words.ts'
import { findBlocked } from './block-store.ts'
import { findPeople, peopleOf, type Person } from './person-store.ts'
import { restsUntil } from './rules/again.ts'
import { readGoodHours } from '../../patient/contract/good-hours.ts'
import type { Candidate } from './rules/order.ts'
import { findLast } from './session-store.ts'
import { findHeld, findSubjects, keyOf, type SubjectRow } from './subject-store.ts'

/** Something a person may be called about, with all that the desk shows of it. */
export interface Call extends Candidate {
  subject: Subject
  person: Person
  title: { zh: string; en: string }
  request: string
  dueOn: string
  script: unknown
  tries: number
  vain: number
  /** One more try has to say why. */
  needsReason: boolean
  hold: Hold | null
  waitsUntil: Date | null
}

/** So many of each kind are looked at; a caller makes a tenth of it a day. */
const LOOKED_AT = 300

export interface Calls {
  /** Whose time has come. */
  now: Call[]
  later: Call[]
  held: Call[]
}

/** All that the actor may be called upon to call about, sorted into what comes now, later, and after a decision. */
export async function gather(ctx: ReadContext): Promise<Calls> {
  const people = peopleOf(ctx)
  if (!people) return { now: [], later: [], held: [] }
  const now = ctx.clock.now()
  const blocked = [...(await findBlocked(ctx.db, ctx.organizationId, people, now)).keys()]
  const held = await findHeld(ctx.db, ctx.organizationId, people, now)
  const heldVisits = held.filter(({ kind }) => kind === 'follow-up').map(({ id }) => id)
  const visits = [
    ...(await visitsOf(ctx, { except: heldVisits, exceptPatients: blocked, limit: LOOKED_AT })),
    ...(await visitsOf(ctx, { except: heldVisits, exceptPatients: blocked, time: 'waiting', limit: LOOKED_AT })),
    ...(heldVisits.length > 0
      ? await visitsOf(ctx, { only: heldVisits, exceptPatients: blocked, time: 'any', limit: LOOKED_AT })
      : []),
  ]
  const tasks = (await callTasks(ctx, { limit: LOOKED_AT })).filter(({ patientId }) => !blocked.includes(patientId))
  const calls = await rested(ctx, await callsOf(ctx, visits, tasks))
  const isLater = ({ waitsUntil }: Call) => waitsUntil !== null && waitsUntil.getTime() > now.getTime()
  return {
    now: calls.filter((one) => one.hold === null && !isLater(one)),
    later: calls.filter((one) => one.hold === null && isLater(one)),
    held: calls.filter((one) => one.hold !== null),
  }
}

/** Whoever did not answer a moment ago is not rung for another matter. */
async function rested(ctx: ReadContext, calls: readonly Call[]): Promise<Call[]> {
  const since = new Date(ctx.clock.now().getTime() - 24 * 3_600_000)
  const ids = calls.map(({ patientId }) => patientId)
  const last = await findLast(ctx.db, ctx.organizationId, ids, since)
  return calls.map((one) => {
    const before = last.get(one.patientId)
    if (!before || before.subject_id === one.subject.id || one.promisedAt) return one
    const until = restsUntil({ outcome: before.outcome!, endedAt: before.ended_at!, nextAt: before.next_at })
    return until && until.getTime() > (one.waitsUntil?.getTime() ?? 0) ? { ...one, waitsUntil: until } : one
  })
}

/** One subject as it stands at this moment, whatever it waits for; undefined when there is nothing to call about. */
export async function findCall(ctx: ReadContext, { kind, id }: Subject): Promise<Call | undefined> {
  const visits = kind === 'follow-up' ? await visitsOf(ctx, { only: [id], time: 'any', limit: 1 }) : []
  const tasks = kind === 'task' ? await callTasks(ctx, { only: [id], limit: 1 }) : []
  return (await callsOf(ctx, visits, tasks))[0]
}

async function visitsOf(ctx: ReadContext, wanted: WantedCalls): Promise<VisitToCall[]> {
  return ctx.actor.permissions.has('follow-up.do') ? visitsToCall(ctx, wanted) : []
}

async function callsOf(ctx: ReadContext, visits: readonly VisitToCall[], tasks: readonly CallTask[]): Promise<Call[]> {
  const subjects = [
    ...visits.map(({ id }) => ({ kind: 'follow-up' as const, id })),
    ...tasks.map(({ id }) => ({ kind: 'task' as const, id })),
  ]
  const known = await findSubjects(ctx.db, ctx.organizationId, subjects)
  const people = await findPeople(
    ctx,
    [...visits, ...tasks].map(({ patientId }) => patientId),
  )
  const readsRecord = ctx.actor.permissions.has('record.read')
  return [
    ...visits.map((visit) => visitCall(visit, known.get(`follow-up ${visit.id}`), people.get(visit.patientId)!)),
    ...tasks.map((task) => taskCall(task, known.get(`task ${task.id}`), people.get(task.patientId)!, readsRecord)),
  ]
}

function visitCall(visit: VisitToCall, known: SubjectRow | undefined, person: Person): Call {
  const wasPromised = visit.callBackAt !== null && visit.tries.at(-1)?.outcome === 'call-back'
  return {
    ...common(person),
    id: visit.id,
    subject: { kind: 'follow-up', id: visit.id },
    title: {
      zh: `${visit.protocolName.zh} · ${visit.stepName.zh}`,
      en: `${visit.protocolName.en} · ${visit.stepName.en}`,
    },
    request: '',
    dueOn: visit.dueOn,
    untilOn: visit.windowUntil,
    rank: visit.rank,
    script: visit.script,
    tries: visit.tries.length,
    vain: visit.vain,
    needsReason: visit.needsReason,
    hold: known?.hold ?? (visit.needsReason ? 'spent' : null),
    waitsUntil: visit.callBackAt,
    promisedAt: wasPromised ? visit.callBackAt : null,
  }
}

/** Whoever may not read the record knows only that a call was asked for. */
function taskCall(task: CallTask, known: SubjectRow | undefined, person: Person, readsRecord: boolean): Call {
  return {
    ...common(person),
    id: task.id,
    subject: { kind: 'task', id: task.id },
    title: readsRecord ? { zh: task.title, en: task.titleEn || task.title } : { zh: '', en: '' },
    request: readsRecord ? task.note : '',
    dueOn: task.dueOn,
    untilOn: task.dueOn,
    rank: task.rank,
    script: undefined,
    tries: known?.tries ?? 0,
    vain: known?.vain ?? 0,
    needsReason: known?.hold === 'spent',
    hold: known?.hold ?? null,
    waitsUntil: known?.next_at ?? null,
    promisedAt: known?.promised ? known.next_at : null,
  }
}

const common = (person: Person) => ({
  patientId: person.id,
  person,
  goodHours: readGoodHours(person.goodHours),
})

export const isSame = (a: Subject, b: Subject) => keyOf(a) === keyOf(b)
