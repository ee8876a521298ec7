import { expect } from "chai";
import { composeStack } from "../../regions/compose";
import { nameOf } from "../../tools/preview/urn";
import { at, ofType, one, previewProgram } from "../support/preview";
import { type PreviewedStack, type PreviewedStacks, projectStacks, stackOf } from "../support/stacks";
import { goodValues, loadRegional } from "../support/regions/stackConfigs";

const CLUSTER = "aws:rds/cluster:Cluster";
const PLAN = "aws:backup/plan:Plan";
const TESTS = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const VAULT = "aws:backup/vault:Vault";
const TEMPLATE = "aws:drs/replicationConfigurationTemplate:ReplicationConfigurationTemplate";
const PEERS: readonly (readonly [string, string, string, string])[] = [
    ["prod-us", "us", "us-east-1", "eu-central-1"],
    ["prod-eu", "eu", "eu-central-1", "us-east-1"],
];

describe("the backups of the project's stacks", () => {
    let stacks: PreviewedStacks;

    before(async () => {
        stacks = await projectStacks();
    });

    it("are asked for by a tag of every store, and of nothing that is none", () => {
        const tagged = Object.values(stacks).flatMap((stack) =>
            stack.resources.flatMap(({ custom, inputs, name, type }) => {
                const value = custom ? at(inputs, "tags.backup") : undefined;
                return typeof value !== "string" ? [] : [`${stack.name} ${type} ${name} ${value}`];
            }),
        );
        const personal = (stack: string): string[] => [
            `${stack} aws:dynamodb/table:Table shop-pii-table pii`,
            `${stack} aws:kms/key:Key shop-pii-key-key pii`,
            `${stack} aws:s3/bucket:Bucket shop-pii-files-bucket pii`,
        ];
        expect(tagged.sort()).to.deep.equal(
            [
                `prod-us ${CLUSTER} shop-db-cluster standard`,
                `prod-global ${CLUSTER} shop-db-eu-central-1-cluster standard`,
                ...personal("prod-us"),
                ...personal("prod-eu"),
            ].sort(),
        );
    });

    for (const [name, key, home, peer] of PEERS) {
        it(`are in ${home} and have their copies in a locked vault of ${name}'s own in ${peer}`, () => {
            const stack = stackOf(stacks, name);
            expect(vaults(stack)).to.deep.equal(
                [
                    `${home} meridian-prod-${key}-backups`,
                    `${home} meridian-prod-${key}-personal`,
                    `${peer} meridian-prod-${key}-copies`,
                ].sort(),
            );
            const copies = stack.one(VAULT, "shop-backup-copies-vault");
            expect(targets(stack, "shop-backup-standard")).to.deep.equal([copies.outputs.arn]);
            expect(targets(stack, "shop-backup-standard-snapshots")).to.deep.equal([copies.outputs.arn]);
            const locks = stack.ofType("aws:backup/vaultLockConfiguration:VaultLockConfiguration");
            expect(locks.map(({ inputs }) => inputs.backupVaultName).sort()).to.deep.equal(
                stack
                    .ofType(VAULT)
                    .map(({ inputs }) => inputs.name)
                    .sort(),
            );
        });

        it(`of personal data go from ${home} nowhere`, () => {
            const stack = stackOf(stacks, name);
            expect(targets(stack, "shop-backup-personal")).to.deep.equal([]);
            expect(targets(stack, "shop-backup-personal-snapshots")).to.deep.equal([]);
        });

        it(`are given out by ${name}`, () => {
            expect(stackOf(stacks, name).outputs.backup).to.deep.include({
                vaultName: `meridian-prod-${key}-backups`,
                vaultArn: `arn:aws:backup:${home}:111122223333:backup-vault:meridian-prod-${key}-backups`,
                peerVaultArn: `arn:aws:backup:${peer}:111122223333:backup-vault:meridian-prod-${key}-copies`,
                personalVaultName: `meridian-prod-${key}-personal`,
            });
        });

        it(`keep the database of ${name} as far back as RDS does`, () => {
            const rules = stackOf(stacks, name).one(PLAN, "shop-backup-standard").inputs.rules as object[];
            expect(at(rules, "[0].lifecycle.deleteAfter")).to.equal(
                loadRegional().database.backupRetentionDays,
            );
        });

        it(`are restored into the isolated subnets of ${name}`, () => {
            const stack = stackOf(stacks, name);
            const { inputs, propertyDependencies } = stack.one(
                "aws:backup/restoreTestingSelection:RestoreTestingSelection",
                "shop-backup-restored-aurora",
            );
            const overrides = inputs.restoreMetadataOverrides;
            expect(at(overrides, "dbSubnetGroupName")).to.equal(
                stack.one("aws:rds/subnetGroup:SubnetGroup").outputs.name,
            );
            expect(JSON.parse(String(at(overrides, "vpcSecurityGroupIds")))).to.have.length(1);
            expect((propertyDependencies.restoreMetadataOverrides ?? []).map(nameOf)).to.include(
                "shop-vpc-data",
            );
        });

        it(`of the other region are restored from its copies by ${name}, and personal data from its own vault`, () => {
            const stack = stackOf(stacks, name);
            const chosen = (plan: string, what: string): unknown =>
                at(stack.one(TESTS, plan).inputs, `recoveryPointSelection.${what}`);
            const own = ["backups", "personal"].map(
                (role) => stack.one(VAULT, `shop-backup-${role}-vault`).outputs.arn,
            );
            expect(chosen("shop-backup-restore-tests", "includeVaults")).to.deep.equal(own);
            const [pattern, ...rest] = chosen(
                "shop-backup-restore-tests-of-copies",
                "includeVaults",
            ) as string[];
            expect(rest).to.deep.equal([]);
            expect(chosen("shop-backup-restore-tests-of-copies", "excludeVaults")).to.deep.equal(own);
            const meant = Object.values(stacks)
                .flatMap((each) => each.ofType(VAULT).map(({ outputs }) => String(outputs.arn)))
                .filter(
                    (arn) =>
                        new RegExp(`^${pattern!.replaceAll("*", ".*")}$`).test(arn) && !own.includes(arn),
                );
            const other = PEERS.find(([, otherKey]) => otherKey !== key)!;
            expect(meant).to.deep.equal([
                stackOf(stacks, other[0]).one(VAULT, "shop-backup-copies-vault").outputs.arn,
            ]);
        });

        it(`take in no servers in ${name} unless asked to`, () => {
            expect(stackOf(stacks, name).ofType(TEMPLATE)).to.deep.equal([]);
        });
    }

    it("opt the account in where the stack answers for it, and nowhere else", async () => {
        const without = await projectStacks({ configOverrides: { accountBaseline: "false" } });
        const settings = "aws:backup/regionSettings:RegionSettings";
        for (const [name, , home] of PEERS) {
            expect(stackOf(stacks, name).one(settings).region).to.equal(home);
            expect(stackOf(without, name).ofType(settings), name).to.deep.equal([]);
        }
    });

    it("take in servers through a public subnet when asked to", async () => {
        const asked = goodValues({
            elasticDisasterRecovery: true,
            elasticDisasterRecoverySources: ["203.0.113.0/24"],
        });
        const preview = await previewProgram(() => composeStack(), {
            project: "meridian",
            stack: "prod-us",
            config: asked,
        });
        const { inputs, propertyDependencies } = one(preview, TEMPLATE);
        expect(inputs).to.include({ region: "us-east-1", dataPlaneRouting: "PUBLIC_IP" });
        const edge = ofType(preview, "aws:ec2/subnet:Subnet").find(
            ({ id }) => id === inputs.stagingAreaSubnetId,
        );
        expect(edge?.name).to.match(/edge/);
        expect((propertyDependencies.replicationServersSecurityGroupsIds ?? []).map(nameOf)).to.deep.equal([
            "shop-backup-replication-servers",
        ]);
    });
});

