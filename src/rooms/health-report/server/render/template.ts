/** The version of the templates; a change of their looks or words gets a new folder and a new version. */
export const REPORT_TEMPLATE = 'report-2'
