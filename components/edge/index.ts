// What other domains and the stacks use of this one; what is not here is its own business.
export { COUNTRY_CODES } from "./countryCodes";
export { GeoRestrictionType, PriceClass } from "./distribution/args";
export {
    type DownloadContent,
    DownloadsDistribution,
    type DownloadsDistributionArgs,
    type VersionKey,
    VersionPlace,
} from "./downloadsDistribution/downloadsDistribution";
export { EdgeDistribution, type EdgeDistributionArgs } from "./edgeDistribution/edgeDistribution";
export { EndpointHealth, type HealthEndpoint, SWITCH_DIMENSION, SWITCH_METRIC } from "./endpointHealth";
export { ANY_ENDPOINT } from "./endpointKey";
export { assertDomainInZone, GlobalDns } from "./globalDns";
export { CONTINENTS, isContinent } from "./recordTree";
