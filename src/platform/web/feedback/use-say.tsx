import { App } from 'antd'
import { useMemo } from 'react'
import { ApiProblem } from '../api/api-problem.ts'
import { useT } from '../language/use-t.ts'

export interface Say {
  /** 已保存。 Short, and gone by itself. */
  done: (text: string) => void
  /** What was refused, for acts that have no place of their own on the page. */
  problem: (error: unknown) => void
  /** What was done, with the way back for some seconds: better than asking before. */
  undoable: (what: { text: string; undo: () => unknown }) => void
}

const UNDO_SECONDS = 8

/** Short words at the top of the page. */
export function useSay(): Say {
  const t = useT('web')
  const { message } = App.useApp()
  return useMemo(() => {
    const problem: Say['problem'] = (error) =>
      void message.warning({ content: error instanceof ApiProblem ? error.title : t('problem.fault'), duration: 6 })
    return {
      problem,
      done: (text) => void message.success({ content: text, duration: 2.5 }),
      undoable({ text, undo }) {
        const key = `undo ${text}`
        const back = () => {
          message.destroy(key)
          Promise.resolve(undo()).catch(problem)
        }
        message.open({ key, type: 'success', duration: UNDO_SECONDS, content: <UndoToast text={text} onUndo={back} /> })
      },
    }
  }, [message, t])
}

export function UndoToast({ text, onUndo }: { text: string; onUndo: () => void }) {
  const t = useT('web')
  return (
    <span>
      {text}
      <button type="button" className="pb-link pb-undo" onClick={onUndo}>
        {t('undo')}
      </button>
    </span>
  )
}
