import type { CSSProperties } from 'react'
import { Card, usePalette, useT } from '../../../platform/web/index.ts'
import type { Figure } from '../contract/satisfaction.ts'
import { GOOD, LOW, SCORES } from '../contract/words.ts'
import type { Open } from './satisfaction-page.tsx'

/** 打分分布: one bar for each score, which opens its rows. */
export function Scores({ figure, open }: { figure: Figure; open: Open }) {
  const t = useT('satisfaction')
  const palette = usePalette()
  const most = Math.max(1, ...figure.counts)
  const colourOf = (score: number) =>
    score >= GOOD ? palette.primary : score <= LOW ? palette.due : palette.strongLine
  return (
    <Card title={t('page.scores')}>
      <ul className="sf-bars">
        {SCORES.map((score, n) => {
          const count = figure.counts[n]!
          const name = `${t('page.score', { score })} ${t(`scoreWord.${score}`)}`
          return (
            <li key={score}>
              <button
                type="button"
                className="sf-bar"
                aria-label={`${name} ${count}`}
                disabled={count === 0}
                onClick={() => open({ figure: 'answered', score })}
              >
                <span>{name}</span>
                <span className="sf-track">
                  <span
                    className="sf-fill"
                    style={{ inlineSize: `${(count / most) * 100}%`, '--sf-colour': colourOf(score) } as CSSProperties}
                  />
                </span>
                <span className="pb-number sf-count">{count}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
