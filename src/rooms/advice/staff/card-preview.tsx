import { useT } from '../../../platform/web/index.ts'
import type { CardDefinition } from '../contract/words.ts'
import { textOf, type Language } from './words.ts'

/** The card as wide as a phone, in the look of patients' pages. */
export function CardPreview({
  card,
  language,
}: {
  card: Pick<CardDefinition, 'title' | 'summary' | 'points' | 'avoid'>
  language: Language
}) {
  const t = useT('advice')
  const { title, summary, points, avoid } = textOf(card, language)
  return (
    <section
      lang={language}
      aria-label={t(`preview.${language}`)}
      style={{
        width: 330,
        maxWidth: '100%',
        padding: 16,
        background: '#faf7f2',
        color: '#1b2726',
        border: '1px solid var(--pb-line, #d9d3c8)',
        borderRadius: 12,
        fontSize: 16,
        lineHeight: 1.6,
      }}
    >
      <strong style={{ fontSize: 18 }}>{title}</strong>
      <p style={{ margin: '4px 0 8px' }}>{summary}</p>
      <ul style={{ margin: 0, paddingInlineStart: 20, listStyle: 'disc' }}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {avoid.length > 0 && (
        <div style={{ marginTop: 8, paddingTop: 8, borderTop: '1px solid #d9d3c8' }}>
          {avoid.map((point) => (
            <p key={point} style={{ margin: '0 0 4px' }}>
              {point}
            </p>
          ))}
        </div>
      )}
    </section>
  )
}
