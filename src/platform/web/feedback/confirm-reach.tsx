import { App } from 'antd'
import { useCallback, type ReactNode } from 'react'
import { useT } from '../language/use-t.ts'

export interface Reach {
  /** Names the act and its object: 撤回 312 条未发送的消息？ */
  title: string
  /** What it touches and what stays: one line each. */
  reach: readonly ReactNode[]
  /** The verb on the button: 撤回, never 确定. */
  verb: string
  danger?: boolean
}

/** Asks before what cannot be undone: `if (await confirm({ … })) act.mutate()`. Where an undo is possible, use `say.undoable`. */
export function useConfirmReach(): (reach: Reach) => Promise<boolean> {
  const t = useT('web')
  const { modal } = App.useApp()
  return useCallback(
    ({ title, reach, verb, danger = false }) =>
      Promise.resolve(
        modal.confirm({
          title,
          icon: null,
          width: 460,
          content: <ConfirmReach reach={reach} />,
          okText: verb,
          okButtonProps: { danger },
          cancelText: t('cancel'),
          // The harmless way out has the focus when the act is dangerous.
          focusable: { autoFocusButton: danger ? 'cancel' : 'ok' },
          mask: { closable: true },
        }),
      ),
    [modal, t],
  )
}

export function ConfirmReach({ reach }: Pick<Reach, 'reach'>) {
  return (
    <ul className="pb-reach">
      {reach.map((line, index) => (
        // Lines are fixed while the question stands.
        <li key={index}>{line}</li>
      ))}
    </ul>
  )
}
