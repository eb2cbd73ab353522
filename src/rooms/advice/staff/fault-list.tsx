import { Alert } from 'antd'
import { useT } from '../../../platform/web/index.ts'
import type { CardFault } from '../contract/cards.ts'

/** What stands in the way of a publication, place by place. */
export function FaultList({ faults }: { faults: readonly CardFault[] }) {
  const t = useT('advice')
  if (faults.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('cards.faults', { count: faults.length })}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {faults.slice(0, 8).map(({ where, kind, text, instead }) => (
            <li key={`${where} ${kind} ${text}`}>
              {t(`fault.${kind}`, { text })}
              {instead && t('fault.instead', { instead })}
            </li>
          ))}
        </ul>
      }
    />
  )
}
