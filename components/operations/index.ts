// What other domains and the stacks use of this one; what is not here is its own business.
export { AccountBaseline } from "./accountBaseline/accountBaseline";
export { AlarmTopic } from "./alarmTopic";
export { alarm, type AlarmMetric, type AlarmQuery, type AlarmComparison, sumOf } from "./alarms";
export { deployPermissions, turnBack } from "./codeDeploy";
export { callFunction, tellTopic, watch } from "./events";
export { FaultExperiments } from "./faultExperiments/faultExperiments";
export { unbearableAlarm } from "./faultExperiments/unbearableAlarm";
export { functionErrorAlarm } from "./functionErrorAlarm";
export {
    createDeadLetterQueue,
    DEAD_LETTER_RETENTION_SECONDS,
    createFunction,
    type FunctionPlace,
    createFunctionRole,
    type FunctionNetwork,
} from "./lambdaFunction";
export { createQueuePolicy, type ServiceSender } from "./queuePolicy";
export { createInvokePermission, letCall } from "./invokePermission";
export {
    createStateMachineRole,
    stateMachineLogging,
    watchStateMachine,
    type StateMachinePlace,
} from "./stateMachine";
export { deadLetterAlarm } from "./deadLetterAlarm";
export { LAMBDA_HANDLER, lambdaCode } from "./lambdaCode";
export { createScheduleGroup, scheduleStatements } from "./schedules";
export { edgeAlarmTopic } from "./edgeAlarmTopic";
export { GLOBAL_EVENTS, healthBackupRegion, HealthEvents, remoteHealthEvents } from "./healthEvents";
export { LogArchive } from "./logArchive";
export { deliveryStatements, type ErrorLog, makeErrorLog } from "./logGroupArchive/delivery";
export { LogGroupArchive } from "./logGroupArchive/logGroupArchive";
export { monthlyBudget } from "./monthlyBudget";
export { RECOVERY_TIER_TAG, RecoveryTier } from "./recoveryTier";
export {
    type BackupLock,
    BackupLockMode,
    type BackupRetention,
    type SnapshotExport,
} from "./regionalBackup/args";
export { BACKUP_TAG, BackupClass, RegionalBackup } from "./regionalBackup/regionalBackup";
export { POINT_IN_TIME_DAYS_MAX } from "./regionalBackup/schedule";
export { NAME_PREFIX_MAX } from "./regionalBackup/settings";
export { DAYS_MAX, SOURCE_BLOCKS_MAX } from "./regionalBackup/table";
export { RegionalDashboard } from "./regionalDashboard";
export { RegionalFoundation, type RegionalFoundationArgs } from "./regionalFoundation/regionalFoundation";
export { RegionSwitchPlan } from "./regionSwitchPlan/regionSwitchPlan";
export { SpotInterruptionAlarm } from "./spotInterruptionAlarm";
export { SyntheticCanary } from "./syntheticCanary/syntheticCanary";
