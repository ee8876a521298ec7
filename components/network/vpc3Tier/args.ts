import type * as pulumi from "@pulumi/pulumi";

import { type Exposure } from "../../shared/exposure";
import { type TagsInput } from "../../shared/tags";

/** How the web and api subnets reach the internet over IPv4. */
export enum NatGatewayStrategy {
    /** One NAT gateway per availability zone: losing a zone cuts off nobody else. For production. */
    OnePerAz = "OnePerAz",
    /** One NAT gateway for all zones: cheaper, and gone when its zone is. */
    Single = "Single",
    /** No NAT gateway: what the instances need must come through endpoints, or over IPv6. */
    None = "None",
}

/** Which way out the subnets of an additional tier have. */
export enum TierType {
    /** A route to the internet gateway. */
    Public = "Public",
    /** A route to the NAT gateways, where the VPC has any. */
    Private = "Private",
    /** No way out. */
    Isolated = "Isolated",
}

/** A tier of subnets beside the four that every Vpc3Tier has. It has no security group of its own. */
export interface AdditionalTier {
    /**
     * Name of the tier, part of its subnets' names: 1 to 20 lower-case letters, digits and hyphens, a letter
     * first, and none of edge, web, api and data.
     */
    name: string;
    /** Which way out its subnets have. */
    type: TierType;
    /**
     * The part of the VPC that the tier takes, from 4 to 7. Decides its subnets' blocks, so changing it
     * replaces them. When left out, 4 plus the tier's position in the list: then only append to the list, or
     * give the slots before removing a tier from its middle.
     */
    slot?: number;
}

/** Arguments of Vpc3Tier. */
export interface Vpc3TierArgs {
    /** The AWS region of the VPC, such as `eu-central-1`: the one of the AWS provider in use. */
    region: string;
    /** The AWS account of the VPC, 12 digits. Endpoints serve its principals alone. */
    accountId: pulumi.Input<string>;
    /**
     * IPv4 block of the VPC: /16 to /20, private (RFC 1918), host bits zero, such as `10.20.0.0/16`. It is cut
     * into 8 tiers of 4 zones, so a /16 gives /21 subnets and a /20 gives /25. Changing it replaces the VPC.
     * Keep clear of 172.17.0.0/16, which Docker uses on every instance for itself.
     */
    cidrBlock: string;
    /**
     * The availability zones to use, 2 to 4 zones of the region, such as `eu-central-1a`. A zone's position
     * decides its subnets' blocks and names, so only ever append.
     */
    availabilityZones: string[];
    /**
     * How the web and api subnets reach the internet over IPv4. OnePerAz when left out. Each NAT gateway costs
     * by the hour and by the gigabyte.
     */
    natGateways?: NatGatewayStrategy;
    /**
     * Whether the web and api subnets also have IPv6 addresses and may open connections over IPv6, through an
     * egress-only gateway, which costs nothing by itself and lets nobody in. False when left out.
     */
    egressOnlyIpv6?: boolean;
    /**
     * Who may open connections to the edge. CloudFront when left out. With Internal, put the edge balancer into
     * private subnets, such as `webSubnetIds`.
     */
    exposure?: Exposure;
    /**
     * With exposure Internal: private IPv4 blocks of the clients that may open connections to the edge, 30 at most,
     * such as those of a network that is joined to the VPC. The VPC's own block when left out.
     */
    internalClientCidrBlocks?: string[];
    /** TCP port that the web instances listen on, with TLS. 8443 when left out. */
    webPort?: number;
    /** TCP port that the api instances listen on, with TLS. 8443 when left out. */
    apiPort?: number;
    /** TCP port of the database, neither webPort nor apiPort. 5432 when left out. */
    databasePort?: number;
    /**
     * Private IPv4 blocks outside the VPC whose clients may open connections to the database beside the api instances,
     * such as the api subnets of a VPC that a NetworkPeering joins to this one: 14 at most. None when left out.
     */
    databaseClientCidrBlocks?: string[];
    /**
     * Private IPv4 blocks outside the VPC in which api instances may open connections to `databasePort`, such as the
     * data subnets of a VPC that a NetworkPeering joins to this one. None when left out.
     */
    remoteDatabaseCidrBlocks?: string[];
    /**
     * IPv4 blocks that web and api instances may call on port 443, such as a payment provider's. All addresses
     * when left out. Without NAT gateways there is no way to them and they are ignored.
     */
    internetEgressCidrBlocks?: string[];
    /**
     * IPv6 blocks that web and api instances may call on port 443 when egressOnlyIpv6 is set. All addresses
     * when left out.
     */
    internetEgressIpv6CidrBlocks?: string[];
    /**
     * The AWS services that get an interface endpoint with private DNS, as the end of the service's name: for
     * com.amazonaws.eu-central-1.ecr.api that is `ecr.api`. Each endpoint costs by the hour and zone. When left
     * out: with NAT gateways none, and without them what an instance needs to start, to pull its image from
     * ECR, to be managed and to ship its logs. S3 and DynamoDB are not named here: they always have gateway
     * endpoints, which cost nothing.
     */
    interfaceEndpoints?: string[];
    /** Days that flow logs are kept, one of the periods that CloudWatch Logs takes. 365 when left out. */
    flowLogRetentionDays?: number;
    /**
     * ARN of the KMS key that encrypts the flow logs; its policy must let CloudWatch Logs use it. CloudWatch
     * Logs' own key when left out.
     */
    kmsKeyArn?: pulumi.Input<string>;
    /** Up to four tiers of subnets beside edge, web, api and data. None when left out. */
    additionalTiers?: AdditionalTier[];
    /** Tags of everything that takes tags, beside the provider's default tags. */
    tags?: TagsInput;
}
