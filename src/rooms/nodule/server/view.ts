import type { ReadContext } from '../../../platform/context/context.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { ageOn } from '../../../platform/clock.ts'
import { instrumentByCode } from '../../../clinical/index.ts'
import type { PatientSummary } from '../../patient/server/index.ts'
import {
  DOCTOR_RESULTS,
  RESULTS,
  type Features,
  type GradeView,
  type NoduleLine,
  type NoduleView,
  type ScanView,
} from '../contract/words.ts'
import { cardFor } from './card.ts'
import type { CardRow } from './card-store.ts'
import { proposeCategory } from './propose.ts'
import { growthBetween } from './rules/growth.ts'
import { meanMm, volumeOf } from './rules/size.ts'
import { measuredOf, shownBefore, sizedOf } from './proposals.ts'
import type { Setting } from './setting-store.ts'
import { settledOf, standingScans, type GradeRow, type NoduleRow, type RecheckRow, type ScanRow } from './store.ts'
import type { EventRow, TalkRow } from './log-store.ts'
import { bandOf, guidelineOf } from './systems.ts'

export interface Known {
  scans: readonly ScanRow[]
  grades: readonly GradeRow[]
  rechecks: readonly RecheckRow[]
  talks: readonly TalkRow[]
  events: readonly EventRow[]
  reportTitles: ReadonlyMap<string, string>
  cards: readonly CardRow[]
  settings: readonly Setting[]
  patient: PatientSummary | undefined
}

/** A nodule with everything about it, in the order in which it is read: newest first. */
export function viewOf(ctx: ReadContext, nodule: NoduleRow, known: Known): NoduleView {
  const scans = known.scans.filter((one) => one.nodule_id === nodule.id)
  const grades = known.grades.filter((one) => one.nodule_id === nodule.id)
  const newest = standingScans(scans)[0]
  const settled = newest ? settledOf(grades, newest.id) : undefined
  const card = settled?.system ? cardFor(known.cards, nodule.organ, settled.system, settled.category) : undefined
  return {
    ...lineOf(nodule, newest, grades, known),
    version: nodule.version,
    scans: scans.map((scan) => scanOf(nodule, scan, scans, grades, known)),
    rechecks: known.rechecks.filter((one) => one.nodule_id === nodule.id).map(recheckOf),
    talks: known.talks.filter((one) => one.nodule_id === nodule.id).map((talk) => talkOf(talk, known.cards)),
    cardCode: card?.code ?? null,
    closing: nodule.closed_at
      ? { byName: nodule.closed_by_name ?? '', text: nodule.result_text ?? '', on: nodule.result_on }
      : null,
    events: known.events
      .filter((one) => one.nodule_id === nodule.id)
      .map(({ version, kind, note, by_name: byName, at }) => ({ version, kind, note, byName, at: at.toISOString() })),
    can: actsOf(ctx, nodule),
    results: ctx.actor.permissions.has('nodule.grade')
      ? [...RESULTS]
      : RESULTS.filter((one) => !(DOCTOR_RESULTS as readonly string[]).includes(one)),
  }
}

function lineOf(nodule: NoduleRow, newest: ScanRow | undefined, grades: readonly GradeRow[], known: Known): NoduleLine {
  const ofNewest = grades.filter((one) => one.scan_id === newest?.id && one.kind === 'category' && !one.superseded_by)
  const grade = ofNewest.find(({ state }) => state === 'settled') ?? ofNewest[0]
  const open = known.rechecks.find((one) => one.id === nodule.recheck_id)
  return {
    id: nodule.id as NoduleLine['id'],
    organ: nodule.organ,
    side: nodule.side,
    place: nodule.place,
    state: nodule.state,
    waiting: nodule.waiting,
    lastScanOn: nodule.last_scan_on,
    longMm: newest?.long_mm ?? null,
    grade: grade ? shortGrade(grade) : null,
    fromOn: nodule.from_on,
    dueOn: nodule.due_on,
    recheckKind: open?.kind ?? null,
    closedAt: nodule.closed_at?.toISOString() ?? null,
    result: nodule.result,
    patient: personOf(nodule, known.patient),
  }
}

export function personOf(
  nodule: Pick<NoduleRow, 'patient_id'>,
  patient: PatientSummary | undefined,
): NoduleLine['patient'] {
  return {
    id: nodule.patient_id as NoduleLine['patient']['id'],
    name: patient?.name ?? '',
    sex: patient?.sex ?? 'unknown',
    ageYears: patient?.ageYears ?? null,
    managerName: patient?.managerName ?? null,
  }
}

export function shortGrade({
  state,
  source,
  system,
  category,
}: Pick<GradeRow, 'state' | 'source' | 'system' | 'category'>): NonNullable<NoduleLine['grade']> {
  return { state, source, systemName: nameOfSystem(system), category, tone: bandOf(system, category)?.tone ?? null }
}

function nameOfSystem(system: string | null): string {
  if (!system) return ''
  const instrument = instrumentByCode(system)?.card as unknown as { system?: string; title: Bilingual } | undefined
  return instrument?.system ?? instrument?.title.en ?? guidelineOf(system)?.title.zh ?? system
}

