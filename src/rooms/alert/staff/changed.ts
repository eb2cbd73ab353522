import { getAlert, listAlerts, patientAlerts } from '../contract/alert.ts'

/** What has to be asked for again when an alert has changed. */
export const CHANGED_BY_ACT = [listAlerts, getAlert, patientAlerts]
