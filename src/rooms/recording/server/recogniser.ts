import type { WriteContext } from '../../../platform/context/context.ts'
import './table.ts'

/**
 * What turns speech into text. None comes with Peiban and none is called: a house that connects one writes this
 * interface and keeps what it heard by `keepTranscript`. A transcript goes with its recording.
 */
export interface Recogniser {
  name: string
  /** @param sound the whole file in its order @param media such as `audio/webm` */
  recognise(sound: AsyncIterable<Uint8Array>, media: string): Promise<Spoken[]>
}

export interface Spoken {
  atMs: number
  text: string
}

/** Keeps what a recogniser heard, sealed. */
export async function keepTranscript(
  ctx: WriteContext,
  recordingId: string,
  { recogniser, spoken }: { recogniser: string; spoken: readonly Spoken[] },
): Promise<void> {
  await ctx.tx
    .insertInto('recording_transcript')
    .values({
      organization_id: ctx.organizationId,
      recording_id: recordingId,
      id: ctx.ids.next<string & never>() as string,
      recogniser,
      made_at: ctx.clock.now(),
      sealed_text: ctx.sealer.seal(ctx.organizationId, JSON.stringify(spoken)),
    })
    .execute()
}
