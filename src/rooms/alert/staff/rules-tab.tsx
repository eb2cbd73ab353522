import { Button } from 'antd'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  Loading,
  ProblemAlert,
  Status,
  useApi,
  useLocale,
  useOpened,
  useT,
  type Column,
  type T,
  useShipped,
} from '../../../platform/web/index.ts'
import { listAlertRules, type RuleView } from '../contract/rule.ts'
import { ClassChip } from './alert-words.tsx'
import { RuleDrawer } from './rule-drawer.tsx'

const keyOf = ({ code, version }: RuleView) => `${code}.${version}`

/** The rules: those in force first, then the drafts that wait for their owner. */
export function RulesTab() {
  const t = useT('alert')
  const locale = useLocale()
  const opened = useOpened('rule')
  const { data, error, refetch } = useApi(listAlertRules)
  const nameOf = ({ definition }: RuleView) => (locale === 'en' ? definition.name.en : definition.name.zh)
  const rules = (data?.rules ?? []).toSorted((a, b) => RANK[a.state] - RANK[b.state])
  return (
    <>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {!data && !error && <Loading />}
      {data && (
        <Card
          flush
          title={t('settings.rulesLabel')}
          extra={data.can.write && <Button onClick={() => opened.open('new')}>{t('settings.newRule')}</Button>}
        >
          <DataTable
            name="alert-rules"
            label={t('settings.rulesLabel')}
            rows={rules}
            columns={columnsOf(t, nameOf)}
            rowKey={keyOf}
            rowName={nameOf}
            onOpen={(rule) => opened.open(keyOf(rule))}
            empty={<Empty title={t('settings.rulesEmpty')} />}
          />
        </Card>
      )}
      <RuleDrawer
        open={opened.id !== undefined && data !== undefined}
        rule={rules.find((rule) => keyOf(rule) === opened.id)}
        onClose={opened.close}
      />
    </>
  )
}

const RANK = { confirmed: 0, draft: 1, retired: 2 } as const
const TONES = { confirmed: 'good', draft: 'due', retired: 'plain' } as const

function columnsOf(t: T, nameOf: (rule: RuleView) => string): Column<RuleView>[] {
  return [
    { key: 'name', title: t('rule.name'), render: nameOf },
    {
      key: 'class',
      title: t('rule.class'),
      render: ({ definition }) => <ClassChip of={definition.class} />,
      card: 'aside',
    },
    { key: 'limit', title: t('rule.limit'), render: (rule) => <Limits rule={rule} /> },
    {
      key: 'occurs',
      title: t('rule.occurs'),
      render: ({ definition }) => t(`occurs.${definition.occurs}`),
      card: 'hide',
    },
    {
      key: 'state',
      title: t('rule.state'),
      render: ({ state }) => <Status tone={TONES[state]}>{t(`ruleState.${state}`)}</Status>,
    },
    {
      key: 'owner',
      title: t('rule.owner'),
      render: ({ owner, confirmedAt }) => (
        <>
          {owner?.name ?? <span className="pb-hint">{t('rule.nobody')}</span>} <InstantText at={confirmedAt} />
        </>
      ),
    },
  ]
}

/** The limits; where one is still open, what is seen elsewhere to choose from. */
function Limits({ rule }: { rule: RuleView }) {
  const t = useT('alert')
  const shipped = useShipped()
  const isOpen = rule.definition.tests.some(({ value }) => value === null)
  return (
    <>
      {limitWords(t, rule)} {isOpen && <span className="pb-hint">{shipped(rule.definition.seen)}</span>}
    </>
  )
}

/** 收缩压 ≥ 180 mmHg，舒张压 ≥ 110 mmHg */
function limitWords(t: T, { definition, indicators }: RuleView): string {
  return definition.tests
    .map(({ code, op, value }) => {
      const indicator = indicators.find((one) => one.code === code)
      const limit = value === null ? t('rule.unset') : `${value} ${indicator?.unitPrinted ?? ''}`
      return `${indicator?.name ?? code} ${op === '<=' ? '≤' : '≥'} ${limit}`.trim()
    })
    .join(t('rule.comma'))
}
