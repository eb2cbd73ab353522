import { Progress } from 'antd'
import { Card, Go, Row, Stack, useT } from '../../../platform/web/index.ts'
import type { Completeness } from '../contract/overview.ts'
import { usePatientAddress } from './patient-address.ts'

/** How much of the file is filled; what is missing leads to where it is filled. */
export function CompletenessCard({ completeness, canWrite }: { completeness: Completeness; canWrite: boolean }) {
  const t = useT('observation')
  const to = usePatientAddress()
  const missing = completeness.sections.filter(({ done }) => !done).toSorted((a, b) => b.weight - a.weight)
  return (
    <Card title={t('completeness.title')}>
      <Stack tight>
        <Progress percent={completeness.percent} status="normal" aria-label={t('completeness.title')} />
        {missing.length === 0 ? (
          <p className="pb-hint">{t('completeness.whole')}</p>
        ) : (
          <Row>
            <span className="pb-hint">{t('completeness.missing')}</span>
            {missing.map(({ key, fill }) =>
              canWrite ? (
                <Go key={key} to={to(searchOf(fill))}>
                  {t(`section.${key}`)}
                </Go>
              ) : (
                <span key={key}>{t(`section.${key}`)}</span>
              ),
            )}
          </Row>
        )}
      </Stack>
    </Card>
  )
}

const TABS: Readonly<Record<string, string>> = { profile: 'identity' }

/** `entry:allergy` opens a drawer here, `tab:profile` another tab. */
export function searchOf(fill: string): string {
  const [place, name = ''] = fill.split(':')
  return place === 'tab' ? `tab=${TABS[name] ?? name}` : `entry=${name}`
}
