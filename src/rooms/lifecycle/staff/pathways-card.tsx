import { Card, DateText, Row, Stack, useT } from '../../../platform/web/index.ts'
import type { Relationship } from '../contract/lifecycle.ts'
import { useSaid } from './words.ts'

/** The other axis: where each running pathway stands. */
export function PathwaysCard({ data: { pathways } }: { data: Relationship }) {
  const t = useT('lifecycle')
  const said = useSaid()
  return (
    <Card title={t('pathways.title')}>
      {pathways === null && <p className="pb-hint">{t('pathways.hidden')}</p>}
      {pathways?.length === 0 && <p className="pb-hint">{t('pathways.none')}</p>}
      <Stack tight>
        {pathways?.map(({ id, name, phase, step, dueOn }) => (
          <Row key={id}>
            <strong>{said(name)}</strong>
            {phase && <span>{t('pathways.phase', { phase: said(phase) })}</span>}
            {step && <span className="pb-hint">{t('pathways.next', { step: said(step) })}</span>}
            {dueOn && (
              <span className="pb-hint">
                <DateText date={dueOn} />
              </span>
            )}
          </Row>
        ))}
      </Stack>
    </Card>
  )
}
