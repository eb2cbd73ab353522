import { ageOn } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { Features, ScanBody } from '../contract/words.ts'
import { proposeCategory, proposeProbabilities, type Proposal } from './propose.ts'
import type { SizedScan } from './rules/growth.ts'
import { settingOf } from './setting-store.ts'
import { gradesOf, scansOf, standingScans, type NoduleRow, type ScanRow } from './store.ts'

/** What the report itself names, in its words. */
export async function insertReported(
  ctx: WriteContext,
  nodule: NoduleRow,
  scanId: string,
  { system, category, raw }: NonNullable<ScanBody['reported']>,
): Promise<void> {
  await insertProposal(ctx, nodule, scanId, 'report', { kind: 'category', system, category, raw: raw || category })
}

/**
 * What the clinic's system and the models say of a scan, each once and only as a proposal.
 * @param former the other scans that stand, newest first
 */
export async function proposeFor(
  ctx: WriteContext,
  nodule: NoduleRow,
  scan: ScanRow,
  former: readonly ScanRow[],
): Promise<void> {
  const patient = await patientSummary(ctx, nodule.patient_id)
  const person = {
    ageYears: patient?.birthDate ? ageOn(patient.birthDate, scan.scanned_on) : null,
    sex: patient?.sex ?? 'unknown',
  }
  const before = shownBefore(former, scan)
  const setting = await settingOf(ctx.tx, ctx.organizationId, nodule.organ)
  const measured = measuredOf(nodule, scan)
  const known = await gradesOf(ctx.tx, ctx.organizationId, [nodule.id])
  const category = setting
    ? proposeCategory(setting.definition.system, measured, before.map(sizedOf), person).proposal
    : null
  for (const proposal of [...(category ? [category] : []), ...proposeProbabilities(measured, person)]) {
    const standing = known.find(
      (one) =>
        one.scan_id === scan.id &&
        one.source === 'instrument' &&
        one.system === proposal.system &&
        one.superseded_by === null,
    )
    if (standing && (standing.kind !== 'category' || standing.category === proposal.category)) continue
    const id = await insertProposal(ctx, nodule, scan.id, 'instrument', proposal)
    if (standing) await supersedeGrade(ctx, standing.id, id)
  }
}

/** What a scan before it says has changed: the newest one is proposed anew. What a physician has settled stays theirs. */
export async function proposeNewest(ctx: WriteContext, nodule: NoduleRow): Promise<void> {
  const [newest, ...former] = standingScans(await scansOf(ctx.tx, ctx.organizationId, [nodule.id]))
  if (newest) await proposeFor(ctx, nodule, newest, former)
}

async function supersedeGrade(ctx: WriteContext, formerId: string, byId: string): Promise<void> {
  await ctx.tx
    .updateTable('nodule_grade')
    .set({ superseded_by: byId })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', formerId)
    .where('superseded_by', 'is', null)
    .execute()
}

async function insertProposal(
  ctx: WriteContext,
  nodule: NoduleRow,
  scanId: string,
  source: 'report' | 'instrument',
  proposal: Pick<Proposal, 'kind' | 'category'> & { system: string | null; raw?: string } & Partial<
      Omit<Proposal, 'system'>
    >,
): Promise<string> {
  const id = ctx.ids.next<string>()
  await ctx.tx
    .insertInto('nodule_grade')
    .values({
      organization_id: ctx.organizationId,
      id,
      nodule_id: nodule.id,
      scan_id: scanId,
      kind: proposal.kind,
      state: 'proposed',
      source,
      system: proposal.system,
      category: proposal.category,
      pct: proposal.pct ?? null,
      raw: proposal.raw ?? '',
      instrument_version: proposal.version ?? null,
      input: JSON.stringify(proposal.input ?? {}),
      output: JSON.stringify(proposal.output ?? {}),
      caveats: proposal.caveats ?? [],
      by_id: source === 'report' && ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      by_name: source === 'report' ? ctx.actor.name : '',
      at: ctx.clock.now(),
      superseded_by: null,
    })
    .execute()
  return id
}

/** The scans of these, newest first, that are of an earlier day and show the nodule. */
export function shownBefore(scans: readonly ScanRow[], { scanned_on }: Pick<ScanRow, 'scanned_on'>): ScanRow[] {
  return scans.filter((one) => one.scanned_on < scanned_on && !one.gone)
}

type Sizes = Pick<ScanRow, 'scanned_on' | 'long_mm' | 'short_mm' | 'depth_mm' | 'solid_mm' | 'features'>

export function sizedOf(scan: Sizes): SizedScan {
  const { scanned_on: on, long_mm: longMm, short_mm: shortMm, depth_mm: depthMm } = scan
  return { on, longMm, shortMm, depthMm, ...solidOf(scan) }
}

/** A solid nodule has no part to compare; pure ground glass has none of it, and part-solid what was measured. */
function solidOf({ solid_mm, features }: Sizes): Pick<SizedScan, 'solidMm'> {
  const type = (features as Features)['type']
  if (type === 'groundGlass') return { solidMm: solid_mm ?? 0 }
  return type === 'partSolid' || solid_mm !== null ? { solidMm: solid_mm } : {}
}

export function measuredOf(nodule: Pick<NoduleRow, 'organ'>, scan: ScanRow) {
  return { ...sizedOf(scan), organ: nodule.organ, gone: scan.gone, features: scan.features as Features }
}
