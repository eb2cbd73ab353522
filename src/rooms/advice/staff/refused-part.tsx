import { Alert } from 'antd'
import { RED_FLAGS } from '../../../clinical/advice/index.ts'
import { useT } from '../../../platform/web/index.ts'

interface RefusedPartProps {
  missing: readonly string[]
  outOfRange: readonly { input: string; value: number; min: number; max: number }[]
  because: readonly string[]
}

/** Why there is no figure: what is still missing, what no formula was made for, and whom it would harm. */
export function RefusedPart({ missing, outOfRange, because }: RefusedPartProps) {
  const t = useT('advice')
  const nameOf = (name: string) =>
    (RED_FLAGS as readonly string[]).includes(name) ? t(`flag.${name}`) : t(`input.${name}`)
  const list = (names: readonly string[]) => names.map(nameOf).join(t('list.separator'))
  return (
    <>
      {because.map((one) => (
        <Alert key={one} type="warning" showIcon title={t(`refused.${one}`)} />
      ))}
      {missing.length > 0 && because.length === 0 && (
        <p className="pb-hint">{t('compute.missing', { names: list(missing) })}</p>
      )}
      {outOfRange.map(({ input, value, min, max }) => (
        <Alert
          key={input}
          type="warning"
          showIcon
          title={t('compute.outOfRange', { name: t(`input.${input}`), value, min, max })}
        />
      ))}
    </>
  )
}
