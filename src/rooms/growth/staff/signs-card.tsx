import { Alert } from 'antd'
import { useT } from '../../../platform/web/index.ts'
import type { SignView } from '../contract/growth.ts'

/** 值得医生看一看: reasons to measure again and to look, each with its limit. For staff alone (R15). */
export function SignsCard({ signs }: { signs: readonly SignView[] }) {
  const t = useT('growth')
  if (signs.length === 0) return null
  return (
    // Not on paper: what is printed may be given to the family.
    <Alert
      className="pb-unprinted"
      type="warning"
      showIcon
      title={t('sign.title')}
      description={
        <>
          <ul style={{ margin: '4px 0', paddingInlineStart: 20, listStyle: 'disc' }}>
            {signs.map(({ code, values }) => (
              <li key={code}>{t(`sign.${code}`, values)}</li>
            ))}
          </ul>
          <span className="pb-hint">{t('sign.hint')}</span>
        </>
      }
    />
  )
}
