import { DownloadOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { inLanguage, read, type Form, type Item } from '../../../../clinical/questionnaire/index.ts'
import type { OutputOf } from '../../../../platform/contract/endpoint.ts'
import {
  Card,
  Columns,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useApi,
  useLocale,
  useT,
} from '../../../../platform/web/index.ts'
import { readDefinition, statistics, type versionsOf } from '../../contract/questionnaire.ts'
import { numbersOf, questionName } from '../../contract/question-words.ts'
import { inWords } from '../designer/scoring-words.ts'
import { KnownStatistics } from './known-statistics.tsx'
import { saveFile } from './save-file.ts'
import { csvOf } from './statistics-csv.ts'

type Statistics = OutputOf<typeof statistics>

/** How people answered one version: each answer with its n, each score with its spread. Few answers are not told. */
export function StatisticsTab({ history: { code, rows } }: { history: OutputOf<typeof versionsOf> }) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const asked = rows.filter(({ state }) => state !== 'draft')
  const [version, setVersion] = useState(asked[0]?.version)
  const params = { code }
  const counts = useApi(
    statistics,
    { params, query: { version: String(version ?? 1) } as never },
    { enabled: version !== undefined },
  )
  const definition = useApi(
    readDefinition,
    { params: { code, version: String(version ?? 1) as never } },
    { enabled: version !== undefined },
  )
  const form = useMemo(() => definition.data && read(definition.data.definition).form, [definition.data])
  if (version === undefined) return <Empty title={t('statistics.never')} />
  const error = counts.error ?? definition.error
  if (error)
    return <ProblemAlert problem={error} onRetry={() => void Promise.all([counts.refetch(), definition.refetch()])} />
  if (!counts.data || !form || definition.data?.version !== version) return <Loading lines={6} />
  const { data } = counts
  const words = { t, locale }
  return (
    <Stack>
      <Row>
        <Select
          aria-label={t('statistics.version')}
          value={version}
          options={asked.map((row) => ({
            value: row.version,
            label: t('catalogue.versionNumber', { version: row.version }),
          }))}
          onChange={setVersion}
        />
        <span>
          {data.asked > 0
            ? t('statistics.ofAsked', { n: data.n, asked: data.asked })
            : t('statistics.n', { n: data.n })}
        </span>
        {!data.withheld && (
          <Button
            icon={<DownloadOutlined />}
            onClick={() => saveFile(`${code}-${version}.csv`, 'text/csv;charset=utf-8', csvOf(data, form, words))}
          >
            {t('statistics.csv')}
          </Button>
        )}
      </Row>
      {data.n > 0 && <KnownStatistics data={data} />}
      {data.withheld ? (
        <Empty title={t(data.n === 0 ? 'statistics.none' : 'statistics.few')} hint={t('statistics.fewHint')} />
      ) : (
        <Columns minPx={420}>
          {data.scores.map((one) => (
            <ScoreCard key={one.score} score={one} data={data} form={form} />
          ))}
          <ItemCards data={data} form={form} />
        </Columns>
      )}
    </Stack>
  )
}

function ScoreCard({ score, data, form }: { score: Statistics['scores'][number]; data: Statistics; form: Form }) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const rule = form.scoring?.scores.find(({ code }) => code === score.score)
  const bands = data.bands.filter((one) => one.score === score.score)
  const nameOf = (code: string) => {
    const band = rule?.bands?.find((one) => one.code === code)
    return band ? inWords(band.text, locale) : code
  }
  return (
    <Card title={rule ? inWords(rule.name, locale) : score.score}>
      <Stack>
        <span className="pb-hint">
          {t('statistics.quarters', {
            n: score.n,
            lower: round(score.lower),
            middle: round(score.middle),
            upper: round(score.upper),
          })}
        </span>
        <Bars rows={score.bins.map(({ from, below, n }) => ({ name: binName(from, below), n }))} of={score.n} />
        {bands.length > 0 && (
          <Bars rows={inOrder(bands, rule?.bands).map(({ band, n }) => ({ name: nameOf(band), n }))} of={score.n} />
        )}
      </Stack>
    </Card>
  )
}

/** From the least to the most, as the bands are written. */
const inOrder = (found: Statistics['bands'], bands: readonly { code: string }[] = []) =>
  found.toSorted(
    (a, b) => bands.findIndex(({ code }) => code === a.band) - bands.findIndex(({ code }) => code === b.band),
  )

const round = (value: number) => Math.round(value * 10) / 10
const binName = (from: number, below: number) =>
  Number.isInteger(from) && below - from === 1
    ? String(from)
    : Number.isInteger(from)
      ? `${from}–${below - 1}`
      : `${from}–${below}`

function ItemCards({ data, form }: { data: Statistics; form: Form }) {
  const t = useT('questionnaire')
  const locale = useLocale()
  const numbers = numbersOf(form)
  return [...form.byLinkId.values()].map((item) => {
    const counted = data.items.find(({ linkId }) => linkId === item.linkId)
    const figures = data.numbers.find(({ linkId }) => linkId === item.linkId)
    if (!counted && !figures) return null
    return (
      <Card key={item.linkId} title={questionName(form, item.linkId, { t, locale }, numbers)}>
        {counted && (
          <Stack tight>
            <span className="pb-hint">{t('statistics.n', { n: counted.answered })}</span>
            <Bars
              rows={answersOf(item, counted.answers, locale, (yes) => t(yes ? 'fill.yes' : 'fill.no'))}
              of={counted.answered}
            />
          </Stack>
        )}
        {figures && (
          <span>
            {t('statistics.quarters', {
              n: figures.n,
              lower: round(figures.lower),
              middle: round(figures.middle),
              upper: round(figures.upper),
            })}{' '}
            {item.units[0]?.unit ?? ''}
          </span>
        )}
      </Card>
    )
  })
}

/** All options in their order, also those that nobody chose. */
export function answersOf(
  item: Item,
  answers: readonly { code: string; n: number }[],
  locale: string,
  yesNo: (yes: boolean) => string,
): { name: string; n: number }[] {
  const left = new Map(answers.map(({ code, n }) => [code, n]))
  const take = (code: string, name: string) => {
    const n = left.get(code) ?? 0
    left.delete(code)
    return { name, n }
  }
  const known =
    item.type === 'boolean'
      ? [take('true', yesNo(true)), take('false', yesNo(false))]
      : item.options.map(({ value, text }) =>
          take(
            typeof value === 'object' ? ((value as { code?: string }).code ?? '') : String(value),
            inLanguage(text, locale),
          ),
        )
  return [...known, ...[...left].map(([name, n]) => ({ name, n }))]
}

/** Bars with their counts and shares in words: no colour has to be told apart. */
function Bars({ rows, of }: { rows: readonly { name: string; n: number }[]; of: number }) {
  const most = Math.max(1, ...rows.map(({ n }) => n))
  return (
    <dl className="pb-design-bars">
      {rows.flatMap(({ name, n }, at) => [
        <dt key={`n${at}`}>{name}</dt>,
        <dd key={`b${at}`} aria-hidden="true">
          <span className="pb-design-bar-of" style={{ inlineSize: `${(n / most) * 100}%` }} />
        </dd>,
        <dd key={`c${at}`} className="pb-number">
          {n} <span className="pb-hint">{of > 0 ? `${Math.round((n / of) * 100)}%` : ''}</span>
        </dd>,
      ])}
    </dl>
  )
}
