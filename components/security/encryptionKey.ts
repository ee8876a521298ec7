import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    accountId,
    flag,
    input,
    list,
    oneOf,
    region,
    required,
    tags,
    textWhere,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { keyStatements, KeyUser } from "./keyUsers";
import { policyDocument } from "./policyDocument";
import { type TagsInput } from "../shared/tags";
import { Problems } from "../shared/validation";

export { KeyUser } from "./keyUsers";

/** Arguments of EncryptionKey. */
export interface EncryptionKeyArgs {
    /** What the key protects, as shown in the KMS console. 1 to 8192 characters. */
    description: string;
    /** The AWS account that owns and administers the key: 12 digits. */
    accountId: pulumi.Input<string>;
    /** The AWS region of the key, such as `eu-central-1`. */
    region: string;
    /**
     * The services that use the key on their own behalf. Roles of this account need no entry: their own IAM
     * policies decide. None when left out.
     */
    services?: KeyUser[];
    /**
     * Whether replicas of the key may be made in other regions. Changing it replaces the key, and with it all
     * that the key encrypts. False when left out.
     */
    multiRegion?: boolean;
    /**
     * Whether Pulumi refuses to delete the key. True when left out. What the key encrypts is lost 30 days after
     * the key is deleted.
     */
    deletionProtection?: boolean;
    /** Tags of the key, beside the provider's default tags. */
    tags?: TagsInput;
}

/**
 * A customer-managed KMS key with an alias, rotated every year, whose policy names exactly the services that
 * use it.
 *
 * Children: `<name>-key`, `<name>-alias`.
 */
export class EncryptionKey extends pulumi.ComponentResource {
    /** ARN of the key. */
    readonly keyArn: pulumi.Output<string>;
    /** Id of the key, without account and region. */
    readonly keyId: pulumi.Output<string>;
    /** Name of the alias, which begins with `alias/`. */
    readonly aliasName: pulumi.Output<string>;

    constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:EncryptionKey", name, args, opts);

        const key = new aws.kms.Key(
            `${name}-key`,
            {
                region: args.region,
                description: args.description,
                multiRegion: args.multiRegion ?? false,
                enableKeyRotation: true,
                // The longest that KMS offers: the last chance to notice that the key was still needed.
                deletionWindowInDays: 30,
                // Inline, so that no consumer can meet the key before its policy is in force.
                policy: policyDocument(keyStatements(args, args.services ?? [])),
                ...(args.tags === undefined ? {} : { tags: args.tags }),
            },
            // Losing the key is losing everything under it.
            { parent: this, protect: args.deletionProtection ?? true },
        );
        const alias = new aws.kms.Alias(
            `${name}-alias`,
            { region: args.region, targetKeyId: key.keyId },
            { parent: this },
        );

        this.keyArn = key.arn;
        this.keyId = key.keyId;
        this.aliasName = alias.name;
        this.registerOutputs({ keyArn: this.keyArn, keyId: this.keyId, aliasName: this.aliasName });
    }
}

const ARGUMENTS: ArgumentTable<EncryptionKeyArgs> = {
    description: required(textWhere(({ length }) => length >= 1 && length <= 8192, "1 to 8192 characters")),
    accountId: required(input(accountId())),
    region: required(region()),
    services: list(oneOf(KeyUser), "a list of services that use the key"),
    multiRegion: flag(),
    deletionProtection: flag(),
    tags: tags(),
};

function validate(name: string, given: EncryptionKeyArgs): EncryptionKeyArgs {
    const problems = new Problems("meridian:index:EncryptionKey", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    problems.check(
        /^[A-Za-z0-9/_-]+$/.test(name),
        "name",
        name,
        "letters, digits, and / _ - because the alias is called after it",
    );
    problems.throwIfAny();
    return args;
}
