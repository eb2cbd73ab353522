import { Card, Facts, Stack, TagChip, useT, useShipped } from '../../../platform/web/index.ts'
import type { Consequence } from '../contract/rule.ts'
import type { RuleView } from '../contract/tag.ts'
import { PreviewCount } from './preview-count.tsx'
import { useSentence } from './use-sentence.ts'
import { toneOf } from './rule-line.ts'
import { useBilingual } from './words.ts'

/** One version of a rule in words: when it is set, for how many now, what it rests on, what follows. */
export function RuleText({ title, rule }: { title: string; rule: RuleView }) {
  const t = useT('tag')
  const shipped = useShipped()
  const words = useBilingual()
  const sentence = useSentence()
  const { definition } = rule
  return (
    <Card title={title} extra={<TagChip label={t(`tone.${definition.tone}`)} tone={toneOf(definition.tone)} />}>
      <Stack tight>
        <p style={{ margin: 0 }}>{rule.sentence ? sentence(rule.sentence) : t('rules.byHand')}</p>
        {definition.condition && rule.state !== 'retired' && (
          <PreviewCount condition={definition.condition} code={rule.code} />
        )}
        <Facts
          items={[
            [t('rule.explanation'), words(definition.explanation)],
            [t('rules.source'), shipped(definition.source)],
            [t('rules.group'), words(definition.group.name)],
            [t('rule.visibility'), t(`visibility.${definition.visibility}`)],
            [t('rule.standsFor'), definition.standsFor && t('rule.days', { days: definition.standsFor.days })],
            [t('rule.then'), definition.then.length > 0 && <Consequences key="then" then={definition.then} />],
            [t('rule.reviewer'), definition.reviewer],
          ]}
        />
      </Stack>
    </Card>
  )
}

function Consequences({ then }: { then: readonly Consequence[] }) {
  return (
    <>
      {then.map((one) => (
        <div key={JSON.stringify(one)}>
          <ConsequenceText one={one} />
        </div>
      ))}
    </>
  )
}

function ConsequenceText({ one }: { one: Consequence }) {
  const t = useT('tag')
  const words = useBilingual()
  if ('task' in one) {
    const { role, title, dueDays, answeredBy } = one.task
    const task = t(dueDays === 0 ? 'then.taskToday' : 'then.task', {
      role: t(`then.role.${role}`),
      title: words(title),
      days: dueDays,
    })
    return answeredBy
      ? `${task}${t('then.semicolon')}${t('then.answered', { codes: answeredBy.condition.join(t('then.comma')) })}`
      : task
  }
  if ('message' in one) return t('then.message', { template: one.message.template })
  if ('protocol' in one) return t('then.protocol', { protocol: one.protocol })
  return t('then.quiet')
}
