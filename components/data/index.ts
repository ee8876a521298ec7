// What other domains and the stacks use of this one; what is not here is its own business.
export { AuroraGlobal, AuroraRole } from "./auroraGlobal/auroraGlobal";
export { type AuroraCapacity, type AuroraSecondaryMember, type AuroraSource } from "./auroraMember/args";
export { CAPACITY_STEP, WRITER_FLOOR } from "./auroraMember/capacity";
export { canPause, isEngineVersion, KNOWN_ENGINE_VERSIONS, OLDEST_MAJOR } from "./auroraMember/engine";
export { isDatabaseName, isParameterPrefix, RESERVED_DATABASES } from "./auroraMember/identifiers";
export { memberInstancesMax, SECONDARIES_MAX } from "./auroraMember/members";
export { AuroraReplication } from "./auroraReplication/auroraReplication";
export { CacheAuthentication, CacheCluster, CacheMode, CachePurpose } from "./cacheCluster/cacheCluster";
export {
    DocumentDatabase,
    type DocumentDatabaseArgs,
    DocumentEngine,
    DocumentGlobalRole,
} from "./documentDatabase/documentDatabase";
export { Clickstream, ClickstreamSource } from "./clickstream/clickstream";
export { DaxCluster } from "./daxCluster/daxCluster";
export {
    KeyAttributeType,
    KeyValueTable,
    type KeyValueTableArgs,
    TableStreamView,
} from "./keyValueTable/keyValueTable";
export { remoteMemberAccess } from "./remoteMember";
export { PersonalDataStore } from "./personalDataStore";
export { Personalization, RecommendationUse } from "./personalization/personalization";
export {
    type BackupReplication,
    DatabaseInsights,
    RelationalDatabase,
    RelationalEngine,
    RelationalTopology,
} from "./relationalDatabase/relationalDatabase";
export { SearchAccess, SearchAccessLevel } from "./searchAccess";
export { SearchAvailability, SearchDomain } from "./searchDomain/searchDomain";
export { SearchIndexLoader } from "./searchIndexLoader/searchIndexLoader";
