import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
    arnOf,
    input,
    isEachOnce,
    list,
    listOfAtLeast,
    oneOf,
    region,
    required,
    text,
    textLike,
    unless,
} from "../shared/argumentRules";
import { type ArgumentTable, checkArguments } from "../shared/argumentTable";
import { checkComponentName } from "../shared/names";
import { Problems } from "../shared/validation";

/** What roles may do with indexes of a domain. */
export enum SearchAccessLevel {
    /** Search, and read documents and mappings. */
    Read = "Read",
    /** Write and delete documents of indexes that are there, without reading them. */
    Write = "Write",
    /** Both. */
    ReadWrite = "ReadWrite",
    /** Everything with the indexes: make, change and delete them, too. */
    Manage = "Manage",
}

/** Arguments of SearchAccess. */
export interface SearchAccessArgs {
    /** The AWS region of the domain. */
    region: string;
    /** SearchDomain's `accessFunctionName`. */
    accessFunctionName: pulumi.Input<string>;
    /** SearchDomain's `endpoint`: a domain that was made anew is told again. */
    domainEndpoint: pulumi.Input<string>;
    /**
     * The indexes, by name or with `*` for any run of characters. A name that begins with a dot is one of OpenSearch's own
     * and refused.
     */
    indexPatterns: string[];
    /** What the roles may do with them. */
    level: SearchAccessLevel;
    /** ARNs of the roles of IAM, without paths in their names: OpenSearch compares texts. */
    roleArns: pulumi.Input<string>[];
}

/** The name of an index or what several have in common. Source: OpenSearch documentation, "Create index". */
const PATTERN = /^[a-z0-9*][a-z0-9*_-]{0,253}$/;

/**
 * Says inside a search domain what some roles may do with some indexes: a role of OpenSearch's of the component's name,
 * which no two of a domain's may share. The roles need the domain's `readPermissions` or `writePermissions` besides.
 * Deleted, the roles may do nothing any more.
 *
 * Children: `<name>-grant`.
 */
export class SearchAccess extends pulumi.ComponentResource {
    /** Name of OpenSearch's role, known once it is there. */
    readonly roleName: pulumi.Output<string>;

    /**
     * @param name Name of OpenSearch's role; begins the names of all children.
     * @throws pulumi.InputPropertiesError that names every bad argument, before anything is registered, the component
     * included.
     */
    constructor(name: string, args: SearchAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        args = validate(name, args);
        super("meridian:index:SearchAccess", name, args, opts);

        const grant = new aws.lambda.Invocation(
            `${name}-grant`,
            {
                region: args.region,
                functionName: args.accessFunctionName,
                // Also when it changes and when it goes.
                lifecycleScope: "CRUD",
                input: pulumi.jsonStringify({
                    action: "GrantAccess",
                    name,
                    level: args.level,
                    indexPatterns: args.indexPatterns,
                    roleArns: args.roleArns,
                }),
                triggers: { domain: args.domainEndpoint },
            },
            { parent: this },
        );

        this.roleName = grant.id.apply(() => name);
        this.registerOutputs({ roleName: this.roleName });
    }
}

const ARGUMENTS: ArgumentTable<SearchAccessArgs> = {
    region: required(region()),
    accessFunctionName: required(input(text("the name of a search domain's access function"))),
    domainEndpoint: required(input(text("the host name of a search domain"))),
    indexPatterns: required(
        list(
            textLike(PATTERN, "lower-case letters, digits and * _ -, such as products or orders-*"),
            "a list of one or more names of indexes, each once",
            unless(
                (given) => (given as readonly unknown[]).length > 0 && isEachOnce(given),
                "one or more names of indexes, each once",
            ),
        ),
    ),
    level: required(oneOf(SearchAccessLevel)),
    roleArns: required(listOfAtLeast(1, input(arnOf("iam:", "a role")), "the ARNs of one or more roles")),
};

function validate(name: string, given: SearchAccessArgs): SearchAccessArgs {
    const problems = new Problems("meridian:index:SearchAccess", name);
    const args = checkArguments(problems, given, ARGUMENTS);
    checkComponentName(problems, problems.name);
    problems.throwIfAny();
    return args;
}
