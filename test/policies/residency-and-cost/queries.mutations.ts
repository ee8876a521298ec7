import { type FixtureResource, type Mutant } from "../../support/policies/mutation";

const WORKGROUP = "aws:athena/workgroup:Workgroup";

const workgroup: readonly FixtureResource[] = [
    {
        type: WORKGROUP,
        name: "reports",
        inputs: {
            name: "reports",
            region: "us-east-1",
            configuration: { bytesScannedCutoffPerQuery: 10 * 1024 ** 3 },
            tags: {
                project: "meridian",
                environment: "prod",
                stack: "prod-us",
                owner: "tests",
                "cost-center": "4711",
            },
        },
    },
];

export const mutants: readonly Mutant[] = [
    {
        rule: "athena-query-limit",
        title: "no limit",
        fixture: workgroup,
        change: (stack) => {
            stack.set(stack.find(WORKGROUP), "configuration", { publishCloudwatchMetricsEnabled: true });
        },
        message: "lets a query read as much as it likes",
    },
    {
        rule: "athena-query-limit",
        title: "a limit that is none",
        fixture: workgroup,
        change: (stack) => {
            stack.set(stack.find(WORKGROUP), "configuration.bytesScannedCutoffPerQuery", 2000 * 1024 ** 3);
        },
        message: "lets a query read 2000 GB; allowed: 1000 or less",
    },
    {
        rule: "athena-query-limit",
        title: "a limit that clients may leave",
        fixture: workgroup,
        change: (stack) => {
            stack.set(stack.find(WORKGROUP), "configuration.enforceWorkgroupConfiguration", false);
        },
        message: "lets clients leave its limit",
    },
];
