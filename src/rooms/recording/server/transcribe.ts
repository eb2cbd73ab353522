import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { SOUND_BYTES_MAX, type Recogniser, type Recognised } from '../../../platform/speech/recogniser.ts'
import { silentDay } from './rules/life.ts'
import { playedAs } from './rules/pcm.ts'
import { LEASE_MS, nextTry } from './rules/transcription.ts'
import { rulesOf } from './settings.ts'
import { wholeSound } from './sound.ts'
import { lockIt } from './store.ts'
import { keepTranscript } from './transcript.ts'
import * as store from './transcript-store.ts'

/** So many are put on the way at a look, and so many turned into text, before the next organization has its turn. */
const ASKED_AT_ONCE = 100
const MADE_AT_ONCE = 20

/**
 * Turns what was recorded into text, where the house has a recogniser and the organization wants it. The state of a recording
 * stands in its row: a try that is under way is nobody else's until its lease is up, what it found is kept only while the
 * recording still has its key and the try is still this one's. So a crash costs one try, and nothing is kept twice.
 * @returns how many were worked at
 */
export async function transcribeDue(house: House, tenant: Tenant): Promise<number> {
  const { recogniser } = house
  const reading = { db: house.databases.of(tenant.id), organizationId: tenant.id }
  if (!recogniser || !(await rulesOf(reading)).transcribe) return 0
  await inHouse(house, tenant, async (ctx) => {
    const now = ctx.clock.now()
    await store.askForTranscripts(ctx.tx, tenant.id, { now, cutOffBefore: silentDay(now), limit: ASKED_AT_ONCE })
  })
  let made = 0
  while (made < MADE_AT_ONCE && (await transcribeOne(house, tenant, recogniser))) made += 1
  return made
}

async function transcribeOne(house: House, tenant: Tenant, recogniser: Recogniser): Promise<boolean> {
  const now = house.clock.now()
  const claimed = await store.claimTranscription(house.databases.of(tenant.id), tenant.id, {
    now,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
  })
  if (!claimed) return false
  const found = await recognise(house, tenant, claimed.recording_id, recogniser)
  if (found) await inHouse(house, tenant, (ctx) => settle(ctx, claimed, found, recogniser.name))
  return true
}

/** Undefined where the recording is gone: what was to be done about it went with it. */
async function recognise(
  house: House,
  tenant: Tenant,
  recordingId: string,
  recogniser: Recogniser,
): Promise<Recognised | undefined> {
  const sound = await wholeSound(house, tenant.id, recordingId, SOUND_BYTES_MAX)
  if (!sound) return undefined
  if (sound === 'too-large') return { kind: 'never', why: 'too-large', words: '' }
  return recogniser.recognise(sound.bytes, playedAs(sound.media))
}

async function settle(
  ctx: WriteContext,
  claimed: store.TranscriptionRow,
  found: Recognised,
  recogniser: string,
): Promise<void> {
  // Whoever takes the recording away waits here, or has been here.
  const row = await lockIt(ctx.tx, ctx.organizationId, claimed.recording_id)
  if (!row?.sealed_key) return
  const now = ctx.clock.now()
  if (found.kind !== 'heard') {
    const next = found.kind === 'later' ? nextTry(claimed.attempts, now) : undefined
    const { why, words } = found
    await store.settleTranscription(
      ctx.tx,
      claimed,
      next ? { state: 'waiting', next_at: next, why, words } : { state: 'failed', why, words },
      now,
    )
    ctx.log.warn({ recordingId: row.id, why, attempts: claimed.attempts }, 'a call could not be turned into text')
    return
  }
  if (!(await store.settleTranscription(ctx.tx, claimed, { state: 'done' }, now))) return
  await keepTranscript(ctx, row.id, { recogniser, spoken: found.spoken })
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'recording/transcribe') }, use)
}