function scanOf(
  nodule: NoduleRow,
  scan: ScanRow,
  scans: readonly ScanRow[],
  grades: readonly GradeRow[],
  known: Known,
): ScanView {
  const axes = sizedOf(scan)
  const former = shownBefore(standingScans(scans), scan)
  const own = grades.filter((one) => one.scan_id === scan.id)
  return {
    id: scan.id as ScanView['id'],
    on: scan.scanned_on,
    modality: scan.modality,
    reportId: scan.report_id,
    facility: scan.facility,
    gone: scan.gone,
    longMm: scan.long_mm,
    shortMm: scan.short_mm,
    depthMm: scan.depth_mm,
    solidMm: scan.solid_mm,
    features: scan.features as Features,
    reportText: scan.report_text,
    radiologist: scan.radiologist as ScanView['radiologist'],
    meanMm: meanMm(axes),
    volumeMm3: rounded(volumeOf(axes)?.mm3),
    reportTitle: scan.report_id ? (known.reportTitles.get(scan.report_id) ?? null) : null,
    byName: scan.by_name,
    at: scan.at.toISOString(),
    correctsId: scan.corrects,
    ended: scan.superseded_by
      ? { kind: scan.superseded_by === scan.id ? 'withdrawn' : 'corrected', because: scan.superseded_because ?? '' }
      : null,
    grades: own.map(gradeOf),
    refusal: refusalOf(nodule, scan, former, own, known),
    growth: former[0] && !scan.superseded_by ? growthBetween(nodule.organ, sizedOf(former[0]), axes) : null,
  }
}

/** Why no category is proposed, said only where the clinic's system could have proposed one. */
function refusalOf(
  nodule: NoduleRow,
  scan: ScanRow,
  former: readonly ScanRow[],
  own: readonly GradeRow[],
  { settings, patient }: Known,
): Bilingual | null {
  const setting = settings.find(({ organ }) => organ === nodule.organ)
  if (!setting || scan.superseded_by || own.some(({ source, kind }) => source === 'instrument' && kind === 'category'))
    return null
  const person = {
    ageYears: patient?.birthDate ? ageOn(patient.birthDate, scan.scanned_on) : null,
    sex: patient?.sex ?? 'unknown',
  }
  return proposeCategory(setting.definition.system, measuredOf(nodule, scan), former.map(sizedOf), person).refusal
}

function rounded(mm3: number | undefined): number | null {
  return mm3 === undefined ? null : Math.round(mm3)
}

/** What the page says of every recheck by itself. */
const SAID_ANYWAY = new Set(['from-scan-date', 'radiologist-first'])

function gradeOf(row: GradeRow): GradeView {
  const band = bandOf(row.system, row.category)
  const sentences = row.system ? (instrumentByCode(row.system)?.card.sentences ?? {}) : {}
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    source: row.source,
    system: row.system,
    systemName: nameOfSystem(row.system),
    category: row.category,
    title: band?.title ?? null,
    tone: band?.tone ?? null,
    pct: row.pct,
    raw: row.raw,
    instrumentVersion: row.instrument_version,
    caveats: row.caveats.filter((code) => !SAID_ANYWAY.has(code)).flatMap((code) => sentences[code] ?? []),
    because: row.because,
    byName: row.by_name,
    at: row.at.toISOString(),
    superseded: row.superseded_by !== null,
  }
}

function recheckOf(row: RecheckRow): NoduleView['rechecks'][number] {
  return {
    kind: row.kind,
    source: row.source,
    guideline: row.system ? (guidelineOf(row.system)?.title ?? null) : null,
    settingVersion: row.setting_version,
    anchorOn: row.anchor_on,
    months: row.months,
    fromOn: row.from_on,
    dueOn: row.due_on,
    words: row.words,
    byName: row.by_name,
    state: row.state,
  }
}

function talkOf(row: TalkRow, cards: readonly CardRow[]): NoduleView['talks'][number] {
  const labels = new Map(cards.map(({ code, definition }) => [code, definition.title]))
  return {
    id: row.id,
    worries: (row.worries as { code: string; words: string }[]).map(({ code, words }) => ({
      code,
      label: labels.get(code) ?? { zh: code, en: code },
      words,
    })),
    cardCode: row.card_code,
    taughtBack: row.taught_back,
    theirWords: row.their_words,
    note: row.note,
    byName: row.by_name,
    at: row.at.toISOString(),
  }
}

function actsOf({ actor }: ReadContext, nodule: NoduleRow): NoduleView['can'] {
  const may = (permission: string) => actor.permissions.has(permission)
  const writes = may('nodule.write')
  if (nodule.state === 'closed') return writes ? ['reopen', 'talk'] : []
  return [
    ...(writes ? (['add-scan', 'close', 'talk', 'correct'] as const) : []),
    ...(may('nodule.grade') ? (['grade', 'set-interval'] as const) : []),
  ]
}
