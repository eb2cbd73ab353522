import { Button } from 'antd'
import {
  Facts,
  InstantText,
  SideDrawer,
  Stack,
  useAction,
  useLocale,
  useSay,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import { confirmAlertRule, listAlertRules, retireAlertRule, type RuleView } from '../contract/rule.ts'
import { RuleForm } from './rule-form.tsx'

/** A rule: what it rests on, who answers for it, and its next version. Without a rule, a new one. */
export function RuleDrawer({
  open,
  rule,
  onClose,
}: {
  open: boolean
  rule: RuleView | undefined
  onClose: () => void
}) {
  const t = useT('alert')
  const locale = useLocale()
  const name = rule && (locale === 'en' ? rule.definition.name.en : rule.definition.name.zh)
  return (
    <SideDrawer title={name ?? t('settings.newRule')} open={open} onClose={onClose}>
      <Stack>
        {rule && <RuleHead rule={rule} onClose={onClose} />}
        {(!rule || rule.can.includes('change')) && (
          <RuleForm key={rule ? `${rule.code}.${rule.version}` : 'new'} rule={rule} onClose={onClose} />
        )}
      </Stack>
    </SideDrawer>
  )
}

function RuleHead({ rule, onClose }: { rule: RuleView; onClose: () => void }) {
  const t = useT('alert')
  const shipped = useShipped()
  const say = useSay()
  const done = (words: string) => ({
    invalidates: [listAlertRules],
    onDone: () => {
      say.done(words)
      onClose()
    },
  })
  const confirm = useAction(confirmAlertRule, done(t('rule.confirmed')))
  const retire = useAction(retireAlertRule, done(t('rule.retired')))
  const input = { params: { code: rule.code }, body: { version: rule.version } }
  const { definition, owner, confirmedAt, can } = rule
  return (
    <>
      <Facts
        items={[
          [t('rule.state'), t(`ruleState.${rule.state}`)],
          [t('rule.source'), shipped(definition.source)],
          [t('rule.seen'), shipped(definition.seen)],
          [
            t('rule.owner'),
            confirmedAt ? (
              <span key="owner">
                {t('rule.confirmedBy', { name: owner?.name ?? '' })} <InstantText at={confirmedAt} />
              </span>
            ) : owner ? (
              t('rule.waits', { name: owner.name })
            ) : (
              t('rule.waitsOwner')
            ),
          ],
        ]}
      />
      {can.includes('confirm') && (
        <div className="pb-stack pb-stack-tight">
          <div>
            <Button
              type="primary"
              loading={confirm.isPending}
              onClick={() => confirm.mutate(input, { onError: say.problem })}
            >
              {t('rule.confirm')}
            </Button>
          </div>
          <span className="pb-hint">{t('rule.confirmHint')}</span>
        </div>
      )}
      {can.includes('retire') && (
        <div>
          <Button danger loading={retire.isPending} onClick={() => retire.mutate(input, { onError: say.problem })}>
            {t('rule.retire')}
          </Button>
        </div>
      )}
    </>
  )
}
