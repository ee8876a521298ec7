import * as pulumi from "@pulumi/pulumi";

import { input, list, object, required, textLike, text } from "../shared/argumentRules";
import { type Rule } from "../shared/argumentTable";
import { POLICY_VERSION, type PolicyConditions, type PolicyStatement } from "./policyDocument";

/** A condition under which a permission holds, as IAM knows it. */
export interface PermissionCondition {
    /** Such as `StringEquals`. */
    operator: string;
    /** The condition key, such as `kms:ViaService`. */
    key: string;
    /** What the key's value is compared with: one of them must match. */
    values: string[];
}

/**
 * Something that a role may do: a statement of IAM that allows, as plain data. Components that keep something give out
 * what their users need (`readPermissions`, `writePermissions`), and components that run something take it
 * (`permissions`), so that a role has exactly what it was given.
 */
export interface Permission {
    /** What it is for: letters and digits, such as `ReadItems`. */
    sid: string;
    /** IAM's actions, such as `dynamodb:GetItem`. */
    actions: string[];
    /** ARNs that the actions are allowed on. `*` only where the actions know no resources. */
    resources: string[];
    /** All of them must hold. None when left out. */
    conditions?: PermissionCondition[];
}

/**
 * The condition that a key is used through one service, so that the permission says nothing about other data under it.
 *
 * @param service Such as `s3`.
 */
export function viaService(service: string, region: string): PermissionCondition {
    return {
        operator: "StringEquals",
        key: "kms:ViaService",
        values: [`${service}.${region}.amazonaws.com`],
    };
}

/** What a component takes: permissions of several others, each list known now or later. */
export type PermissionsInput = pulumi.Input<Permission[]>[];

/** The rule of an argument that takes permissions. */
export function permissions(): Rule<"list", false, false> {
    return list(
        input(
            list(
                object<Permission>({
                    sid: required(textLike(/^[A-Za-z0-9]{1,100}$/, "letters and digits")),
                    actions: required(list(textLike(/^[a-z0-9-]+:[A-Za-z0-9*]+$/, "an action of IAM"))),
                    resources: required(list(textLike(/^(\*$|arn:)/, "an ARN, or *"))),
                    conditions: list(
                        object<PermissionCondition>({
                            operator: required(text("an operator of IAM, such as StringEquals")),
                            key: required(text("a condition key of IAM")),
                            values: required(list(text())),
                        }),
                    ),
                }),
            ),
        ),
        "a list of other components' permissions, such as a table's readPermissions",
    );
}

/** The permissions of statements whose values come from other resources: what a component gives out. */
export function permissionsOf(
    statements: readonly {
        sid: string;
        actions: readonly string[];
        resources: readonly pulumi.Input<string>[];
        conditions?: readonly { operator: string; key: string; values: readonly pulumi.Input<string>[] }[];
    }[],
): pulumi.Output<Permission[]> {
    return pulumi.output(statements as pulumi.Input<Permission[]>);
}

/**
 * The policy of a role that may do what was given, and what it needs for itself. Equal permissions on several
 * resources become one statement, so that many stores fit into a role's 10,240 characters.
 *
 * @param own Statements that the component itself adds; their names come first.
 * @param given What others give out.
 */
export function rolePolicy(
    own: readonly PolicyStatement[],
    given: PermissionsInput = [],
): pulumi.Output<string> {
    const statements = pulumi
        .all([pulumi.output(own as pulumi.Input<PolicyStatement>[]), pulumi.all(given)])
        .apply(([first, lists]) => [
            ...first,
            ...permissionStatements(
                lists.flat(),
                first.map(({ Sid }) => Sid),
            ),
        ]);
    return pulumi.jsonStringify({ Version: POLICY_VERSION, Statement: statements });
}

/** The statements of permissions, each with a name of its own. */
export function permissionStatements(
    given: readonly Permission[],
    taken: readonly string[] = [],
): PolicyStatement[] {
    const alike = new Map<string, Omit<PolicyStatement, "Resource"> & { Resource: string[] }>();
    const names = new Set(taken);
    for (const { sid, actions, resources, conditions = [] } of given) {
        const Condition = conditionsOf(conditions);
        const key = JSON.stringify([sid, [...actions].sort(), Condition]);
        const known = alike.get(key);
        if (known !== undefined) {
            known.Resource = [...new Set([...known.Resource, ...resources])];
            continue;
        }
        const Sid = freeName(sid, names);
        names.add(Sid);
        alike.set(key, {
            Sid,
            Effect: "Allow",
            Action: [...actions],
            Resource: [...resources],
            ...(conditions.length === 0 ? {} : { Condition }),
        });
    }
    return [...alike.values()];
}

function conditionsOf(conditions: readonly PermissionCondition[]): PolicyConditions {
    const all: Record<string, Record<string, string[]>> = {};
    for (const { operator, key, values } of conditions) {
        all[operator] = { ...all[operator], [key]: values };
    }
    return all;
}

function freeName(sid: string, names: ReadonlySet<string>): string {
    let name = sid;
    for (let number = 2; names.has(name); number += 1) {
        name = `${sid}${number}`;
    }
    return name;
}
