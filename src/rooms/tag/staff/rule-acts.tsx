import { Button } from 'antd'
import {
  call,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useConfirmReach,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { discardDraft, listRules, previewCondition, publishDraft, retireRule, ruleVersions } from '../contract/tag.ts'
import { type RuleLine } from './rule-line.ts'
import { useBilingual } from './words.ts'

export interface RuleActsProps {
  line: RuleLine
  can: { write: boolean; publish: boolean }
  onEdit: () => void
}

/** What may be done with a rule: change its draft, publish what a colleague drafted, retire it. */
export function RuleActs({ line, can, onEdit }: RuleActsProps) {
  const t = useT('tag')
  const say = useSay()
  const { code, draft, shown } = line
  const invalidates = [listRules, ruleVersions]
  const publish = useAction(publishDraft, { invalidates, onDone: () => say.done(t('rule.published')) })
  const discard = useAction(discardDraft, { invalidates, onDone: () => say.done(t('rule.discarded')) })
  const retire = useRetire(line)
  if (!can.write && !can.publish) return null
  return (
    <Stack tight>
      <ProblemAlert problem={publish.error ?? discard.error ?? retire.error} />
      <Row>
        {can.publish && draft && (
          <Button
            type="primary"
            loading={publish.isPending}
            onClick={() => publish.mutate({ params: { code }, body: { version: draft.version } })}
          >
            {t('rule.publish', { version: draft.version })}
          </Button>
        )}
        {can.write && <Button onClick={onEdit}>{t(draft ? 'rule.editDraft' : 'rule.edit')}</Button>}
        {can.write && draft && (
          <Button loading={discard.isPending} onClick={() => discard.mutate({ params: { code } })}>
            {t('rule.discard')}
          </Button>
        )}
        {can.publish && shown.state === 'published' && (
          <Button danger loading={retire.isPending} onClick={() => void retire.ask()}>
            {t('rule.retire')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}

/** Asks with the reach of today before a rule is stopped. */
function useRetire({ code, shown }: RuleLine) {
  const t = useT('tag')
  const say = useSay()
  const words = useBilingual()
  const confirm = useConfirmReach()
  const retire = useAction(retireRule, {
    invalidates: [listRules, ruleVersions],
    onDone: () => say.done(t('rule.retired')),
  })
  const ask = async () => {
    const { condition, name } = shown.definition
    const count = condition
      ? await call(previewCondition, { body: { condition, code } }).then(
          (answer) => answer.count,
          () => null,
        )
      : null
    const sure = await confirm({
      title: t('rule.retireTitle', { name: words(name) }),
      reach: [
        count === null ? t('rule.retireReachUnknown') : t('rule.retireReach', { count: count.toLocaleString() }),
        t('rule.retireStays'),
      ],
      verb: t('rule.retire'),
      danger: true,
    })
    if (sure) retire.mutate({ params: { code } })
  }
  return { ask, error: retire.error, isPending: retire.isPending }
}
