import card from '../../instrument/scale/psqi/model.json' with { type: 'json' }
import type { Band } from '../scoring.ts'
import sheet from './psqi.json' with { type: 'json' }
import type { Template } from './template.ts'

/** PSQI: seven components of 0 to 3, most of them worked out from several answers; the bands are those of the registry. */
export function psqi(): Template {
  const { score, items, hidden, sets, ...rest } = sheet
  const source = card.sources.join('; ')
  return {
    ...rest,
    title: card.title,
    about: card.about,
    source,
    sensitivity: 'ordinary',
    sets,
    items: items as Template['items'],
    hidden: hidden as Template['hidden'],
    scoring: {
      source,
      scores: [
        {
          code: score.code,
          name: card.title,
          method: 'sum',
          items: score.items,
          missing: 'refuse',
          invalidWhen: [
            {
              code: 'slept-longer-than-in-bed',
              text: card.sentences['slept-longer-than-in-bed'],
              when: [{ linkId: 'psqi-minutes-awake', below: 0 }],
            },
          ],
          bands: (score.limits as [string, number][]).map(([code, from], n, all): Band => {
            const { title, meaning, tone } = card.bands.find((band) => band.code === code)!
            const below = all[n + 1]?.[1]
            return {
              code,
              ...(n > 0 ? { from } : {}),
              ...(below === undefined ? {} : { below }),
              text: title,
              advice: meaning,
              tone: tone as Band['tone'],
            }
          }),
        },
      ],
    },
  }
}
