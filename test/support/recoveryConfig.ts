/** All keys of what watches regions and moves work between them, turned on. */
export const EVERY_RECOVERY_KEY: Readonly<Record<string, string>> = {
    trafficSwitch: "true",
    healthEvents: "true",
    canaryIntervalMinutes: "5",
    regionSwitchPlan: "true",
    regionSwitchTraffic: "true",
    faultExperiments: "true",
};
