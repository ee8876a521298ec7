import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { type ApiTierArgs } from "./args";
import { Problems } from "../../shared/validation";

/** What the name is made of. */
export type PrivateNameArgs = Omit<ApiTierArgs, "privateZoneName"> & {
    /** Name of the zone to make. */
    readonly privateZoneName: pulumi.Input<string> | undefined;
};

/** The API's name inside the VPC. */
interface PrivateName {
    /** Id of the zone that the record is in, known once it is the right one. */
    readonly zoneId: pulumi.Output<string>;
    readonly record: aws.route53.Record;
}

/** Makes `<name>-record`, and `<name>-zone` where no zone is given. */
export function privateName(
    name: string,
    args: PrivateNameArgs,
    balancer: aws.lb.LoadBalancer,
    asChild: pulumi.CustomResourceOptions,
): PrivateName {
    const zoneId =
        args.privateZoneId === undefined
            ? madeZone(name, args, asChild)
            : givenZone(name, args.privateDnsName, args.privateZoneId, asChild);
    const record = new aws.route53.Record(
        `${name}-record`,
        {
            zoneId,
            name: args.privateDnsName,
            type: "A",
            aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
        },
        asChild,
    );
    return { zoneId, record };
}

function madeZone(
    name: string,
    args: PrivateNameArgs,
    asChild: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    return new aws.route53.Zone(
        `${name}-zone`,
        {
            name: args.privateZoneName,
            comment: `Names of ${name} inside its VPC`,
            vpcs: [{ vpcId: args.vpcId, vpcRegion: args.region }],
        },
        asChild,
    ).zoneId;
}

/** The zone's id once Route 53 said that it is private and of the right name; in a public one the record would show. */
function givenZone(
    name: string,
    dnsName: pulumi.Input<string>,
    zoneId: pulumi.Input<string>,
    { parent }: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const zone = aws.route53.getZoneOutput(
        { zoneId, privateZone: true },
        parent === undefined ? {} : { parent },
    );
    return pulumi
        .all([zoneId, zone.name, zone.privateZone, dnsName])
        .apply(([id, zoneName, isPrivate, privateDnsName]) => {
            const domain = zoneName.replace(/\.$/, "");
            const problems = new Problems("meridian:index:ApiTier", name);
            problems.check(
                isPrivate === true && (privateDnsName === domain || privateDnsName.endsWith(`.${domain}`)),
                "privateZoneId",
                `${id} (${isPrivate === true ? "private" : "public"}, ${domain})`,
                `a private zone that privateDnsName (${privateDnsName}) is in`,
            );
            problems.throwIfAny();
            return id;
        });
}
