import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { MyNodule, myNodules } from '../contract/my.ts'
import { cardFor } from './card.ts'
import { findCards, type CardRow } from './card-store.ts'
import { growthBetween } from './rules/growth.ts'
import { shownBefore, sizedOf } from './proposals.ts'
import {
  gradesOf,
  rechecksOf,
  scansOf,
  settledOf,
  standingScans,
  type GradeRow,
  type NoduleRow,
  type RecheckRow,
  type ScanRow,
} from './store.ts'

/** A closed nodule is told of for so long. */
const CLOSED_SHOWN_MS = 365 * 86_400_000

/** One's own nodules; what no physician has settled is neither named nor measured here. */
export async function mine(ctx: ReadContext): Promise<OutputOf<typeof myNodules>> {
  const all = await ctx.db
    .selectFrom('nodule')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('patient_id', '=', ownPatientId(ctx))
    .orderBy('state', 'desc')
    .orderBy('last_scan_on', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  const since = ctx.clock.now().getTime() - CLOSED_SHOWN_MS
  const rows = all.filter(
    (row) => row.state === 'open' || (row.result !== 'entered-in-error' && row.closed_at!.getTime() > since),
  )
  const ids = rows.map(({ id }) => id)
  const scans = await scansOf(ctx.db, ctx.organizationId, ids)
  const grades = await gradesOf(ctx.db, ctx.organizationId, ids)
  const rechecks = await rechecksOf(ctx.db, ctx.organizationId, ids)
  const cards = await findCards(ctx.db, ctx.organizationId)
  return {
    rows: rows.map((row) => ownOf(row, { scans, grades, rechecks, cards, today: ctx.today })),
    phone: await telephoneOf(ctx),
  }
}

interface Known {
  scans: readonly ScanRow[]
  grades: readonly GradeRow[]
  rechecks: readonly RecheckRow[]
  cards: readonly CardRow[]
  today: string
}

function ownOf(nodule: NoduleRow, { scans, grades, rechecks, cards, today }: Known): MyNodule {
  const [newest, ...former] = standingScans(scans.filter((one) => one.nodule_id === nodule.id))
  const settled = newest ? settledOf(grades, newest.id) : undefined
  const isKnown = settled !== undefined || (newest?.gone === true && nodule.waiting === null)
  const changes = newest
    ? shownBefore(former, newest).map((one) => growthBetween(nodule.organ, sizedOf(one), sizedOf(newest)))
    : []
  const open = rechecks.find((one) => one.id === nodule.recheck_id)
  const found = settled?.system ? cardFor(cards, nodule.organ, settled.system, settled.category)?.definition : undefined
  const card = found?.kind === 'education' && nodule.state === 'open' ? found : undefined
  return {
    id: nodule.id,
    organ: nodule.organ,
    side: nodule.side,
    place: nodule.place,
    state: nodule.state === 'closed' ? 'closed' : isKnown ? 'settled' : 'looking',
    lastScanOn: nodule.last_scan_on,
    sizeMm: settled && newest?.long_mm ? Math.round(newest.long_mm) : null,
    gone: isKnown && newest?.gone === true,
    // Held against every scan before: what grows slowly is within the error from one to the next.
    unchanged: settled !== undefined && changes.length > 0 && changes.every((one) => one?.verdict === 'within-error'),
    recheck: open ? { kind: open.kind, dueOn: open.due_on, past: open.due_on < today } : null,
    card: card ? { title: card.title, meaning: card.meaning, todo: card.todo, earlier: card.earlier } : null,
  }
}

async function telephoneOf(ctx: ReadContext): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('organization')
    .select('phone')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirst()
  return row?.phone || null
}
