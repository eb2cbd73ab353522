/** Where several reads of a patient's own are asked in one call: `?ask=/my/plan&ask=/my/media`, answered in that order. */
export const SEVERAL_PATH = '/my/several'
/** More at once are several calls. */
export const SEVERAL_MAX = 24

export interface SeveralAnswer {
  status: number
  body: unknown
}
