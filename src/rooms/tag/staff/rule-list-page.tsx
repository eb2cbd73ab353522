import { Button } from 'antd'
import { z } from 'zod'
import {
  Empty,
  ListPage,
  ProblemAlert,
  Row,
  Status,
  TagChip,
  useAddress,
  useApi,
  useOpened,
  useT,
  type Column,
  useShipped,
} from '../../../platform/web/index.ts'
import { listRules, type RuleView } from '../contract/tag.ts'
import { RuleDrawer } from './rule-drawer.tsx'
import { useSentence } from './use-sentence.ts'
import { linesOf, toneOf, type RuleLine } from './rule-line.ts'
import { useBilingual } from './words.ts'

const filterSchema = z.object({
  q: z.string().optional(),
  group: z.string().optional(),
  state: z.enum(['published', 'draft', 'retired']).optional(),
})
const NONE: RuleView[] = []

/** 标签规则: each tag in one line, with the sentence of its rule and what it rests on. */
export function RuleListPage() {
  const t = useT('tag')
  const words = useBilingual()
  const [filter, change] = useAddress(filterSchema)
  const opened = useOpened('rule')
  const { data, error, refetch } = useApi(listRules)
  const rules = data?.rules ?? NONE
  const columns = useColumns()
  const groups = new Map(rules.map(({ definition }) => [definition.group.code, words(definition.group.name)]))
  const lines = linesOf(rules).filter((line) => fits(line, filter))
  return (
    <ListPage<RuleLine>
      title={t('nav.rules')}
      hint={t('rules.hint')}
      actions={
        data?.can.write && (
          <Button type="primary" onClick={() => opened.open('new')}>
            {t('rules.new')}
          </Button>
        )
      }
      above={<ProblemAlert problem={error} onRetry={() => void refetch()} />}
      filters={{
        state: filter,
        change,
        fields: [
          { kind: 'text', key: 'q', label: t('rules.q'), placeholder: t('rules.q') },
          {
            kind: 'choice',
            key: 'group',
            label: t('rules.group'),
            options: [...groups].map(([value, label]) => ({ value, label })),
          },
          {
            kind: 'choice',
            key: 'state',
            label: t('rules.state'),
            options: (['published', 'draft', 'retired'] as const).map((value) => ({
              value,
              label: t(`state.${value}`),
            })),
          },
        ],
      }}
      name="tag-rules"
      label={t('nav.rules')}
      rows={lines}
      columns={columns}
      rowKey={({ code }) => code}
      rowName={({ shown }) => words(shown.definition.name)}
      onOpen={({ code }) => opened.open(code)}
      empty={data ? <Empty title={t('rules.empty')} /> : null}
    >
      {data && <RuleDrawer code={opened.id} rules={rules} can={data.can} onClose={opened.close} onOpen={opened.open} />}
    </ListPage>
  )
}

function fits({ shown, draft }: RuleLine, { q, group, state }: z.output<typeof filterSchema>): boolean {
  const { code, name } = shown.definition
  if (q && !`${code} ${name.zh} ${name.en}`.toLowerCase().includes(q.trim().toLowerCase())) return false
  if (group && shown.definition.group.code !== group) return false
  return !state || shown.state === state || (state === 'draft' && draft !== undefined)
}

function useColumns(): Column<RuleLine>[] {
  const t = useT('tag')
  const shipped = useShipped()
  const words = useBilingual()
  const sentence = useSentence()
  return [
    {
      key: 'name',
      title: t('rules.name'),
      widthPx: 150,
      render: ({ shown }) => words(shown.definition.name),
    },
    { key: 'group', title: t('rules.group'), widthPx: 110, render: ({ shown }) => words(shown.definition.group.name) },
    {
      key: 'tone',
      title: t('rule.tone'),
      widthPx: 80,
      optional: true,
      render: ({ shown }) => (
        <TagChip label={t(`tone.${shown.definition.tone}`)} tone={toneOf(shown.definition.tone)} />
      ),
    },
    {
      key: 'sentence',
      title: t('rules.sentence'),
      render: ({ shown }) => (shown.sentence ? sentence(shown.sentence) : t('rules.byHand')),
    },
    {
      key: 'source',
      title: t('rules.source'),
      card: 'hide',
      render: ({ shown }) => <span className="pb-hint">{shipped(shown.definition.source)}</span>,
    },
    {
      key: 'version',
      title: t('rules.version'),
      widthPx: 90,
      card: 'hide',
      render: ({ shown }) => t('rules.versionNumber', { version: shown.version }),
    },
    { key: 'state', title: t('rules.state'), widthPx: 130, card: 'aside', render: (line) => <RuleState line={line} /> },
  ]
}

const STATE_TONE = { published: 'good', draft: 'due', retired: 'plain' } as const

function RuleState({ line: { shown, draft } }: { line: RuleLine }) {
  const t = useT('tag')
  return (
    <Row>
      <Status tone={STATE_TONE[shown.state]}>{t(`state.${shown.state}`)}</Status>
      {draft && shown.state !== 'draft' && <Status tone="due">{t('rules.alsoDraft')}</Status>}
    </Row>
  )
}
