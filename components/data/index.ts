// What other domains and the stacks use of this one; what is not here is its own business.
export { type AuroraCapacity, type AuroraSecondaryMember, type AuroraSource } from "./auroraGlobal/args";
export { AuroraGlobal, AuroraRole } from "./auroraGlobal/auroraGlobal";
export { CAPACITY_STEP, WRITER_FLOOR } from "./auroraGlobal/capacity";
export { canPause, isEngineVersion, KNOWN_ENGINE_VERSIONS, OLDEST_MAJOR } from "./auroraGlobal/engine";
export { isDatabaseName, isParameterPrefix, RESERVED_DATABASES } from "./auroraGlobal/identifiers";
export { memberInstancesMax, SECONDARIES_MAX } from "./auroraGlobal/members";
export { PersonalDataStore } from "./personalDataStore";
