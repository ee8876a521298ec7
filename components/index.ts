// The public components: other programs import them from the package, and programs in other languages reach
// them as the Pulumi package `meridian`.
export * from "./vpc3Tier";
export * from "./webTier";
export * from "./apiTier";
export * from "./auroraGlobal";
export * from "./edgeDistribution";

// What programs around them need: keys, topics, archives, certificates, names, backups.
export { AccountBaseline, type AccountBaselineArgs, GuardDutyFeature } from "./accountBaseline";
export { AlarmTopic, type AlarmTopicArgs } from "./alarmTopic";
export { type BucketLifecycle } from "./bucketLifecycle";
export { ValidatedCertificate, type ValidatedCertificateArgs } from "./certificate";
export { EncryptionKey, type EncryptionKeyArgs, KeyUser } from "./encryptionKey";
export { EndpointHealth, type EndpointHealthArgs, type HealthEndpoint } from "./endpointHealth";
export { GlobalDns, type GlobalDnsArgs, type GlobalDnsRegion } from "./globalDns";
export { ImageRepositories, type ImageRepositoriesArgs } from "./imageRepositories";
export { LogArchive, type LogArchiveArgs } from "./logArchive";
export { LogGroupArchive, type LogGroupArchiveArgs } from "./logGroupArchive";
export { PersonalDataStore, type PersonalDataStoreArgs } from "./personalDataStore";
export {
    type BackupLock,
    BackupLockMode,
    BackupResourceType,
    type BackupRetention,
    type ElasticDisasterRecovery,
    RegionalBackup,
    type RegionalBackupArgs,
    type RestoreNetwork,
    type SnapshotExport,
} from "./regionalBackup";
export {
    type DashboardDatabase,
    type DashboardEdge,
    type DashboardFleet,
    RegionalDashboard,
    type RegionalDashboardArgs,
} from "./regionalDashboard";
export { SpotInterruptionAlarm, type SpotInterruptionAlarmArgs } from "./spotInterruptionAlarm";
