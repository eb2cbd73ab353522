import { AddressTabs, Page, useCan, useT } from '../../../platform/web/index.ts'
import { DutyTab } from './duty-tab.tsx'
import { LimitsTab } from './limits-tab.tsx'
import { RulesTab } from './rules-tab.tsx'

/** 重要异常设置: which results count, who is on duty, how long each step may take. */
export function SettingsPage() {
  const t = useT('alert')
  const seesDuty = useCan('alert.read')
  const items = [
    { key: 'rules', label: t('settings.rules'), content: <RulesTab /> },
    ...(seesDuty ? [{ key: 'duty', label: t('settings.duty'), content: <DutyTab /> }] : []),
    { key: 'limits', label: t('settings.limits'), content: <LimitsTab /> },
  ]
  return (
    <Page title={t('nav.settings')} hint={t('settings.rulesHint')}>
      <AddressTabs items={items} />
    </Page>
  )
}
