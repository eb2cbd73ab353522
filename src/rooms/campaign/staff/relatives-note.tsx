import { Go, useApi, useCan, useT } from '../../../platform/web/index.ts'
import { listTemplates } from '../../message/contract/template.ts'
import type { CampaignVersion } from '../contract/campaign.ts'

/** What reminds of an appointment goes to relatives as well, in words of their own. */
const REMINDERS = /"template":"appointment-(?:tomorrow|soon)"/

/** Of reminders of appointments: that relatives get nothing yet, and where that is mended. */
export function RelativesNote({ version }: { version: CampaignVersion }) {
  const mayRead = useCan('message.template.read')
  return mayRead && REMINDERS.test(JSON.stringify(version.definition.path)) ? <Note /> : null
}

function Note() {
  const t = useT('campaign')
  const { data } = useApi(listTemplates)
  const waiting = data?.rows.find(({ relatives }) => relatives !== null && relatives !== 'reached')
  if (!waiting) return null
  return (
    <p className="pb-due" role="note">
      {t(`relatives.${waiting.relatives}`)} <Go to={`/message-templates/${waiting.code}`}>{t('relatives.mend')}</Go>
    </p>
  )
}
