// The public components: other programs import them from the package, and programs in other languages reach
// them as the Pulumi package `meridian`.
export * from "./vpc3Tier";
export * from "./webTier";
export * from "./apiTier";
export * from "./auroraGlobal";
export * from "./edgeDistribution";
