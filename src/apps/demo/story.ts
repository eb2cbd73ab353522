import { addDays } from '../../platform/clock.ts'
import { systemActor, type ReadContext, type Tenant, type WriteContext } from '../../platform/context/context.ts'
import { write, type House } from '../../platform/context/house.ts'
import type { Room } from '../../platform/context/room.ts'
import { assignCarers } from '../../rooms/patient/server/index.ts'
import { staffInRole } from '../../rooms/staff/server/index.ts'
import type { Role } from '../../rooms/staff/contract/permissions.ts'
import { castOf, type Cast, type Player } from './play.ts'
import { carersTold, diaryKept, meetingHeld, notesWritten } from './story-care.ts'
import {
  adviceGiven,
  alertsRaised,
  messageSent,
  noduleFollowed,
  stageEntered,
  summarySigned,
  summaryWaits,
  tagSet,
} from './story-record.ts'
import { deskWorked, reportsComeIn, tasksHandedOver } from './story-desk.ts'
import { homeVisited, medicineTaken, praised } from './story-home.ts'

/** The people of the story: one customer whose every page has something to show, and who looks after her. */
export interface Scene {
  house: House
  cast: Cast
  today: string
  customer: Player
  doctor: Player
  manager: Player
  counsellor: Player
  /** Others of the same doctor, for what should not all happen to one person. */
  others: readonly { id: string; name: string }[]
  /** Another manager. */
  colleague: Player | undefined
  /** A staff member in this role, where there is one. */
  role(role: Role): Promise<Player | undefined>
}

/**
 * Plays some weeks of a customer of the demonstration, who has a plan that runs: diary, talks, advice, a nodule that is
 * looked at again, a signed summary, an open alert. All by the endpoints, as people would; the same each time.
 * @returns false where there is nobody to play it with, or where it was played already
 */
export async function playStory(house: House, tenant: Tenant, rooms: readonly Room[]): Promise<boolean> {
  const scene = await sceneOf(house, tenant, castOf(house, tenant, rooms))
  if (!scene) return false
  await diaryKept(scene)
  await notesWritten(scene)
  await carersTold(scene)
  await meetingHeld(scene)
  await adviceGiven(scene)
  await noduleFollowed(scene)
  await stageEntered(scene)
  await tagSet(scene)
  await summarySigned(scene)
  await messageSent(scene)
  await alertsRaised(scene)
  await summaryWaits(scene)
  await deskWorked(scene)
  await tasksHandedOver(scene)
  await reportsComeIn(scene)
  await medicineTaken(scene)
  await homeVisited(scene)
  await praised(scene, tenant)
  return true
}

interface Found {
  id: string
  name: string
  doctor_id: string
  manager_id: string
}

async function sceneOf(house: House, tenant: Tenant, cast: Cast): Promise<Scene | undefined> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'install') }, async (ctx) => {
    const customer = await customerOf(ctx)
    const [counsellor] = await staffInRole(ctx, 'counsellor')
    if (!customer || !counsellor || (await wasPlayed(ctx))) return undefined
    await assignCarers(ctx, customer.id as never, { counsellorId: counsellor.id as never })
    const inRole = async (role: Role) =>
      (await staffInRole(ctx, role)).map((one) => cast.staff({ ...one, roles: [role] }))
    const roles = new Map<Role, Player>()
    for (const role of [
      'front-desk',
      'content-editor',
      'quality-lead',
      'system-administrator',
      'sales-manager',
    ] as const) {
      const [first] = await inRole(role)
      if (first) roles.set(role, first)
    }
    const one = async (role: Role, id: string) => (await inRole(role)).find((person) => person.id === id)
    const doctor = await one('physician', customer.doctor_id)
    const manager = await one('service-manager', customer.manager_id)
    if (!doctor || !manager) return undefined
    return {
      house,
      cast,
      today: ctx.today,
      customer: cast.patient(customer),
      doctor,
      manager,
      counsellor: cast.staff({ ...counsellor, roles: ['counsellor'] }),
      others: await othersOf(ctx, customer),
      colleague: (await inRole('service-manager')).find(({ id }) => id !== customer.manager_id),
      role: async (role: Role) => roles.get(role),
    }
  })
}

/** Whose plan runs: the demonstration of plans has begun it. */
export function customerOf(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<Found | undefined> {
  return ctx.db
    .selectFrom('care_plan as c')
    .innerJoin('patient as p', (j) =>
      j.onRef('p.organization_id', '=', 'c.organization_id').onRef('p.id', '=', 'c.patient_id'),
    )
    .select(['p.id', 'p.name', 'p.doctor_id', 'p.manager_id'])
    .where('c.organization_id', '=', ctx.organizationId)
    .where('c.state', '=', 'active')
    .where('p.state', '=', 'active')
    .orderBy('c.id')
    .limit(1)
    .$narrowType<{ doctor_id: string; manager_id: string }>()
    .executeTakeFirst()
}

async function wasPlayed(ctx: WriteContext): Promise<boolean> {
  const entry = ctx.tx.selectFrom('mood_entry').select('id').where('organization_id', '=', ctx.organizationId)
  return (await entry.limit(1).executeTakeFirst()) !== undefined
}

function othersOf(ctx: WriteContext, { id, doctor_id, manager_id }: Found) {
  return ctx.tx
    .selectFrom('patient')
    .select(['id', 'name'])
    .where('organization_id', '=', ctx.organizationId)
    .where('doctor_id', '=', doctor_id)
    .where('manager_id', '=', manager_id)
    .where('id', '<>', id)
    .where('state', '=', 'active')
    .where('birth_date', '<', addDays(ctx.today, -365 * 30))
    .orderBy('id')
    .limit(4)
    .execute()
}
