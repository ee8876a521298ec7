/** `upgrade --to-version <version>`: a new engine version, secondaries first. */
import { UsageError } from "../errors";
import { NothingToDo, plainConclusion, type Preparation, type Runbook } from "../engine/runbook";
import { confirmation } from "../steps/confirm";
import { clusterOf, globalAnywhere, writerOf } from "../steps/state";
import { upgradeAll, upgradeMember, upgradePreflight, verifyUpgrade } from "../steps/upgrading";
import { compareVersions, isMajorChange } from "../steps/versions";
import { regionOf, type Topology } from "../topology/types";

/** What is upgraded. */
export interface UpgradeParams {
    readonly version: string;
    /** Keys of regions, the writer's last. */
    readonly order: readonly string[];
    readonly major: boolean;
    /** Key of the region that wrote when the run began. */
    readonly writer: string;
}

/** Upgrades Aurora. */
export const upgrade: Runbook<UpgradeParams> = {
    verb: "upgrade",
    purpose: "Upgrades Aurora's engine: secondaries first, the region that writes last.",
    notes: [
        "A minor version is upgraded member by member; a wrong order is refused. A new major version needs --allow-major " +
            "and is upgraded by AWS for all members at once. Its parameter groups are of another family: AWS sets the members to " +
            "the default ones, and `npm run up` with the new databaseEngineVersion makes their own again.",
        "Try it with --dry-run first: it makes all checks and changes nothing. An upgrade cannot be rolled back; " +
            "`restore-test` tells whether the way back over a backup is open.",
    ],
    usage: "upgrade --to-version <version> [--only <region>] [--order <region>,<region>] [--allow-major]",
    needsProbe: false,
    prepare,
    steps: (params, topology) => {
        const request = { ...params, topology };
        return [
            upgradePreflight(request),
            confirmation({
                scope: "",
                question: `upgrade ${params.order.join(", then ")} in ${topology.environment} to ${params.version}`,
                word: params.version,
            }),
            ...(params.major
                ? upgradeAll(request)
                : params.order.flatMap((key) => upgradeMember(request, key))),
            verifyUpgrade(request),
        ];
    },
    subject: ({ order, version }) => `${order.join(", then ")} to ${version}`,
    lockRegion: ({ order, writer }) => order[0] ?? writer,
    conclude: ({ major, version }, _context, result) =>
        Promise.resolve(
            plainConclusion(result, [
                `Set databaseEngineVersion to ${version} in all stacks' configuration.`,
                ...(major
                    ? [
                          "Run `npm run up` at once: it makes the parameter groups of the new family. Until then the members run " +
                              "with AWS's default ones.",
                      ]
                    : []),
            ]),
        ),
    examples: [
        {
            title: "A minor version, while us writes",
            params: { version: "18.7", order: ["eu", "us"], major: false, writer: "us" },
        },
        {
            title: "A new major version",
            params: { version: "19.1", order: ["eu", "us"], major: true, writer: "us" },
        },
    ],
};

async function prepare(preparation: Preparation): Promise<UpgradeParams> {
    const { options, topology } = preparation;
    const { version } = options;
    if (version === undefined || !/^\d+(\.\d+)+$/.test(version)) {
        throw new UsageError(`--to-version is ${version ?? "missing"}; allowed: a version such as 18.7`);
    }
    const database = await globalAnywhere(preparation, topology.regions);
    const writer = writerOf(topology, database)?.key;
    if (writer === undefined) {
        throw new UsageError("no region of the topology writes, so there is no order to upgrade in");
    }
    const behind: string[] = [];
    let major = false;
    for (const region of topology.regions) {
        const { engineVersion } = await clusterOf(preparation, region);
        major ||= isMajorChange(engineVersion, version) && compareVersions(engineVersion, version) < 0;
        if (engineVersion !== version) {
            behind.push(region.key);
        }
    }
    const wanted = wantedOrder(preparation, behind, writer);
    if (wanted.length === 0) {
        throw new NothingToDo(`Every region is on ${version} already.`);
    }
    // Without the word for it preflight refuses, and says why.
    return { version, order: wanted, major: major && options.allowMajor === true, writer };
}

/** The order that was asked for, or the right one. */
function wantedOrder(
    { options, topology }: Preparation,
    behind: readonly string[],
    writer: string,
): string[] {
    if (options.only !== undefined && options.order !== undefined) {
        throw new UsageError("--only and --order exclude each other");
    }
    const given = options.only === undefined ? options.order : [options.only];
    if (given === undefined) {
        return [...behind.filter((key) => key !== writer), ...behind.filter((key) => key === writer)];
    }
    return given.map((name) => keyOf(topology, name)).filter((key) => behind.includes(key));
}

function keyOf(topology: Topology, name: string): string {
    const region = regionOf(topology, name);
    if (region === undefined) {
        throw new UsageError(
            `there is no region ${name}; allowed: ${topology.regions.map(({ key }) => key).join(", ")}`,
        );
    }
    return region.key;
}
