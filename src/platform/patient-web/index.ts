/**
 * What the pages of patients are made of: no component library, since a phone on a hospital corridor's network should
 * show a question within a second. Rooms' `patient/` pages import from here.
 */
export { ApiProblem } from '../web/api/api-problem.ts'
export { call } from '../web/api/call.ts'
export { language } from '../web/language/language.ts'
export { useLocale, useT, type T } from '../web/language/use-t.ts'
export { Screen, Choice, Notice, type ChoiceOption } from './parts.tsx'
export { LargePrint } from './large-print.tsx'
export type { PatientPage } from './page.ts'
