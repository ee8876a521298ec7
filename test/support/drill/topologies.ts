/** The topology of the tests. */
import { parseTopology } from "../../../tools/drill/topology/parse";
import { type Topology } from "../../../tools/drill/topology/types";

/** A topology as JSON, which tests change. */
export function topologyJson(): Record<string, unknown> {
    const region = (key: string, name: string): Record<string, unknown> => ({
        key,
        region: name,
        clusterIdentifier: `meridian-prod-${key}`,
        originHost: `origin-${key}.shop.example.com`,
        healthCheckId: `check-${key}`,
        trafficSwitch: {
            region: key === "us" ? "eu-central-1" : "us-east-1",
            namespace: "meridian/prod",
            metricName: "TrafficOff",
            dimensions: { Region: key },
        },
        autoScalingGroups: { web: `web-${key}`, api: `api-${key}` },
        backupVault: `vault-${key}`,
        personalDataVault: `personal-${key}`,
        copyVaults: [`copies-${key === "us" ? "eu" : "us"}`],
        restoreRoleArn: `arn:aws:iam::111122223333:role/restore-${key}`,
        personalDataTable: `people-${key}`,
    });
    return {
        environment: "prod",
        accountId: "111122223333",
        domainName: "shop.example.com",
        hostedZoneId: "Z0123456789EXAMPLE0AB",
        globalClusterIdentifier: "meridian-prod",
        regionSwitchPlanArn: "arn:aws:arc-region-switch::111122223333:plan/shop-switch-plan-1a2b3c4:abc123",
        home: "us",
        regions: [region("us", "us-east-1"), region("eu", "eu-central-1")],
        capacity: { writerMin: 8, standbyMin: 4, max: 64 },
        probe: { url: "https://shop.example.com/markers", soakMilliseconds: 5000 },
        fault: { strike: ["strike", "us"], heal: ["heal", "us"] },
    };
}

/** The topology of the tests. */
export function topology(changes: Record<string, unknown> = {}): Topology {
    return parseTopology({ ...topologyJson(), ...changes }, "the test");
}
