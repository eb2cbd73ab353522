import { Stack, Status, useT } from '../../../platform/web/index.ts'
import type { CampaignFault } from '../contract/campaign.ts'
import type { Draft } from './editor-page.tsx'
import { PathView } from './path-view.tsx'

/** What still stands in the way of handing it in. */
export function CheckStep({ draft, faults }: { draft: Draft; faults: readonly CampaignFault[] | undefined }) {
  const t = useT('campaign')
  return (
    <Stack>
      {!faults && <p className="pb-hint">{t('edit.checkHint')}</p>}
      {faults?.length === 0 && <Status tone="good">{t('edit.sound')}</Status>}
      {faults?.map((fault) => (
        <Status key={`${fault.code} ${fault.step} ${fault.value}`} tone="danger">
          {t(`fault.${fault.code}`, { value: fault.value })}
        </Status>
      ))}
      <PathView path={draft.path ?? []} templateName={(code) => code} faults={faults ?? []} />
    </Stack>
  )
}
