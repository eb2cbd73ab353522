import { z } from 'zod'
import { bilingual, calendarDate, endpoint, instant } from '../../../platform/contract/index.ts'
import { departmentId } from '../../organization/contract/place.ts'
import { packCode, PART_KINDS } from './pack.ts'

const noPatient = { none: 'content and numbers, nothing of a patient' } as const

/** How a part stands in its room: in force, waiting for its second person, taken out, not there. */
export const STANDINGS = ['in-force', 'draft', 'retired', 'absent'] as const
/**
 * What an installation does with a part. `lay`: comes as a draft, a second person puts it in force; `put`: in force at
 * once, since whoever installs may publish there; `renew`: a further version as a draft; `restore`: as it was before
 * the pack was taken out; `there`: nothing to do; `kept`: the house has made it its own; `taken`: the code is something
 * else's here; `off`: the house has taken it out itself; `missing`: nothing here to name.
 */
export const PLANS = ['lay', 'put', 'renew', 'restore', 'there', 'kept', 'taken', 'off', 'missing'] as const
export type Plan = (typeof PLANS)[number]

export const partView = z.object({
  kind: z.enum(PART_KINDS),
  code: z.string(),
  name: bilingual,
  /** The pack's own content, or named from the room that ships it to everybody. */
  own: z.boolean(),
  standing: z.enum(STANDINGS),
  version: z.number().int().nullable(),
  /** A further version that waits beside the one in force. */
  draft: z.number().int().nullable(),
  /** It says something else than the pack brought. */
  changedHere: z.boolean(),
  plan: z.enum(PLANS),
  source: z.string(),
  /** Null: nobody has read it yet. Undefined kinds have none. */
  reviewer: z.string().nullable(),
  /** The page that shows it. */
  link: z.string(),
})
export type PartView = z.output<typeof partView>

const department = z.object({ id: departmentId, name: z.string() })
const moment = z.object({ by: z.string(), at: instant })

const packLine = z.object({
  code: packCode,
  title: bilingual,
  about: bilingual,
  forDepartments: bilingual,
  /** The version that came with Peiban. */
  version: z.number().int(),
  /** The version in use here; null: never. */
  installedVersion: z.number().int().nullable(),
  departments: z.array(department),
  /** A newer version waits to be taken or left. */
  hasUpdate: z.boolean(),
  parts: z.number().int(),
  /** Own parts that wait for a second person. */
  waiting: z.number().int(),
  /** People in its own protocols. */
  people: z.number().int(),
  /** In use in the department of the reader. */
  mine: z.boolean(),
  reviewer: z.string().nullable(),
  changed: moment.nullable(),
})
export type PackLine = z.output<typeof packLine>

export const listPacks = endpoint({
  name: 'specialtyPack.list',
  method: 'GET',
  path: '/specialty-packs',
  summary: 'The packs that come with Peiban, those of the reader’s department first',
  gate: { permission: 'specialty-pack.read', audit: noPatient },
  output: z.object({ packs: z.array(packLine), can: z.object({ install: z.boolean() }) }),
})

export const EVENT_KINDS = ['installed', 'extended', 'updated', 'left', 'reduced', 'removed'] as const

export const packView = packLine.extend({
  changes: bilingual,
  notYet: z.array(bilingual),
  source: z.string(),
  licence: z.string(),
  content: z.array(partView),
  /** Where the reader may install it, and where it could be. */
  choices: z.array(department.extend({ yours: z.boolean(), installed: z.boolean() })),
  /** What is under way and goes on to its end when the pack is taken out. */
  atWork: z.array(
    z.object({
      kind: z.enum(['protocol', 'plan-template']),
      code: z.string(),
      name: bilingual,
      people: z.number().int(),
      openVisits: z.number().int(),
      nextDueOn: calendarDate.nullable(),
      answers: z.number().int(),
    }),
  ),
  events: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(EVENT_KINDS),
      version: z.number().int(),
      departments: z.array(z.string()),
      /** How many parts were laid down, put in force, taken out, kept. */
      counts: z.record(z.string(), z.number().int()),
      by: z.string(),
      at: instant,
    }),
  ),
  /** For optimistic locking; 0: never installed. */
  revision: z.number().int(),
  can: z.object({ install: z.boolean(), remove: z.boolean(), update: z.boolean() }),
})
export type PackView = z.output<typeof packView>

const ofPack = z.object({ code: packCode })
const revision = z.number().int().min(0)
const where = z.object({ departmentIds: z.array(departmentId).min(1).max(50), revision })

export const readPack = endpoint({
  name: 'specialtyPack.read',
  method: 'GET',
  path: '/specialty-packs/:code',
  summary: 'One pack: its parts as they stand here, what installing would do, what is under way',
  gate: { permission: 'specialty-pack.read', audit: noPatient },
  params: ofPack,
  output: packView,
  problems: ['PackUnknown'],
})

const writes = { permission: 'specialty-pack.install' } as const
const refusals = ['PackUnknown', 'PackChangedMeanwhile', 'PackDepartmentNotYours', 'PackDepartmentUnknown'] as const

export const installPack = endpoint({
  name: 'specialtyPack.install',
  method: 'POST',
  path: '/specialty-packs/:code/installation',
  summary: 'Use a pack in these departments too; what the house has changed is never overwritten',
  gate: { ...writes, audit: { action: 'specialty-pack.install' } },
  params: ofPack,
  body: where,
  output: packView,
  problems: [...refusals],
})

export const removePack = endpoint({
  name: 'specialtyPack.remove',
  method: 'POST',
  path: '/specialty-packs/:code/removal',
  summary: 'Use it in these departments no more: nobody new begins, what runs goes on to its end',
  gate: { ...writes, audit: { action: 'specialty-pack.remove' } },
  params: ofPack,
  body: where,
  output: packView,
  problems: [...refusals, 'PackNotInstalled'],
})

export const updatePack = endpoint({
  name: 'specialtyPack.update',
  method: 'POST',
  path: '/specialty-packs/:code/update',
  summary: 'Take the newer version, or leave it',
  gate: { ...writes, audit: { action: 'specialty-pack.update' } },
  params: ofPack,
  body: z.object({ version: z.number().int(), take: z.boolean(), revision }),
  output: packView,
  problems: ['PackUnknown', 'PackChangedMeanwhile', 'PackNotInstalled', 'PackNothingNew'],
})
