import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, OutputOf } from '../../../platform/contract/index.ts'
import { openPlansOfKinds } from '../../care-plan/server/index.ts'
import { protocolsAtWork, type ProtocolAtWork } from '../../follow-up/server/index.ts'
import type { PackDefinition } from '../contract/pack.ts'
import { packProblem } from '../contract/problems.ts'
import type { listPacks, PackLine, PackView, readPack } from '../contract/specialty-pack.ts'
import { isWaiting, lookAt, partView, type LookedAt } from './look.ts'
import { wordsOf } from './part-doors.ts'
import { shippedPacks } from './packs.ts'
import { decidesFor, placesOf, type Places } from './scope.ts'
import { findEvents, findKept, type Kept } from './store.ts'

/** @throws Problem PackUnknown */
export function packOf(code: string): PackDefinition {
  const pack = shippedPacks.find((one) => one.code === code)
  if (!pack) throw packProblem('PackUnknown')
  return pack
}

export async function showPacks(ctx: ReadContext): Promise<AnswerOf<typeof listPacks>> {
  const kept = await findKept(ctx)
  const places = await placesOf(ctx)
  const looks = await lookAt(ctx, shippedPacks, kept)
  const work = await workOf(ctx, [...looks.values()].flat())
  const packs = shippedPacks.map((pack) => lineOf(pack, kept, places, looks.get(pack.code)!, work))
  const rank = ({ mine, departments }: PackLine) => (mine ? 0 : departments.length > 0 ? 1 : 2)
  return {
    packs: packs.toSorted((a, b) => rank(a) - rank(b)),
    can: { install: ctx.actor.permissions.has('specialty-pack.install') },
  }
}

/** @throws Problem PackUnknown */
export function showPack(ctx: ReadContext, code: string): Promise<OutputOf<typeof readPack>> {
  return viewOf(ctx, packOf(code))
}

export async function viewOf(ctx: ReadContext, pack: PackDefinition): Promise<PackView> {
  const kept = await findKept(ctx)
  const places = await placesOf(ctx)
  const looks = (await lookAt(ctx, [pack], kept)).get(pack.code)!
  const work = await workOf(ctx, looks)
  const line = lineOf(pack, kept, places, looks, work)
  const installs = ctx.actor.permissions.has('specialty-pack.install')
  const inUse = kept.departments.get(pack.code) ?? []
  const events = await findEvents(ctx.db, ctx.organizationId, pack.code)
  const choices = places.active.map(({ id, name }) => ({
    id: id as never,
    name,
    yours: decidesFor(places, id),
    installed: inUse.includes(id),
  }))
  return {
    ...line,
    changes: pack.changes,
    notYet: pack.notYet,
    source: pack.source,
    licence: pack.licence,
    // What the pack brings stands before what every house has: that is what somebody has to look through.
    content: looks.map(partView).toSorted((a, b) => Number(b.own) - Number(a.own)),
    choices,
    atWork: await atWork(ctx, looks, work),
    events: events.map((event) => ({
      id: event.id,
      kind: event.kind,
      version: event.version,
      departments: event.departments,
      counts: event.counts as Record<string, number>,
      by: event.by_name,
      at: event.at.toISOString(),
    })),
    revision: kept.packs.get(pack.code)?.revision ?? 0,
    can: {
      install: installs && choices.some(({ yours, installed }) => yours && !installed),
      remove: installs && choices.some(({ yours, installed }) => yours && installed),
      update: installs && line.hasUpdate,
    },
  }
}

type Work = ReadonlyMap<string, ProtocolAtWork>

const ownCodes = (looks: readonly LookedAt[], kind: LookedAt['part']['kind']) =>
  looks.flatMap(({ part, digest, brought }) => (part.kind === kind && digest !== null && brought ? [part.code] : []))

async function workOf(ctx: ReadContext, looks: readonly LookedAt[]): Promise<Work> {
  const rows = await protocolsAtWork(ctx, ownCodes(looks, 'protocol'))
  return new Map(rows.map((row) => [row.code, row]))
}

/** What goes on to its end when the pack is taken out: people in its protocols, plans from its templates. */
async function atWork(ctx: ReadContext, looks: readonly LookedAt[], work: Work): Promise<PackView['atWork']> {
  const plans = await openPlansOfKinds(ctx, ownCodes(looks, 'plan-template'))
  return looks.flatMap(({ part, content }): PackView['atWork'] => {
    const { kind, code } = part
    const { name } = wordsOf(part, content)
    const protocol = kind === 'protocol' ? work.get(code) : undefined
    if (protocol && (protocol.people > 0 || protocol.answers > 0)) {
      const { people, openVisits, nextDueOn, answers } = protocol
      return [{ kind: 'protocol', code, name, people, openVisits, nextDueOn, answers }]
    }
    const people = kind === 'plan-template' ? (plans.get(code) ?? 0) : 0
    return people > 0 && kind === 'plan-template'
      ? [{ kind, code, name, people, openVisits: 0, nextDueOn: null, answers: 0 }]
      : []
  })
}

function lineOf(pack: PackDefinition, kept: Kept, places: Places, looks: readonly LookedAt[], work: Work): PackLine {
  const row = kept.packs.get(pack.code)
  const departmentIds = kept.departments.get(pack.code) ?? []
  const isUsed = departmentIds.length > 0
  return {
    code: pack.code,
    title: pack.title,
    about: pack.about,
    forDepartments: pack.forDepartments,
    version: pack.version,
    installedVersion: isUsed ? (row?.version ?? null) : null,
    departments: departmentIds.map((id) => ({ id: id as never, name: places.names.get(id) ?? '' })),
    hasUpdate: isUsed && row !== undefined && row.version < pack.version && row.left_version !== pack.version,
    parts: pack.parts.length,
    waiting: isUsed ? looks.filter(isWaiting).length : 0,
    people: ownCodes(looks, 'protocol').reduce((sum, code) => sum + (work.get(code)?.people ?? 0), 0),
    mine: departmentIds.some((id) => places.own.has(id)),
    reviewer: pack.reviewer,
    changed: row && row.revision > 0 ? { by: row.changed_by_name, at: row.changed_at.toISOString() } : null,
  }
}
