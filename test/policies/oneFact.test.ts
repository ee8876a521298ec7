import { expect } from "chai";
import { type StackName } from "../support/policies/mutation";
import { packNames, PackUnderTest, type StackResources } from "../support/policies/packs";
import { copyOf } from "../support/policies/ownStacks";

/** What an account, a region or a network has once, and the one rule that says that it is missing. */
const FACTS: readonly (readonly [type: string, stack: StackName, rules: readonly string[]])[] = [
    ["aws:guardduty/detector:Detector", "prod-eu", ["guardduty-detector"]],
    ["aws:cfg/recorder:Recorder", "prod-eu", ["config-recorder"]],
    ["aws:cloudtrail/trail:Trail", "prod-us", ["cloudtrail-multi-region"]],
    ["aws:accessanalyzer/analyzer:Analyzer", "prod-eu", ["iam-access-analyzer"]],
    ["aws:ebs/encryptionByDefault:EncryptionByDefault", "prod-eu", ["ebs-encryption-by-default"]],
    ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "prod-us", ["iam-password-policy"]],
    ["aws:ec2/flowLog:FlowLog", "prod-eu", ["ec2-vpc-flow-logs"]],
    ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "prod-eu", ["ec2-vpc-default-security-group"]],
    ["aws:wafv2/webAclAssociation:WebAclAssociation", "prod-eu", ["elb-public-web-acl"]],
    ["aws:backup/vaultLockConfiguration:VaultLockConfiguration", "prod-eu", ["backup-vault-locked"]],
];

describe("one fact", () => {
    const packs = packNames().map((name) => PackUnderTest.load(name).runner());
    const unchanged = new Map<StackName, ReadonlySet<string>>();

    /** What the packs say of a stack, as rule and resource. */
    function saidOf(stack: StackResources): ReadonlySet<string> {
        const said = new Set<string>();
        for (const pack of packs) {
            for (const { rule, urn, undecided } of pack.stack(stack)) {
                if (!undecided) {
                    said.add(`${rule} ${urn}`);
                }
            }
        }
        return said;
    }

    for (const [type, stack, rules] of FACTS) {
        it(`is told by one rule of one pack: no ${type} in ${stack}`, async () => {
            const before = unchanged.get(stack) ?? saidOf(await copyOf(stack));
            unchanged.set(stack, before);
            const changed = await copyOf(stack);
            for (const resource of changed.all(type)) {
                changed.remove(resource);
            }
            expect(changed.touched.size).to.be.above(0);
            const fresh = [...saidOf(changed)].filter((each) => !before.has(each));
            expect([...new Set(fresh.map((each) => each.split(" ")[0]))]).to.deep.equal(rules);
        });
    }
});
