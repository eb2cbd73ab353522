import { z } from 'zod'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import { clearRoomTags, publishedTags, setRoomTags, type RoomTag } from '../../tag/server/index.ts'
import content from '../content/tags.json' with { type: 'json' }

/** `content/tags.json`: which band of an instrument gives which tag, and for how long. */
export const bandTags = z
  .array(
    z.strictObject({
      instrument: z.string(),
      band: z.string(),
      tag: z.string(),
      /** null: until the day on which the result is due again. */
      forDays: z.number().int().positive().nullable(),
    }),
  )
  .parse(content.bands)

/** A result that counts: released by a clinician, or of an instrument that asks for none. */
export interface CountingResult {
  id: string
  patientId: string
  instrument: string
  version: string
  band: string | null
  value: number | null
  /** The day of its newest measurement or of its computation. */
  on: string
  expiresOn: string | null
}

/**
 * Lets results that count speak through tags: the band's tag is set until the next assessment is due, and what an
 * earlier result of the same instrument said is taken away.
 */
export async function tagByBand(ctx: WriteContext, results: readonly CountingResult[]): Promise<void> {
  const speaking = results.filter(({ instrument }) => bandTags.some((one) => one.instrument === instrument))
  if (speaking.length === 0) return
  const known = await publishedTags(ctx, [...new Set(bandTags.map(({ tag }) => tag))])
  const set = speaking.flatMap((result): RoomTag[] => {
    const rule = bandTags.find(({ instrument, band }) => instrument === result.instrument && band === result.band)
    if (!rule || !known.has(rule.tag)) return []
    const until = untilOf(ctx, result, rule.forDays)
    // A result that was released after its time says nothing about today.
    if (until && until <= ctx.clock.now()) return []
    return [{ patientId: result.patientId, tag: rule.tag, facts: [factOf(result)], until }]
  })
  await clearRoomTags(
    ctx,
    speaking.flatMap(({ patientId, instrument }) =>
      tagsOfInstrument(instrument)
        .filter((tag) => !set.some((one) => one.patientId === patientId && one.tag === tag))
        .map((tag) => ({ patientId, tag })),
    ),
    'risk assessed anew',
  )
  await setRoomTags(ctx, set)
}

/** Takes away what results of an instrument have said: the newest is kept back from the person. */
export async function takeBandTags(ctx: WriteContext, patientId: string, instrument: string): Promise<void> {
  await clearRoomTags(
    ctx,
    tagsOfInstrument(instrument).map((tag) => ({ patientId, tag })),
    'risk withheld',
  )
}

function tagsOfInstrument(code: string): string[] {
  return [...new Set(bandTags.flatMap(({ instrument, tag }) => (instrument === code ? [tag] : [])))]
}

function untilOf(ctx: WriteContext, { expiresOn }: CountingResult, forDays: number | null): Date | null {
  if (forDays !== null) return new Date(ctx.clock.now().getTime() + forDays * 86_400_000)
  return expiresOn ? instantAt(addDays(expiresOn, 1), 0, ctx.tenant.timeZone) : null
}

function factOf({ id, instrument, version, band, value, on }: CountingResult) {
  const card = instrumentByCode(instrument)?.card
  const title = card?.bands.find(({ code }) => code === band)?.title
  return {
    kind: 'risk',
    id,
    code: instrument,
    version,
    name: card?.title ?? { zh: instrument, en: instrument },
    band: title ?? { zh: band ?? '', en: band ?? '' },
    value,
    at: on,
  }
}
