import { expect } from "chai";
import { SHARED_IDENTITIES } from "../../policies/deployability/shared/replacements";
import { type PreviewedStacks, projectStacks, type StackResource } from "../support/stacks";
import { FACTS, isShared } from "./replacementFacts";

/** What the stacks can make beside what they make as they are configured. */
const MORE = { alarmEmail: "oncall@example.com", egressOnlyIpv6: "true", shieldAdvanced: "true" };

/** Balancers refuse to be deleted, and so can only be replaced by half. */
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";

describe("a resource of the stacks that is replaced", () => {
    let resources: readonly StackResource[];

    before(async () => {
        const found: PreviewedStacks[] = [
            await projectStacks(),
            await projectStacks({ configOverrides: MORE }),
        ];
        resources = found
            .flatMap((stacks) => Object.values(stacks))
            .flatMap((stack) => stack.resources)
            .filter(({ custom, type }) => custom && type.startsWith("aws:"));
    });

    it("is of a type of which it is known what AWS does", () => {
        const unknown = new Set(
            resources.map(({ type }) => type).filter((type) => FACTS[type] === undefined),
        );
        expect([...unknown]).to.deep.equal([]);
    });

    it("is deleted first where the new one would be taken away, or refused, with the old one", () => {
        const wrong = resources.filter(({ type, deleteBeforeReplace }) => {
            const fact = FACTS[type];
            return (
                fact !== undefined && isShared(fact) && !(deleteBeforeReplace ?? fact.deletedFirst ?? false)
            );
        });
        expect(wrong.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("is made first in all other cases", () => {
        // awsx gives it to subnets of its own accord: two cannot have one block.
        const own = resources.filter(({ urn }) => !urn.includes("$awsx:ec2:Vpc$"));
        const wrong = own.filter(({ type, deleteBeforeReplace }) => {
            const fact = FACTS[type];
            return fact !== undefined && !isShared(fact) && deleteBeforeReplace !== undefined;
        });
        expect(wrong.map(({ urn }) => urn)).to.deep.equal([]);
    });

    it("is refused at the preview where AWS protects the old one", () => {
        const balancers = resources.filter(({ type }) => type === BALANCER);
        expect(balancers).to.have.length(8);
        for (const { inputs, protect, urn } of balancers) {
            expect(inputs.enableDeletionProtection, urn).to.equal(true);
            expect(protect, urn).to.equal(true);
        }
    });

    it("is of a type that the policy packs know, where it shares its identity", () => {
        const made = new Set(resources.map(({ type }) => type));
        const shared = [...made].filter((type) => {
            const fact = FACTS[type];
            return fact !== undefined && isShared(fact);
        });
        const known = Object.keys(SHARED_IDENTITIES).filter((type) => made.has(type));
        expect(known.sort()).to.deep.equal(shared.sort());
        expect(shared.filter((type) => SHARED_IDENTITIES[type]?.byProvider === true)).to.deep.equal(
            shared.filter((type) => FACTS[type]?.deletedFirst === true),
        );
        expect(shared.length).to.be.greaterThan(30);
    });
});

/** What the AWS provider's own plan replaces (hashicorp/aws 5.100), though it is the same thing of AWS. */
const REPLACED_ON: Readonly<Record<string, readonly string[]>> = {
    "aws:accessanalyzer/analyzer:Analyzer": ["type"],
    "aws:backup/restoreTestingSelection:RestoreTestingSelection": ["protectedResourceType"],
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": ["maxRetentionDays", "minRetentionDays"],
    "aws:backup/vaultNotifications:VaultNotifications": ["backupVaultEvents", "snsTopicArn"],
    "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": ["selectionCriteria"],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ["outputFormat"],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["logType", "resourceArn"],
    "aws:ec2/flowLog:FlowLog": ["iamRoleArn", "maxAggregationInterval"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["expectedBucketOwner"],
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ["objectLockEnabled"],
    "aws:wafv2/webAclAssociation:WebAclAssociation": ["webAclArn"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["logDestinationConfigs"],
};

describe("the policy pack's table of types that stay the same when they are replaced", () => {
    it("names the properties that the provider replaces on", () => {
        for (const [type, properties] of Object.entries(REPLACED_ON)) {
            expect(SHARED_IDENTITIES[type]?.replacedBy, type).to.include.members([...properties]);
        }
    });

    it("takes no property for a cause that says which thing it is", () => {
        for (const [type, shared] of Object.entries(SHARED_IDENTITIES)) {
            const both = (shared?.replacedBy ?? []).filter((property) => shared?.identity.includes(property));
            expect(both, type).to.deep.equal([]);
        }
    });
});