describe("the configuration of backups", () => {
    it("has the database's own retention for point-in-time recovery", () => {
        expect(loadRegional({ databaseBackupRetentionDays: 14 }).backup).to.deep.equal({
            startHour: 5,
            retention: {
                pointInTimeDays: 14,
                dailyDays: 35,
                weeklyDays: 90,
                monthlyDays: 365,
                personalDataDays: 35,
            },
            lock: {
                mode: "governance",
                minRetentionDays: 7,
                maxRetentionDays: 400,
                changeableForDays: 7,
            },
            restoreTesting: true,
            snapshotExport: { intervalDays: 7, retentionDays: 90 },
        });
    });

    it("names sources of servers only where there are any", () => {
        const sources = { elasticDisasterRecoverySources: ["203.0.113.0/24"] };
        expect(loadRegional(sources).backup).not.to.have.property("disasterRecoverySources");
        expect(
            loadRegional({ ...sources, elasticDisasterRecovery: true }).backup.disasterRecoverySources,
        ).to.deep.equal(["203.0.113.0/24"]);
    });
});

function vaults(stack: PreviewedStack): string[] {
    return stack
        .ofType(VAULT)
        .map(({ inputs, region }) => `${region} ${String(inputs.name)}`)
        .sort();
}

/** Where a plan's copies go, each place once. */
function targets(stack: PreviewedStack, plan: string): unknown[] {
    const rules = stack.one(PLAN, plan).inputs.rules as { copyActions?: { destinationVaultArn: string }[] }[];
    const actions = rules.flatMap(({ copyActions = [] }) => copyActions);
    return [...new Set(actions.map(({ destinationVaultArn }) => destinationVaultArn))];
}
