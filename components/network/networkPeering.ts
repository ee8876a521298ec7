import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    flag,
    id,
    input,
    mapByShortNames,
    object,
    region,
    required,
    tags,
    textOf,
    textWhere,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments, type Given } from "../shared/argumentTable";
import { checkComponentName } from "../shared/names";
import { mergeTags, type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";
import { blocksOverlap, isNetwork, parseCidr } from "../shared/cidrBlock";

/** One side of a peering connection. */
export interface PeeredNetwork {
    /** The AWS region of the VPC. */
    region: string;
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /**
     * What the other side gets a route to: the VPC's own IPv4 block, or the part of it that the other side is to
     * reach. AWS joins no two VPCs whose blocks share an address.
     */
    cidrBlock: string;
    /**
     * Ids of the route tables from which the other side is to be reached, by names of 1 to 20 lower-case letters,
     * digits and hyphens, which are kept for good: an answer needs a route as a question does.
     */
    routeTableIds: Record<string, pulumi.Input<string>>;
}

/** Arguments of NetworkPeering. */
export interface NetworkPeeringArgs {
    /** The side that asks for the connection, which then belongs to its region. */
    requester: PeeredNetwork;
    /** The side that accepts it: a VPC of the same account. */
    accepter: PeeredNetwork;
    /**
     * Whether each side resolves public host names of the other's instances to their private addresses. Names of AWS's
     * services in a VPC, such as a database's, resolve to private addresses without it. False when left out.
     */
    dnsResolution?: boolean;
    /** Tags, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * Joins two VPCs of one account, of one region or two, with the routes of both sides. Who may use the way is for the
 * security groups and network ACLs to say.
 *
 * Children: `<name>-connection`, `<name>-acceptance`, `<name>-<side>-route-<table>`, and with `dnsResolution`
 * `<name>-<side>-dns`, where a side is `requester` or `accepter`.
 */
export class NetworkPeering extends pulumi.ComponentResource {
    /** Id of the connection, known once it is accepted. */
    readonly peeringConnectionId: pulumi.Output<string>;

    /**
     * @param name Begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: NetworkPeeringArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:NetworkPeering", name, args, opts);
        const { requester, accepter } = args;
        const ownTags = mergeTags({ Name: name }, args.tags);

        const connection = new aws.ec2.VpcPeeringConnection(
            `${name}-connection`,
            {
                region: requester.region,
                vpcId: requester.vpcId,
                peerVpcId: accepter.vpcId,
                peerRegion: accepter.region,
                tags: ownTags,
            },
            { parent: this },
        );
        // The other side's word, in its own region.
        const acceptance = new aws.ec2.VpcPeeringConnectionAccepter(
            `${name}-acceptance`,
            {
                region: accepter.region,
                vpcPeeringConnectionId: connection.id,
                autoAccept: true,
                tags: ownTags,
            },
            { parent: this },
        );
        const accepted = acceptance.id;
        const sides = [
            ["requester", requester, accepter],
            ["accepter", accepter, requester],
        ] as const;
        for (const [side, from, to] of sides) {
            for (const [table, routeTableId] of Object.entries(from.routeTableIds)) {
                new aws.ec2.Route(
                    `${name}-${side}-route-${table}`,
                    {
                        region: from.region,
                        routeTableId,
                        destinationCidrBlock: to.cidrBlock,
                        vpcPeeringConnectionId: accepted,
                    },
                    { parent: this },
                );
            }
            if (args.dnsResolution === true) {
                new aws.ec2.PeeringConnectionOptions(
                    `${name}-${side}-dns`,
                    {
                        region: from.region,
                        vpcPeeringConnectionId: accepted,
                        [side]: { allowRemoteVpcDnsResolution: true },
                    },
                    { parent: this },
                );
            }
        }

        this.peeringConnectionId = accepted;
        this.registerOutputs({ peeringConnectionId: this.peeringConnectionId });
    }
}

const BLOCK = "an IPv4 block whose host bits are zero, such as 10.20.0.0/16";

function side(other: "requester" | "accepter"): ArgumentTable<PeeredNetwork> {
    return {
        region: required(region()),
        vpcId: required(input(id("vpc-", "a VPC"))),
        cidrBlock: required(
            textWhere(
                (block, args) => {
                    const theirs = parseCidr(textOf((args[other] as Given | undefined)?.cidrBlock));
                    const own = parseCidr(block);
                    return (
                        own !== undefined &&
                        isNetwork(block) &&
                        (theirs === undefined || !blocksOverlap(own, theirs))
                    );
                },
                `${BLOCK}, that shares no address with the ${other}'s`,
                { kind: BLOCK },
            ),
        ),
        routeTableIds: required(
            mapByShortNames(input(id("rtb-", "a route table")), "ids of route tables by names"),
        ),
    };
}

const ARGUMENTS: ArgumentTable<NetworkPeeringArgs> = {
    requester: required(object(side("accepter"))),
    accepter: required(object(side("requester"))),
    dnsResolution: flag(),
    tags: tags(),
};

function validate(name: string, given: NetworkPeeringArgs): NetworkPeeringArgs {
    const problems = new Problems("meridian:index:NetworkPeering", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}
