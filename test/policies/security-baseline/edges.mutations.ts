/** Access points, transit gateways and fleets. */
import { type Accepted, type FixtureResource, type Mutant } from "../../support/policies/mutation";
import { setting, unsetting } from "./settings";

const POINT = "aws:s3/accessPoint:AccessPoint";
const MULTI = "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint";
const GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway";
const FLEET = "aws:ec2/spotFleetRequest:SpotFleetRequest";

const blocked = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
};
const EDGES: readonly FixtureResource[] = [
    { type: POINT, name: "media", inputs: { bucket: "media", publicAccessBlockConfiguration: blocked } },
    {
        type: MULTI,
        name: "media",
        inputs: { details: { name: "media", publicAccessBlock: blocked, regions: [{ bucket: "media" }] } },
    },
    { type: GATEWAY, name: "hub", inputs: { autoAcceptSharedAttachments: "disable" } },
    {
        type: FLEET,
        name: "batch",
        inputs: {
            iamFleetRole: "arn:aws:iam::111122223333:role/fleet",
            targetCapacity: 2,
            launchSpecifications: [
                {
                    ami: "ami-0a1b2c3d4e5f60718",
                    instanceType: "c7g.large",
                    rootBlockDevices: [{ encrypted: true, volumeSize: 20 }],
                    ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted: true, volumeSize: 100 }],
                },
            ],
        },
    },
];
const of = (type: string, name: string) => ({ type, name, fixture: EDGES });
const BLOCK = "s3-access-point-public-block";

export const mutants: readonly Mutant[] = [
    ...Object.keys(blocked).map((name) =>
        setting(of(POINT, "media"), BLOCK, name, `publicAccessBlockConfiguration.${name}`, false, {
            message: `${name} is false`,
        }),
    ),
    setting(
        of(MULTI, "media"),
        BLOCK,
        "of several regions",
        "details.publicAccessBlock.restrictPublicBuckets",
        false,
    ),
    setting(of(GATEWAY, "hub"), "ec2-transit-gateway-accept", "all", "autoAcceptSharedAttachments", "enable"),
    setting(
        of(FLEET, "batch"),
        "ec2-spot-fleet-encryption",
        "a root volume in plain",
        ["launchSpecifications", 0, "rootBlockDevices", 0, "encrypted"],
        false,
    ),
    unsetting(
        of(FLEET, "batch"),
        "ec2-spot-fleet-encryption",
        "another volume in plain",
        ["launchSpecifications", 0, "ebsBlockDevices", 0, "encrypted"],
        { message: "launchSpecifications[0].ebsBlockDevices[0].encrypted is not given" },
    ),
];

export const accepted: readonly Accepted[] = [
    unsetting(of(POINT, "media"), BLOCK, "left out, which is all", "publicAccessBlockConfiguration"),
    unsetting(of(GATEWAY, "hub"), "ec2-transit-gateway-accept", "left out", "autoAcceptSharedAttachments"),
    setting(of(FLEET, "batch"), "ec2-spot-fleet-encryption", "a template", "launchSpecifications", []),
];
