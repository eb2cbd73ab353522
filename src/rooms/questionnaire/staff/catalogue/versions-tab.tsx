import { Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import {
  Card,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useApi,
  useLocale,
  useT,
} from '../../../../platform/web/index.ts'
import { readDefinition, type versionsOf } from '../../contract/questionnaire.ts'
import { ChangeList } from '../designer/change-list.tsx'
import { compareDefinitions } from '../designer/compare.ts'
import { ExportButton } from './questionnaire-page.tsx'

type History = OutputOf<typeof versionsOf>

/** All versions with who wrote and who published them, and what changed between any two. */
export function VersionsTab({ history }: { history: History }) {
  const t = useT('questionnaire')
  const { rows } = history
  return (
    <Stack>
      <Card title={t('catalogue.tab.versions')}>
        <ul className="pb-plain-list">
          {rows.map((row) => (
            <li key={row.version}>
              <Row>
                <strong>{t('catalogue.versionNumber', { version: row.version })}</strong>
                <Status tone={row.state === 'active' ? 'good' : row.state === 'draft' ? 'due' : 'plain'}>
                  {t(`catalogue.states.${row.state}`)}
                </Status>
                <span>{t('catalogue.writtenBy', { name: row.changedBy })}</span>
                {row.publishedAt && <span>{t('catalogue.putInForceBy', { name: row.publishedBy ?? '' })}</span>}
                <span className="pb-hint">
                  <InstantText at={row.publishedAt ?? row.changedAt} /> ·{' '}
                  {t('fill.questions', { count: row.questions })} · {t('catalogue.answersOf', { count: row.answers })}
                </span>
              </Row>
            </li>
          ))}
        </ul>
      </Card>
      {rows.length > 1 && <Compare history={history} />}
    </Stack>
  )
}

function Compare({ history: { code, rows } }: { history: History }) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const [from, setFrom] = useState(rows[1]!.version)
  const [to, setTo] = useState(rows[0]!.version)
  const versionOf = (version: number) => ({ params: { code, version: String(version) as never } })
  const old = useApi(readDefinition, versionOf(from))
  const now = useApi(readDefinition, versionOf(to))
  const error = old.error ?? now.error
  const choice = (label: string, value: number, onChange: (version: number) => void) => (
    <Select
      aria-label={label}
      value={value}
      popupMatchSelectWidth={false}
      options={rows.map(({ version, state }) => ({
        value: version,
        label: `${t('catalogue.versionNumber', { version })} · ${t(`catalogue.states.${state}`)}`,
      }))}
      onChange={onChange}
    />
  )
  const ready = old.data?.version === from && now.data?.version === to
  return (
    <Card title={t('catalogue.compare')} extra={old.data && <ExportButton view={old.data} />}>
      <Stack>
        <Row>
          {choice(t('catalogue.compareFrom'), from, setFrom)}
          <span aria-hidden="true">→</span>
          {choice(t('catalogue.compareTo'), to, setTo)}
        </Row>
        <ProblemAlert problem={error ?? undefined} />
        {!ready && !error && <Loading lines={3} />}
        {ready && (
          <ChangeList
            changes={compareDefinitions(old.data!.definition, now.data!.definition, { t, locale })}
            none={t('catalogue.compareSame')}
          />
        )}
      </Stack>
    </Card>
  )
}
