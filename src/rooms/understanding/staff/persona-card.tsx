import { Card, DateText, Facts, Go, InstantText, Stack, useLocale, useT } from '../../../platform/web/index.ts'
import type { PersonaLine } from '../contract/understanding.ts'

/** Lines that follow from facts, each leading to where the fact stands. */
export function PersonaCard({ patientId, lines }: { patientId: string; lines: readonly PersonaLine[] }) {
  const t = useT('understanding')
  const byCode = [...Map.groupBy(lines, ({ code }) => code)]
  return (
    <Card title={t('persona.title')}>
      <Stack tight>
        <p className="pb-hint">{t('persona.hint')}</p>
        <Facts
          items={byCode.map(([code, own]) => [
            t(`persona.line.${code}`),
            <Stack key={code} tight>
              {own.map((line) => (
                <Line key={`${line.value} ${line.at}`} patientId={patientId} line={line} />
              ))}
            </Stack>,
          ])}
        />
      </Stack>
    </Card>
  )
}

function Line({ patientId, line }: { patientId: string; line: PersonaLine }) {
  const t = useT('understanding')
  const isEnglish = useLocale() === 'en'
  const { value, valueEn, source, at, to } = line
  return (
    <span>
      {isEnglish ? valueEn : value}{' '}
      <Go to={`/patients/${patientId}?${to}`} className="pb-hint">
        {t(`persona.source.${source}`)}
      </Go>{' '}
      {at && <span className="pb-hint">{at.length === 10 ? <DateText date={at} /> : <InstantText at={at} />}</span>}
    </span>
  )
}
