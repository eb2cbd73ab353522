import { createRenderer } from '../../../../platform/print/render-pool.ts'
import type { FormDocument, PrintedForm } from './form-document.ts'

/** One child for the process: it starts with the first paper and ends when none is asked for. */
export const formPrinter = createRenderer<FormDocument, PrintedForm>(new URL('./draw-form.ts', import.meta.url))

export const closeFormPrinter = (): Promise<void> => formPrinter.close()
