import type { ReadContext } from '../../../platform/context/context.ts'
import type { FactForms, OfferedChoice } from '../../../platform/condition/form.ts'
import { findSegments, findVersions } from './segment-store.ts'

async function offerSegments(ctx: ReadContext): Promise<OfferedChoice[]> {
  const versions = Map.groupBy(await findVersions(ctx), ({ segment_id }) => segment_id)
  return (await findSegments(ctx))
    .filter(({ state }) => state === 'active')
    .flatMap(({ id, version }) => {
      const name = versions.get(id)?.find((one) => one.version === version)?.definition.name
      return name ? [{ code: id, name: { zh: name.zh, en: name.en || name.zh } }] : []
    })
}

/** How pages ask whether somebody is in a segment, and tell of it. */
export const segmentFactForms: FactForms = {
  kinds: { segment: { group: 'care', fields: { segment: { from: 'segments' } } } },
  choices: { segments: offerSegments },
  tells: {
    segment: {
      names: 'segment',
      tell: ({ code }, { t, name }) => ({ what: t('ask.segment.name'), value: name(String(code)) }),
    },
  },
}
