import { useT } from '../../../platform/patient-web/index.ts'
import type { OwnEntry } from '../contract/mood-diary.ts'
import { dailyMoods, daysBack } from './day.ts'

const DAYS = 30
const [WIDTH, HEIGHT, EDGE] = [300, 90, 8]

/** The last month as dots: days without an entry are no dots and nothing to make up for. */
export function MoodCourse({ entries, today }: { entries: readonly OwnEntry[]; today: string }) {
  const t = useT('mood-diary')
  const days = dailyMoods(entries.filter(({ on }) => daysBack(today, on) < DAYS))
  if (days.length < 2) return null
  const mean = days.reduce((sum, { mood }) => sum + mood, 0) / days.length
  const x = (on: string) => WIDTH - EDGE - (daysBack(today, on) * (WIDTH - 2 * EDGE)) / (DAYS - 1)
  const y = (mood: number) => HEIGHT - EDGE - ((mood - 1) * (HEIGHT - 2 * EDGE)) / 4
  const words = t('my.mood.courseWords', { days: days.length, mean: mean.toFixed(1) })
  return (
    <section className="pp-card">
      <h2>{t('my.mood.course')}</h2>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words} width="100%">
        {[1, 3, 5].map((mood) => (
          <line key={mood} x1={EDGE} x2={WIDTH - EDGE} y1={y(mood)} y2={y(mood)} stroke="currentColor" opacity="0.15" />
        ))}
        <polyline
          points={days.map(({ on, mood }) => `${x(on)},${y(mood)}`).join(' ')}
          fill="none"
          stroke="var(--pp-primary)"
          strokeWidth="1.5"
          opacity="0.5"
        />
        {days.map(({ on, mood }) => (
          <circle key={on} cx={x(on)} cy={y(mood)} r="4" fill="var(--pp-primary)" />
        ))}
      </svg>
      <p>{words}</p>
    </section>
  )
}
