import type * as pulumi from "@pulumi/pulumi";
import { type TierArgs } from "../tier/args";

/** Arguments of ApiTier. */
export interface ApiTierArgs extends TierArgs {
    /**
     * Name that clients in the VPC reach the API by, such as `api.eu.internal.shop.example.com`. It is in the
     * certificate, so it must also be in the public hosted zone, where nothing but its validation is written. May be an
     * output.
     */
    privateDnsName: pulumi.Input<string>;
    /**
     * Name of the private hosted zone that is made for the VPC: a suffix of `privateDnsName`, whose other names the VPC
     * then no longer finds in public. What follows the first label of `privateDnsName` when left out.
     */
    privateZoneName?: pulumi.Input<string>;
    /**
     * Id of a private hosted zone that is there already, belongs to the VPC, and that `privateDnsName` is in: an
     * output `privateZoneId` of another ApiTier, for a VPC has one zone of a name. No zone is made then, and
     * `privateZoneName` must be left out. A public zone, or one of another name, is refused once its id is known.
     */
    privateZoneId?: pulumi.Input<string>;
    /** ARNs of the secrets that the API may read. None when left out. */
    secretArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the SSM parameters that the API may read. None when left out. */
    parameterArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the DynamoDB tables that the API may read and write, with their indexes. None when left out. */
    tableArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the buckets whose objects the API may read, write and delete. None when left out. */
    bucketArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the queues that the API may send to and receive from. None when left out. */
    queueArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the database users that the API may sign in as, `arn:aws:rds-db:…:dbuser:…`. None when left out. */
    databaseConnectResourceArns?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARNs of the keys that encrypt any of these; the API may use them through those services alone. None when left out. */
    kmsKeyArns?: pulumi.Input<pulumi.Input<string>[]>;
}
