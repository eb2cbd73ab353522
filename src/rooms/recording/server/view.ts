import type { ReadContext } from '../../../platform/context/context.ts'
import type { RecordingLine } from '../contract/words.ts'
import { mayWithdraw, missingCount } from './rules/life.ts'
import { keptUntil, type ClassRule } from './rules/retention.ts'
import { hearsAll } from './scope.ts'
import type { NamedRecordingRow } from './store.ts'

/** A row as it is shown to this reader. */
export function lineOf(ctx: ReadContext, row: NamedRecordingRow, rules: readonly ClassRule[]): RecordingLine {
  const isKept = row.sealed_key !== null
  const rule = rules.find((one) => one.code === row.class)!
  const has = (permission: string) => ctx.actor.permissions.has(permission)
  const mayRule = isKept && has('recording.rule.write')
  return {
    id: row.id as never,
    patient: { id: row.patient_id as never, name: row.patient_name },
    class: row.class,
    subject: { kind: row.subject_kind, id: row.subject_id },
    source: row.source,
    part: row.parts > 1 && row.state !== 'refused' ? { number: row.part, of: row.parts } : null,
    state: row.state,
    staff: { id: row.staff_id as never, name: row.staff_name },
    begunAt: row.begun_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
    missing: isKept && row.state !== 'recording' ? missingCount(row.pieces, row.last_number, row.expected_pieces) : 0,
    consent:
      row.consent_event === null
        ? null
        : { event: row.consent_event, lineVersion: row.consent_version!, at: row.consent_at!.toISOString() },
    hold: row.held_at && {
      since: row.held_at.toISOString(),
      by: row.held_by_name ?? '',
      because: row.held_because ?? '',
    },
    keptUntil: isKept ? keptUntil(row.begun_at, rule.keepMonths, ctx.tenant.timeZone) : null,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    deletedBecause: row.deleted_because,
    plays: row.plays,
    can: {
      play: isKept && row.state !== 'recording' && row.pieces > 0 && has('recording.play'),
      hold: mayRule && row.held_at === null,
      release: mayRule && row.held_at !== null,
      withdraw:
        row.staff_id === ctx.actor.id &&
        row.held_at === null &&
        mayWithdraw({ state: row.state, begunAt: row.begun_at }, ctx.clock.now()),
    },
    asksReason: hearsAll(ctx),
  }
}
