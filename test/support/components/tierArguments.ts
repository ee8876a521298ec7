/** Good arguments of both tiers, for tests to change one property of. */
import { type ApiTierArgs } from "../../../components/compute/apiTier/apiTier";
import { type TierArgs } from "../../../components/compute/tier/args";
import { type WebTierArgs } from "../../../components/compute/webTier/webTier";
import { ofType, type ProgramPreview, type RegisteredResource, TEST_ACCOUNT, TEST_REGION } from "../preview";

export const TOPIC = `arn:aws:sns:${TEST_REGION}:${TEST_ACCOUNT}:shop-alarms`;
export const LOG_KEY = `arn:aws:kms:${TEST_REGION}:${TEST_ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;

const common: TierArgs = {
    region: TEST_REGION,
    accountId: TEST_ACCOUNT,
    vpcId: "vpc-0123456789abcdef0",
    balancerSubnetIds: ["subnet-0a", "subnet-0b"],
    balancerSecurityGroupIds: ["sg-0balancer"],
    instanceSubnetIds: ["subnet-1a", "subnet-1b"],
    instanceSecurityGroupId: "sg-0instances",
    image: "ghcr.io/example/shop:1.4.2",
    hostedZoneId: "Z0123456789EXAMPLE0AB",
    kmsKeyArn: LOG_KEY,
    alarmTopicArns: [TOPIC],
    tags: { project: "meridian", "cost-centre": "shop" },
};

export const goodWeb: WebTierArgs = {
    ...common,
    domainNames: ["origin-eu.shop.example.com", "eu.origin.shop.example.com", "origin.shop.example.com"],
    originHeaderName: "x-meridian-origin-eu",
    originHeaderValue: "0123456789abcdefghijABCDEFGHIJ",
};

export const goodApi: ApiTierArgs = { ...common, privateDnsName: "api.eu.internal.shop.example.com" };

/** The URN of a parent by its logical name. */
export function urnOf(preview: ProgramPreview, name: string): string {
    const found = preview.resources.filter((resource) => resource.name === name);
    if (found.length !== 1 || found[0] === undefined) {
        throw new Error(`expected one resource called ${name}, found ${found.length}`);
    }
    return found[0].urn;
}

/** The logical names that a resource waits for. */
export function waitsFor(preview: ProgramPreview, resource: RegisteredResource): string[] {
    const names = new Map(preview.resources.map((each) => [each.urn, each.name]));
    return resource.dependencies.map((urn) => names.get(urn) ?? urn);
}

/** The script in the one launch template. */
export function bootScript(preview: ProgramPreview): string {
    const [template] = ofType(preview, "aws:ec2/launchTemplate:LaunchTemplate");
    return Buffer.from(String(template?.inputs["userData"]), "base64").toString("utf8");
}
